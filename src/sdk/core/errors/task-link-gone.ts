/** A link that is of no more use: its time is over, it was used, or its task is closed. */
export class TaskLinkGone extends Error {
  override readonly name = "TaskLinkGone";
  readonly code = "TASK_LINK_GONE";
  readonly reason: "expired" | "used" | "closed";

  constructor(reason: TaskLinkGone["reason"]) {
    const why = {
      expired: "its time is over",
      used: "it has answered already",
      closed: "its task waits for nobody any more",
    } as const satisfies Record<TaskLinkGone["reason"], string>;
    super(`The link can't be used any more: ${why[reason]}. Ask whoever sent it.`);
    this.reason = reason;
  }
}

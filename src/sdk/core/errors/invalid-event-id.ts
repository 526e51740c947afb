/** An id that no event of the run's stream has. */
export class InvalidEventId extends Error {
  override readonly name = "InvalidEventId";
  readonly code = "INVALID_EVENT_ID";
  readonly workflowId: string;

  constructor({ workflowId }: { readonly workflowId: string }) {
    super(
      `The events of the run of ${JSON.stringify(workflowId)} can't go on: no event has the id that was got. ` +
        "Pass the id of the last event as it came, or begin without one.",
    );
    this.workflowId = workflowId;
  }
}

/** A step that can't be skipped, because no pause holds it and it is not parked; nothing changed. */
export class StepNotWaiting extends Error {
  override readonly name = "StepNotWaiting";
  readonly code = "STEP_NOT_WAITING";
  readonly workflowId: string;
  readonly step: string;
  /** The steps that can be skipped. */
  readonly waiting: readonly { readonly step: string; readonly key: string }[];

  constructor({ workflowId, step, waiting }: Pick<StepNotWaiting, "workflowId" | "step" | "waiting">, reason: string) {
    super(`Step ${JSON.stringify(step)} of the run of ${JSON.stringify(workflowId)} can't be skipped: ${reason}`);
    this.workflowId = workflowId;
    this.step = step;
    this.waiting = waiting;
  }
}

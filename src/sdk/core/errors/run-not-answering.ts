/** A query or an update that a run did not take in time although workers poll: they are busy, or its code is stuck. */
export class RunNotAnswering extends Error {
  override readonly name = "RunNotAnswering";
  readonly code = "RUN_NOT_ANSWERING";
  readonly isRetryable = true;
  readonly workflowId: string;
  readonly taskQueue: string;

  /** `what` names the call, as in `query "status"`. */
  constructor(
    what: string,
    { workflowId, taskQueue }: { readonly workflowId: string; readonly taskQueue: string },
    options?: ErrorOptions,
  ) {
    super(
      `The run of ${JSON.stringify(workflowId)} did not take ${what} in time: got no answer from the workers of task ` +
        `queue ${JSON.stringify(taskQueue)}. Try again; if it lasts, look for failing workflow tasks in its history.`,
      options,
    );
    this.workflowId = workflowId;
    this.taskQueue = taskQueue;
  }
}

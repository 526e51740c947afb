/** A query or an update that nobody can answer now: no worker asks for the run's work. */
export class NoWorkerPolling extends Error {
  override readonly name = "NoWorkerPolling";
  readonly code = "NO_WORKER_POLLING";
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
      `The run of ${JSON.stringify(workflowId)} did not answer ${what}: ` +
        `got no worker that polls task queue ${JSON.stringify(taskQueue)}. Start one, then try again.`,
      options,
    );
    this.workflowId = workflowId;
    this.taskQueue = taskQueue;
  }
}

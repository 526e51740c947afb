/** A batch operation that is over can't be stopped; nothing changed. */
export class BatchNotRunning extends Error {
  override readonly name = "BatchNotRunning";
  readonly code = "BATCH_NOT_RUNNING";
  readonly id: string;
  /** How it ended. */
  readonly status: string;

  constructor({ id, status }: Pick<BatchNotRunning, "id" | "status">) {
    super(`Batch operation ${JSON.stringify(id)} can't be stopped: it is ${status}. Its items say what was done.`);
    this.id = id;
    this.status = status;
  }
}

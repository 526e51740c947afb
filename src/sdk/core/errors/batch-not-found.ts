/** There is no batch operation with that id, or the server has forgotten it. */
export class BatchNotFound extends Error {
  override readonly name = "BatchNotFound";
  readonly code = "BATCH_NOT_FOUND";
  readonly id: string;

  constructor(id: string) {
    super(`There is no batch operation ${JSON.stringify(id)}. List them to see which there are.`);
    this.id = id;
  }
}

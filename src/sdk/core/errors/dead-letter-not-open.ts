/** A dead letter that is being redriven, or was dealt with: it can't be redriven now, and nothing changed. */
export class DeadLetterNotOpen extends Error {
  override readonly name = "DeadLetterNotOpen";
  readonly code = "DEAD_LETTER_NOT_OPEN";
  readonly id: string;
  /** What it is now. */
  readonly status: string;

  constructor({ id, status }: Pick<DeadLetterNotOpen, "id" | "status">, standing: string) {
    super(`Dead letter ${JSON.stringify(id)} can't be redriven: ${standing}. Only one that is open can.`);
    this.id = id;
    this.status = status;
  }
}

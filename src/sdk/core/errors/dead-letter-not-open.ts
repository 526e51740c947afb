/** A dead letter that is being redriven, or was dealt with: what was asked of it can't be done now, and nothing changed. */
export class DeadLetterNotOpen extends Error {
  override readonly name = "DeadLetterNotOpen";
  readonly code = "DEAD_LETTER_NOT_OPEN";
  readonly id: string;
  /** What it is now. */
  readonly status: string;

  constructor({ id, status }: Pick<DeadLetterNotOpen, "id" | "status">, { action, standing }: RefusedAction) {
    super(`Dead letter ${JSON.stringify(id)} can't be ${action}: ${standing}. Only one that is open can.`);
    this.id = id;
    this.status = status;
  }
}

interface RefusedAction {
  readonly action: "redriven" | "discarded" | "annotated";
  /** What it is now, by whom and since when. */
  readonly standing: string;
}

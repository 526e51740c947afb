/** A dead letter that is not there; its run may have gone on since. */
export class DeadLetterNotFound extends Error {
  override readonly name = "DeadLetterNotFound";
  readonly code = "DEAD_LETTER_NOT_FOUND";
  readonly id: string;

  constructor(id: string) {
    super(
      `There is no dead letter ${JSON.stringify(id)}. A parked run stops being one when it goes on: ` +
        "list the open ones to see what is left.",
    );
    this.id = id;
  }
}

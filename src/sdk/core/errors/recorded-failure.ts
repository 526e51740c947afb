/** What the code of a run or of a step threw, as Temporal recorded it; a declared error arrives as itself instead. */
export class RecordedFailure extends Error {
  override readonly name = "RecordedFailure";
  readonly code = "RECORDED_FAILURE";
  /** The class of the error that was thrown. */
  readonly type: string;
  /** The activity that failed. */
  readonly step: string | undefined;

  constructor(
    type: string,
    { message, step }: { readonly message: string; readonly step: string | undefined },
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.type = type;
    this.step = step;
  }
}

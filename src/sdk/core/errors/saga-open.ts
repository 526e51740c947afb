/** Continue-as-new was asked for while a saga still has undos to remember; a bug, so it decides nothing. */
export class SagaOpen extends Error {
  override readonly name = "SagaOpen";
  readonly code = "SAGA_OPEN";
  /** How many undos would have been lost. */
  readonly pendingUndos: number;

  constructor(pendingUndos: number) {
    super(
      `Continue-as-new inside a saga would lose its undos: got ${pendingUndos} pending. ` +
        "Let the saga end first, then continue as new.",
    );
    this.pendingUndos = pendingUndos;
  }
}

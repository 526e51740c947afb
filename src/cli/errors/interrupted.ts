/** Ctrl-C where somebody was asked something; nothing was done. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  readonly code = "INTERRUPTED";

  constructor() {
    super("Interrupted. Nothing was done.");
  }
}

/** A command line that can't be carried out as it is written; nothing was done. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code = "USAGE";
}

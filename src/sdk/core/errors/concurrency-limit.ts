/** Which lane has no slot. */
export interface FullLane {
  /** The type of its runs. */
  readonly type: string;
  readonly limit: number;
  /** How many runs are in it. */
  readonly holders: number;
}

/** A start that was refused because as many runs are at work as the contract's `concurrency` allows; nothing was started. */
export class ConcurrencyLimit extends Error {
  override readonly name = "ConcurrencyLimit";
  readonly code = "CONCURRENCY_LIMIT";
  readonly isRetryable = true;
  readonly type: string;
  readonly limit: number;
  readonly holders: number;

  constructor({ type, limit, holders }: FullLane) {
    super(
      `No run of workflow "${type}" can start now: got ${holders} in its lane, of which its contract allows ${limit} at ` +
        "once. Start it again when one of them is over.",
    );
    this.type = type;
    this.limit = limit;
    this.holders = holders;
  }
}

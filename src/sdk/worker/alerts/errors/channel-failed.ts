/** A channel was asked to take a message, and did not. */
export class ChannelFailed extends Error {
  override readonly name = "ChannelFailed";
  /** Whether it may take the message later. */
  readonly isLasting: boolean;
  /** When it says that it may, in milliseconds from now. */
  readonly retryAfterMs: number | undefined;

  constructor(why: string, { isLasting, retryAfterMs }: { isLasting: boolean; retryAfterMs?: number | undefined }) {
    super(why);
    this.isLasting = isLasting;
    this.retryAfterMs = retryAfterMs;
  }
}

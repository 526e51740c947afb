/** The Temporal server has more to do than its limits allow; the same call may work later. */
export class RateLimited extends Error {
  override readonly name = "RateLimited";
  readonly code = "RATE_LIMITED";
  readonly isRetryable = true;

  constructor(options?: ErrorOptions) {
    super(
      "The Temporal server did not take the call: its rate limit is used up. Try again more slowly, or raise the limit.",
      options,
    );
  }
}

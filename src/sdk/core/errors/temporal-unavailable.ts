/** The Temporal server did not answer in time; the same call may work later. */
export class TemporalUnavailable extends Error {
  override readonly name = "TemporalUnavailable";
  readonly code = "TEMPORAL_UNAVAILABLE";
  readonly isRetryable = true;

  constructor(options?: ErrorOptions) {
    super(
      "The Temporal server can't be reached: got no answer in time. Try again; " +
        "if it lasts, check that the server runs and TEMPORAL_ADDRESS.",
      options,
    );
  }
}

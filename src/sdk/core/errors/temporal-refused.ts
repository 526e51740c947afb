/** The Temporal server said no, for a reason that a repetition doesn't change. */
export class TemporalRefused extends Error {
  override readonly name = "TemporalRefused";
  readonly code = "TEMPORAL_REFUSED";
  /** The gRPC status code. */
  readonly grpcCode: number;

  constructor({ grpcCode, details }: { readonly grpcCode: number; readonly details: string }, options?: ErrorOptions) {
    super(
      `The Temporal server refused the call: got ${JSON.stringify(details)} (gRPC ${grpcCode}). ` +
        "Check the namespace, the credentials and what was sent.",
      options,
    );
    this.grpcCode = grpcCode;
  }
}

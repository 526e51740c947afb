/** What the packages' versions are tested with. */
const install =
  "npm install @opentelemetry/api@1 @opentelemetry/resources@1 @opentelemetry/sdk-trace-node@1 " +
  "@opentelemetry/exporter-trace-otlp-http@0.57";

/** Traces are asked for, and the packages that send them are not there. */
export class TracingNotInstalled extends Error {
  override readonly name = "TracingNotInstalled";
  readonly code = "TRACING_NOT_INSTALLED";

  constructor(options?: ErrorOptions) {
    const reason = options?.cause instanceof Error ? options.cause.message.split("\n")[0] : "a package is missing";
    super(
      `Traces can't be sent: ${reason}. Install what sends them (${install}), or unset OTEL_EXPORTER_OTLP_ENDPOINT.`,
      options,
    );
  }
}

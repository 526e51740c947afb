import { type Logger, pino } from "pino";

/** Whoever has one of these may act as its owner, or tell which order it is. */
const secrets = ["authorization", "cookie", "set-cookie", "x-api-key", "x-csrf-token", "idempotency-key"];

/** At the depths where a request, or an error that has one, would have them. */
const paths = ["", "headers.", "*.headers.", "*.*.headers."].flatMap((place) =>
  secrets.map((name) => `${place.replace(/\.$/, "")}["${name}"]`),
);

/** The log of the API's process. The API logs no headers and no bodies; this holds when something it logs brings one along. */
export function createApiLog(level: string, destination?: { write(line: string): void }): Logger {
  const options = { name: "api", level, redact: { paths, censor: "[redacted]" }, serializers: { err: brief } };
  return destination ? pino(options, destination) : pino(options);
}

/** What an error may carry besides, a gRPC call's metadata for one, is not for the log. */
function brief(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error);
  const { name: type, message, stack, cause } = error;
  const code = "code" in error ? error.code : undefined;
  return { type, code, message, stack, ...(cause !== undefined && { cause: brief(cause) }) };
}

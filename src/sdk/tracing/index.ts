export { TracingNotInstalled } from "./errors/tracing-not-installed.ts";
export { startTracing, type TracingOptions } from "./start-tracing.ts";

// OpenTelemetry behind the port of `core/tracing.ts`. Its packages are optional, so they are loaded here and nowhere else,
// when somebody wants traces.
import { setTimeout as sleep } from "node:timers/promises";
import type { ActiveSpan, RecordedSpan, SpanEnd, SpanStart, Tracing } from "../core/tracing.ts";
import { TracingNotInstalled } from "./errors/tracing-not-installed.ts";

/** Who sends traces. */
export interface TracingOptions {
  /** The service's name on each span, unless `OTEL_SERVICE_NAME` has another. */
  readonly serviceName: string;
}

const flushWithinMs = 2_000;
const library = "tenuto";

/**
 * Begins to send spans by OTLP over HTTP, as OpenTelemetry's variables say (`OTEL_EXPORTER_OTLP_ENDPOINT` and `_HEADERS`,
 * `OTEL_TRACES_SAMPLER`, `OTEL_RESOURCE_ATTRIBUTES` …). It is OpenTelemetry's global tracer of the process from then on, so
 * spans of your own join in.
 *
 * @throws {@link TracingNotInstalled} without the packages of OpenTelemetry, which are optional.
 * @example
 * ```ts
 * const tracing = await startTracing({ serviceName: "shop-worker" });
 * const worker = await createWorker({
 *   app,
 *   workflows: new URL("./workflows/index.ts", import.meta.url),
 *   activities: [createPayments({ gateway })],
 *   tracing,
 * });
 * await worker.run();
 * await tracing.shutdown();
 * ```
 */
export async function startTracing({ serviceName }: TracingOptions): Promise<Tracing> {
  const { api, resources, sdk, exporter } = await load();
  const { context, propagation, trace, SpanKind, SpanStatusCode, TraceFlags } = api;
  const resource = resources.Resource.default()
    .merge(new resources.Resource({ "service.name": serviceName }))
    .merge(resources.detectResourcesSync({ detectors: [resources.envDetectorSync] }));
  const processor = new sdk.BatchSpanProcessor(new exporter.OTLPTraceExporter());
  const provider = new sdk.NodeTracerProvider({ resource, spanProcessors: [processor] });
  provider.register();
  const tracer = provider.getTracer(library);
  const errored = (error: string | undefined) =>
    error === undefined ? undefined : { code: SpanStatusCode.ERROR, message: error };

  return {
    carrier() {
      const carrier: Record<string, string> = {};
      propagation.inject(context.active(), carrier);
      return carrier;
    },
    begin({ name, kind, parent, attributes }: SpanStart): ActiveSpan {
      const around = parent ? propagation.extract(context.active(), parent) : context.active();
      const span = tracer.startSpan(name, { kind: kind === "server" ? SpanKind.SERVER : SpanKind.INTERNAL }, around);
      span.setAttributes(attributes);
      const inside = trace.setSpan(around, span);
      return {
        traceId: span.spanContext().traceId,
        run: (work) => context.with(inside, work),
        end({ attributes: more = {}, error }: SpanEnd = {}) {
          span.setAttributes(more);
          const status = errored(error);
          if (status) span.setStatus(status);
          if (error !== undefined) span.setAttribute("error.type", error);
          span.end();
        },
      };
    },
    record({ name, context: own, parentSpanId, startMs, endMs, attributes, error }: RecordedSpan) {
      processor.onEnd({
        name,
        kind: SpanKind.INTERNAL,
        spanContext: () => ({ traceId: own.traceId, spanId: own.spanId, traceFlags: TraceFlags.SAMPLED }),
        ...(parentSpanId !== undefined && { parentSpanId }),
        startTime: timeOf(startMs),
        endTime: timeOf(endMs),
        duration: timeOf(endMs - startMs),
        status: errored(error) ?? { code: SpanStatusCode.UNSET },
        attributes: { ...attributes, ...(error !== undefined && { "error.type": error }) },
        links: [],
        events: [],
        ended: true,
        resource,
        instrumentationLibrary: { name: library },
        droppedAttributesCount: 0,
        droppedEventsCount: 0,
        droppedLinksCount: 0,
      });
    },
    async shutdown() {
      // A collector that is away must not hold up the end of a process.
      const late = sleep(flushWithinMs, undefined, { ref: false });
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
    },
  };
}

async function load() {
  try {
    const [api, resources, sdk, exporter] = await Promise.all([
      import("@opentelemetry/api"),
      import("@opentelemetry/resources"),
      import("@opentelemetry/sdk-trace-node"),
      import("@opentelemetry/exporter-trace-otlp-http"),
    ]);
    return { api, resources, sdk, exporter };
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
    throw isMissing ? new TracingNotInstalled({ cause: error }) : error;
  }
}

/** As OpenTelemetry counts: whole seconds, and nanoseconds. */
function timeOf(ms: number): [number, number] {
  return [Math.floor(ms / 1_000), Math.round((ms % 1_000) * 1_000_000)];
}

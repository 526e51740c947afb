// What client, API, worker and workflow code know of tracing: a port, and W3C's trace context. Which library is behind it
// is the matter of `tenuto/tracing`.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** The headers of W3C's trace context: `traceparent`, and `tracestate` when there is one. */
export type TraceCarrier = Readonly<Record<string, string>>;

/** What a span says of itself. Never an input, a secret or what an author's error quotes. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** How a span begins. */
export interface SpanStart {
  /** One of few: it never has an id in it. */
  readonly name: string;
  readonly kind: "server" | "internal";
  /** What it is a part of. @default what the calling code is a part of */
  readonly parent?: TraceCarrier | undefined;
  readonly attributes: SpanAttributes;
}

/** How a span ends. */
export interface SpanEnd {
  readonly attributes?: SpanAttributes;
  /** The type of the error that it failed with. @default none: it did not fail */
  readonly error?: string;
}

/** A span that has begun. */
export interface ActiveSpan {
  readonly traceId: string;
  /** Runs work as a part of it. */
  run<T>(work: () => T): T;
  end(end?: SpanEnd): void;
}

/** A span that workflow code has recorded; its times are the run's own, in milliseconds since the epoch. */
export interface RecordedSpan {
  readonly name: string;
  readonly context: TraceContext;
  readonly parentSpanId?: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: SpanAttributes;
  readonly error?: string;
}

/** What takes spans out of the isolate. */
export type TraceSinks = Readonly<Record<"tenutoTrace", { span(span: RecordedSpan): void }>>;

/** Where spans go: `startTracing` of `tenuto/tracing` makes one that sends them by OTLP. */
export interface Tracing {
  /** What the calling code is a part of, for what it sends; empty when it is a part of nothing. */
  carrier(): TraceCarrier;
  begin(start: SpanStart): ActiveSpan;
  record(span: RecordedSpan): void;
  /** Sends what is left, for at most two seconds; nothing is sent afterwards. */
  shutdown(): Promise<void>;
}

/** A place in a trace. */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  readonly isSampled: boolean;
  readonly state?: string;
}

/** The header of Temporal that carries a trace; Temporal's own interceptors name it so in every language. */
export const traceHeaderName = "_tracer-data";

/** `undefined` when it says nothing that can be used. */
export function parseTraceContext(carrier: unknown): TraceContext | undefined {
  const { traceparent, tracestate } = (carrier ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof traceparent !== "string") return undefined;
  const [, traceId = "", spanId = "", flags = ""] =
    /^(?!ff)[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(?:-|$)/.exec(traceparent) ?? [];
  if (/^0*$/.test(traceId) || /^0*$/.test(spanId)) return undefined;
  const isSampled = (parseInt(flags, 16) & 1) === 1;
  return { traceId, spanId, isSampled, ...(typeof tracestate === "string" && { state: tracestate }) };
}

export function carrierOf({ traceId, spanId, isSampled, state }: TraceContext): TraceCarrier {
  const traceparent = `00-${traceId}-${spanId}-${isSampled ? "01" : "00"}`;
  return { traceparent, ...(state !== undefined && { tracestate: state }) };
}

/** The ids of a run's `ordinal`th span: the same in every replay, and made without the run's random numbers. */
export function derivedContext(runId: string, ordinal: number, parent: TraceContext | undefined): TraceContext {
  const hash = bytesToHex(sha256(utf8ToBytes(JSON.stringify([runId, ordinal]))));
  const { traceId = hash.slice(0, 32), isSampled = true, state } = parent ?? {};
  return { traceId, spanId: hash.slice(32, 48), isSampled, ...(state !== undefined && { state }) };
}

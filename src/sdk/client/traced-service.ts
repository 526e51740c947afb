/**
 * The server as code sees it that is traced: what starts, tells or asks a run carries the trace that the calling code is a
 * part of. It is put on here, in one place, so that nothing above can forget to; a request without a header has no place
 * for it, and ours all have one.
 */
import type { Connection } from "@temporalio/client";
import { type TraceCarrier, traceHeaderName } from "../core/tracing.ts";
import { encode } from "./payloads.ts";

type Service = Connection["workflowService"];
type Message = Readonly<Record<string, unknown>>;

/** What a run takes in. */
const carrying: ReadonlySet<string | symbol> = new Set<keyof Service>([
  "startWorkflowExecution",
  "signalWithStartWorkflowExecution",
  "signalWorkflowExecution",
  "executeMultiOperation",
  "updateWorkflowExecution",
  "queryWorkflow",
]);

export function tracedService(service: Service, carrier: () => TraceCarrier): Service {
  return new Proxy(service, {
    get(target, name) {
      const method = Reflect.get(target, name) as unknown;
      if (typeof method !== "function" || !carrying.has(name)) return method;
      return (request: unknown): unknown => {
        const trace = carrier();
        const isTraced = Object.keys(trace).length > 0;
        return method.call(target, isTraced ? withTrace(request, encode(trace)) : request);
      };
    },
  });
}

function withTrace(value: unknown, trace: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withTrace(item, trace));
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === "header" ? withField(member as Header, trace) : withTrace(member, trace),
    ]),
  );
}

interface Header {
  readonly fields?: Message;
}

function withField(header: Header, trace: unknown): Header {
  return { ...header, fields: { ...header.fields, [traceHeaderName]: trace } };
}

/** Bytes and 64-bit numbers are objects too, and have no headers in them. */
function isPlain(value: unknown): value is Message {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

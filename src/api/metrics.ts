// The numbers of this process, for Prometheus. Labels are of bounded sets: names of operations, methods, statuses, codes of
// problems; never a path, an id or a name that a caller gave.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { ProblemCode } from "./problems.ts";

/** What is known of a request that was answered, or cut off. */
export interface AnsweredRequest {
  /** Its `operationId`; none when it is not a route. */
  readonly operation: string | undefined;
  readonly method: string;
  readonly status: number | "aborted";
  readonly seconds: number;
}

/** Counts what the API does. */
export interface ApiMetrics {
  /** Notes that a request is handled, until what this returns is called. */
  began(): () => void;
  answered(request: AnsweredRequest): void;
  /** Notes that an event stream is open, until what this returns is called. */
  streaming(): () => void;
  refused(code: ProblemCode): void;
  /** All of it in Prometheus' text format, with the process's own numbers. */
  exposition(): Promise<{ readonly contentType: string; readonly text: string }>;
}

/** In seconds; the longest wait for a result is a minute. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export function createApiMetrics(): ApiMetrics {
  const own = new Registry();
  const registers = [own];
  const durations = new Histogram({
    name: "tenuto_api_request_duration_seconds",
    help: "Time from the request to its whole answer; of an event stream, to its begin.",
    labelNames: ["operation", "method", "status"],
    buckets,
    registers,
  });
  const inFlight = new Gauge({
    name: "tenuto_api_requests_in_flight",
    help: "Requests without their whole answer, event streams included.",
    registers,
  });
  const streams = new Gauge({
    name: "tenuto_api_event_streams_open",
    help: "Event streams that are open.",
    registers,
  });
  const problems = new Counter({
    name: "tenuto_api_problems_total",
    help: "Requests that were refused or failed, by the code of the problem.",
    labelNames: ["code"],
    registers,
  });
  return {
    began: () => counted(inFlight),
    answered: ({ operation = "none", method, status, seconds }) =>
      durations.observe({ operation, method, status }, seconds),
    streaming: () => counted(streams),
    refused: (code) => problems.inc({ code }),
    async exposition() {
      const all = Registry.merge([own, processMetrics()]);
      return { contentType: all.contentType, text: await all.metrics() };
    },
  };
}

function counted(gauge: Gauge): () => void {
  gauge.inc();
  return () => gauge.dec();
}

let ofProcess: Registry | undefined;

/** One for all APIs of a process, and not before somebody asks: it measures the event loop from then on. */
function processMetrics(): Registry {
  if (!ofProcess) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
  }
  return ofProcess;
}

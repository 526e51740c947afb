// Tells metrics, log and traces what becomes of each request.
import type { RequestHandler, Response } from "express";
import type { ActiveSpan, SpanEnd, Tracing } from "tenuto";
import type { ApiLogger } from "./context.ts";
import { principalOf } from "./guard/principal-of.ts";
import type { ApiMetrics } from "./metrics.ts";
import { requestIdOf } from "./request-id.ts";
import type { Route } from "./route.ts";

export interface ObserveOptions {
  readonly logger: ApiLogger | undefined;
  readonly metrics: ApiMetrics;
  readonly tracing: Tracing | undefined;
}

/** What is known of a request while it is handled. */
interface Observed {
  route?: Route;
  span?: ActiveSpan;
  /** Notes the duration; a second time it does nothing. */
  answered(status: number | "aborted"): void;
}

const observations = new WeakMap<Response, Observed>();
/** Asked all the time, by machines. */
const probes: readonly string[] = ["/healthz", "/readyz", "/metrics"];

/** Before all else: also what is no route is counted. */
export function observe({ logger, metrics }: ObserveOptions): RequestHandler {
  return (request, response, next) => {
    const { method, path } = request;
    const began = performance.now();
    const over = metrics.began();
    let isAnswered = false;
    const observed: Observed = {
      answered(status) {
        if (isAnswered) return;
        isAnswered = true;
        const operation = observed.route?.operation.operationId;
        metrics.answered({ operation, method, status, seconds: secondsSince(began) });
      },
    };
    observations.set(response, observed);
    response.once("close", () => {
      const status = response.writableFinished ? response.statusCode : "aborted";
      over();
      observed.answered(status);
      const { route, span } = observed;
      span?.end(endOf(status));
      const requestId = requestIdOf(response);
      const principal = principalOf(response).name;
      const fields = { requestId, method, path, status, ms: Math.round(secondsSince(began) * 1_000), principal };
      const level = probes.includes(route?.path ?? "") ? "debug" : "info";
      logger?.[level](span ? { ...fields, traceId: span.traceId } : fields, "request");
    });
    next();
  };
}

/** First of a route's handlers: from here on it is known which one it is. */
export function observeRoute(route: Route, { tracing }: ObserveOptions): RequestHandler {
  return (request, response, next) => {
    const observed = observations.get(response);
    if (observed) observed.route = route;
    if (observed && tracing && !probes.includes(route.path)) {
      observed.span = tracing.begin({
        name: `${request.method} ${route.path}`,
        kind: "server",
        parent: traceHeaders(request.headers),
        attributes: {
          "http.request.method": request.method,
          "http.route": route.path,
          "tenuto.operation": route.operation.operationId,
        },
      });
    }
    next();
  };
}

/** An event stream has begun: what is left of it is no waiting. */
export function noteAnswered(response: Response): void {
  observations.get(response)?.answered(200);
}

/** Runs a handler as a part of its request's span. */
export function insideSpan<T>(response: Response, work: () => T): T {
  const span = observations.get(response)?.span;
  return span ? span.run(work) : work();
}

/** Without a caller's, the request is a part of what it is mounted in, if that is traced. */
function traceHeaders(headers: Readonly<Record<string, string | readonly string[] | undefined>>) {
  const { traceparent, tracestate } = headers;
  if (typeof traceparent !== "string") return undefined;
  return { traceparent, ...(typeof tracestate === "string" && { tracestate }) };
}

function endOf(status: number | "aborted"): SpanEnd {
  const attributes = { "http.response.status_code": status };
  return typeof status === "number" && status >= 500 ? { attributes, error: String(status) } : { attributes };
}

function secondsSince(began: number): number {
  return (performance.now() - began) / 1_000;
}

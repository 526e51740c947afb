import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from "express";
import type { App, Tracing } from "tenuto";
import type { StepMetricsSource, TaskLinks, TenutoClient } from "tenuto/client";
import { createCatalogue } from "./catalogue.ts";
import type { ApiLogger, Context, Reply } from "./context.ts";
import { dashboardPage } from "./dashboard-page.ts";
import { docsPage } from "./docs-page.ts";
import { createAdmission } from "./guard/admit.ts";
import { type Auditor, createAuditor } from "./guard/audit.ts";
import type { Authentication } from "./guard/authentication.ts";
import { allowOrigins, allowTemporalUi } from "./guard/cors.ts";
import { principalOf } from "./guard/principal-of.ts";
import { securityHeaders } from "./guard/security-headers.ts";
import { assertJsonContent, checkedDepth, maxBodyBytes, parseJsonBody } from "./json-body.ts";
import { createApiMetrics } from "./metrics.ts";
import { mountedAt } from "./mounted.ts";
import { insideSpan, noteAnswered, observe, type ObserveOptions, observeRoute } from "./observe.ts";
import { problemAnswer } from "./problems.ts";
import { type ServerEvent, writeEvents } from "./event-stream.ts";
import { createReadiness } from "./readiness.ts";
import { requestIdHeader, requestIdOf } from "./request-id.ts";
import { RequestRefused } from "./request-refused.ts";
import type { Route } from "./route.ts";
import { routes } from "./routes.ts";
import { taskLinkPage } from "./task-link-page.ts";
import type { Webhooks } from "./webhooks.ts";
import { maxAgeMsOf, SharedAnswers } from "./shared-answers.ts";
import { sharedSteps } from "./shared-steps.ts";
import { createStreamLimit, type StreamLimit, type StreamSettings } from "./stream-limit.ts";

/** What the API serves. */
export interface ApiOptions {
  readonly client: TenutoClient;
  readonly app: App;
  /** @default none */
  readonly logger?: ApiLogger;
  /** Aborted when the process is to end: long polls then answer at once. */
  readonly closing?: AbortSignal;
  /**
   * Who asks: `createAuthentication`, or your own.
   *
   * @default callers on this machine may do everything, as `dev`; others nothing
   */
  readonly authentication?: Authentication | undefined;
  /** How many requests each principal may send to this process in a minute. @default 6000, without `authentication` no limit */
  readonly requestsPerMinute?: number | undefined;
  /** The origins, such as `"https://ops.example"`, whose pages may call the API with a key or a token. @default none */
  readonly corsOrigins?: readonly string[] | undefined;
  /** By which people answer tasks without an account: `createTaskLinks`, the same as the workers'. @default none is taken */
  readonly taskLinks?: TaskLinks | undefined;
  /** Takes the events that are posted: `createWebhooks` of `tenuto/events`. @default none are taken */
  readonly webhooks?: Webhooks | undefined;
  /** Where numbers of steps come from: `createPrometheusStepMetrics`, or `scrapeStepMetrics`. @default nowhere */
  readonly stepMetrics?: StepMetricsSource | undefined;
  /** How event streams are sent, and how many at once. */
  readonly streams?: StreamSettings;
  /** Where the spans of requests go: `startTracing` of `tenuto/tracing`. Give it to the client, too. @default nowhere */
  readonly tracing?: Tracing | undefined;
}

/**
 * The REST API as an Express app.
 *
 * @example
 * ```ts
 * const api = createApi({ client: await createClient(app), app });
 * ```
 */
export function createApi(options: ApiOptions): Express {
  const { client, app, logger, closing, corsOrigins = [], streams = {} } = options;
  const admit = createAdmission(options);
  const auditor = createAuditor({ client, logger });
  const readiness = createReadiness({ client, app, closing });
  const metrics = createApiMetrics();
  const observing = { logger, metrics, tracing: options.tracing };
  const { sessions } = options.authentication ?? {};
  const { taskLinks, webhooks } = options;
  const stepMetrics = options.stepMetrics && sharedSteps(options.stepMetrics);
  const own = { catalogue: createCatalogue(app), readiness, metrics };
  const services = { client, app, ...own, sessions, taskLinks, webhooks, stepMetrics };
  const streamLimit = createStreamLimit(streams);
  const shared = new SharedAnswers();
  const server = express().disable("x-powered-by").disable("etag").enable("case sensitive routing");
  server.set("query parser", "simple");
  // One listener for each open request, however many there are.
  if (closing) setMaxListeners(0, closing);
  server.use(identify, observe(observing), securityHeaders, neverStored, assertReadableUrl);
  server.use("/v1/codec", allowTemporalUi(client.links.temporalUiUrl));
  server.use(allowOrigins(corsOrigins));
  server.use(docsPage(app), dashboardPage(), taskLinkPage());
  for (const [path, methods] of byPath(routes)) {
    for (const route of methods) {
      server[route.method](path, observeRoute(route, observing), ...admit(route), auditor.refusalsOf(route));
      if (route.hasBody && !route.isSigned) server[route.method](path, rejectUnlessJson);
      if (route.hasBody) server[route.method](path, rawBody(route));
      server[route.method](
        path,
        answer(route, services, { closing, auditor, shared, streamLimit, heartbeatMs: streams.heartbeatMs }),
      );
    }
    server.all(path, otherMethods(methods));
  }
  server.use(() => {
    throw new RequestRefused("NOT_FOUND", { detail: "There is nothing at this path. Check it; paths begin with /v1." });
  });
  server.use(writeProblem({ logger, metrics }));
  return server;
}

/** The id that a caller gave, so that both sides' logs have one; else our own. */
const identify: RequestHandler = (request, response, next) => {
  const given = request.get(requestIdHeader);
  response.set(requestIdHeader, given !== undefined && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID());
  next();
};

const neverStored: RequestHandler = (_request, response, next) => {
  response.set("Cache-Control", "no-store");
  next();
};

const assertReadableUrl: RequestHandler = (request, _response, next) => {
  try {
    decodeURIComponent(request.originalUrl);
  } catch {
    throw new RequestRefused("MALFORMED_URL", {
      detail: "The URL can't be decoded. Percent-encode its parts as UTF-8; write %25 for a percent sign.",
    });
  }
  next();
};

const rejectUnlessJson: RequestHandler = (request, _response, next) => {
  assertJsonContent(request.headers);
  next();
};

const rawBody = ({ maxBodyBytes: limit = maxBodyBytes }: Route): RequestHandler =>
  express.raw({ type: () => true, limit, inflate: false });

function byPath(all: readonly Route[]): ReadonlyMap<string, readonly Route[]> {
  const paths = new Map<string, Route[]>();
  for (const route of all) paths.set(route.path, [...(paths.get(route.path) ?? []), route]);
  return paths;
}

type Services = Omit<Context, "principal" | "requestId" | "signal">;

interface AnswerOptions {
  readonly closing: AbortSignal | undefined;
  readonly auditor: Auditor;
  readonly shared: SharedAnswers;
  readonly streamLimit: StreamLimit;
  readonly heartbeatMs: number | undefined;
}

function answer(
  route: Route,
  services: Services,
  { closing, auditor, shared, ...streams }: AnswerOptions,
): RequestHandler {
  return async (request, response) => {
    const { params, query, headers } = request;
    const body = route.hasBody ? (route.isSigned ? bytesOf(request) : bodyOf(request)) : undefined;
    // Of its own: a listener for each request on a signal that lives as long as the process would stay there.
    const gone = new AbortController();
    const abort = () => gone.abort();
    response.once("close", abort);
    closing?.addEventListener("abort", abort);
    if (closing?.aborted) abort();
    try {
      const principal = principalOf(response);
      const client = principal.tenant === undefined ? services.client : services.client.forTenant(principal.tenant);
      const context = { ...services, client, principal, requestId: requestIdOf(response), signal: gone.signal };
      const call = route.check({ params, query, headers, body }, services.app);
      const { audited, sharedWith } = call;
      const ask = () => insideSpan(response, () => call.handle(context));
      const perform = () => {
        if (sharedWith === undefined) return ask();
        const { tenant, name } = principal;
        const key = JSON.stringify([request.originalUrl, tenant, sharedWith === "principal" ? name : undefined]);
        return shared.get(key, maxAgeMsOf(request.get("cache-control")), ask);
      };
      const reply = await (audited ? auditor.perform(perform, { route, audited, response, client }) : perform());
      if (reply.events) await stream(response, reply.events, { ...context, ...streams });
      else write(response, mountedAt(request.baseUrl, reply));
    } finally {
      closing?.removeEventListener("abort", abort);
    }
  };
}

/** An app that this one is mounted in may have read and parsed the body already. */
function bodyOf(request: Request): unknown {
  const body: unknown = request.body;
  if (body === undefined || body instanceof Uint8Array) return parseJsonBody(body ?? new Uint8Array());
  return checkedDepth(body);
}

/** What a signature is over. */
function bytesOf(request: Request): Uint8Array {
  const body: unknown = request.body;
  if (body === undefined) return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  throw new TypeError("The body was parsed before it came here: mount Tenuto's API before express.json().");
}

type StreamContext = Pick<Context, "principal" | "signal" | "metrics"> &
  Omit<AnswerOptions, "closing" | "auditor" | "shared">;

async function stream(
  response: Response,
  events: AsyncIterable<ServerEvent>,
  { principal, signal, metrics, streamLimit, heartbeatMs }: StreamContext,
): Promise<void> {
  if (response.destroyed) return;
  const giveBack = streamLimit.take(principal);
  const over = metrics.streaming();
  noteAnswered(response);
  try {
    await writeEvents(response, { events, signal, heartbeatMs });
  } finally {
    over();
    giveBack();
  }
}

function write(response: Response, { status, headers = {}, body, contentType }: Reply): void {
  if (response.destroyed) return;
  response.status(status).set(headers);
  if (contentType === undefined) response.json(body);
  else response.type(contentType).send(body);
}

function otherMethods(there: readonly Route[]): RequestHandler {
  const names = there.flatMap(({ method }) => (method === "get" ? ["GET", "HEAD"] : [method.toUpperCase()]));
  const allow = [...names, "OPTIONS"].join(", ");
  return (request, response) => {
    if (request.method === "OPTIONS") return void response.status(204).set("Allow", allow).end();
    throw new RequestRefused("METHOD_NOT_ALLOWED", {
      detail: `${request.method} can't be used here. Use one of ${allow}.`,
      headers: { Allow: allow },
    });
  };
}

/** Express knows an error handler by its four parameters. */
function writeProblem({ logger, metrics }: Pick<ObserveOptions, "logger" | "metrics">) {
  return (error: unknown, _request: Request, response: Response, _next: NextFunction): void => {
    const requestId = requestIdOf(response);
    const { problem, headers } = problemAnswer(fromExpress(error), requestId);
    metrics.refused(problem.code);
    if (problem.status >= 500) logger?.error({ requestId, code: problem.code, err: error }, "request failed");
    if (response.headersSent) return void response.destroy();
    response.status(problem.status).set(headers).type("application/problem+json").send(JSON.stringify(problem));
  };
}

/** Express and its body reader have errors of their own, with a status and a type. */
function fromExpress(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof RequestRefused || !("status" in error)) return error;
  const { status } = error;
  if (status === 413) {
    const limit = "limit" in error && typeof error.limit === "number" ? error.limit : maxBodyBytes;
    const detail = `The body is too large: the most is ${limit} bytes. Pass a reference to what is large.`;
    return new RequestRefused("BODY_TOO_LARGE", { detail });
  }
  if (status === 415) {
    return new RequestRefused("UNSUPPORTED_MEDIA_TYPE", { detail: "The body is compressed. Send it as it is." });
  }
  if (typeof status !== "number" || status < 400 || status > 499) return error;
  return new RequestRefused("INVALID_REQUEST", { detail: "The request can't be read. Send it again, whole." });
}

import express, { type Express, type NextFunction, type Request, type Response } from "express";
import { z } from "zod";
import { parseBody } from "./body.ts";
import type { Ledger } from "./ledger.ts";
import { MagicState, type MagicFailures } from "./magic.ts";
import { operations } from "./operations.ts";
import { Problem } from "./problem.ts";
import type { Provider } from "./provider.ts";
import { ServiceChange, serviceNames, type Services } from "./services.ts";

const LedgerQuery = z.object({ orderId: z.string().optional() });

/** What the HTTP side shows. */
export interface AppParts {
  readonly provider: Provider;
  readonly ledger: Ledger;
  readonly services: Services;
  readonly magic: MagicFailures;
}

/** The sandbox's routes. */
export function createApp({ provider, ledger, services, magic }: AppParts): Express {
  const app = express().disable("x-powered-by").disable("etag");
  // `curl -d` says that its JSON is a form; strict would call a bare JSON string "not JSON".
  app.use(express.json({ type: () => true, strict: false }));

  for (const operation of operations) {
    app.post(`/${operation.service}/${operation.operation}`, async (request, response) => {
      response.json(await provider.perform(operation, idempotencyKeyOf(request), request.body));
    });
  }

  app.get("/healthz", (_request, response) => void response.json({ status: "ok" }));
  app.get("/ledger", async (request, response) => {
    const { orderId } = parseBody(LedgerQuery, request.query);
    const items = ledger.lines.filter((line) => orderId === undefined || line.orderId === orderId);
    await ledger.flushed();
    response.json({ items });
  });

  app.get("/admin/services", (_request, response) => void response.json(services.states()));
  app.put("/admin/services/:name", (request, response) => {
    const name = serviceNames.find((known) => known === request.params.name);
    if (name === undefined) throw notFound(request);
    response.json(services.change(name, parseBody(ServiceChange, request.body)));
  });
  app.get("/admin/magic", (_request, response) => void response.json(magic.state));
  app.put("/admin/magic", (request, response) => {
    response.json(magic.change(parseBody(MagicState, request.body)));
  });

  app.use((request) => {
    throw notFound(request);
  });
  app.use(writeProblem);
  return app;
}

function idempotencyKeyOf(request: Request): string {
  const key = request.get("idempotency-key");
  if (key) return key;
  throw new Problem(400, "IdempotencyKeyMissing", {
    detail: "An effect needs the header Idempotency-Key: the same for every attempt of one step.",
  });
}

function notFound({ method, path }: Request): Problem {
  return new Problem(404, "NotFound", { detail: `There is no ${method} ${path} here.` });
}

/** Express knows an error handler by its four parameters. */
function writeProblem(error: unknown, _request: Request, response: Response, _next: NextFunction): void {
  const problem = problemOf(error);
  if (problem.status === 500) console.error("sandbox:", error);
  if (response.headersSent) return;
  response.status(problem.status).type("application/problem+json").send(JSON.stringify(problem));
}

const HttpError = z.object({ status: z.int().min(400).max(499), type: z.string().optional() });

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof Error && error.name === "AbortError") {
    return new Problem(503, "ServiceUnavailable", { detail: "The sandbox is closing." });
  }
  const { success, data } = HttpError.safeParse(error);
  if (!success) return new Problem(500, "Internal", { detail: "The sandbox failed. Its standard error says why." });
  if (data.type === "entity.parse.failed") return new Problem(400, "NotJson", { detail: "The body is not JSON." });
  const code = data.status === 413 ? "BodyTooLarge" : "BadRequest";
  return new Problem(data.status, code, { detail: "The request can't be read." });
}

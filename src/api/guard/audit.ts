/**
 * What operators do goes into the audit here, for every route, before it is done: what can't be written is not done, and
 * its caller is told so by a problem. What became of it is written after. An action without that, because the process
 * was killed or the server was away, is `unknown` in the audit, as it may or may not have been done.
 *
 * An event of a state machine is in its run's history, with who sent it; only what was refused is nowhere else, and is written
 * here once that is known. So what is taken costs no call.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { ErrorRequestHandler, Response } from "express";
import type { AuditAction, AuditEnd, AuditOutcome, TenutoClient } from "tenuto/client";
import type { ApiLogger, Reply } from "../context.ts";
import { problemAnswer, statusOf } from "../problems.ts";
import { requestIdOf } from "../request-id.ts";
import { RequestRefused } from "../request-refused.ts";
import { type AuditedCall, type Route, targetOf } from "../route.ts";
import { identifiedPrincipal } from "./principal-of.ts";

/** What is done, and by whom. */
export interface Performance {
  readonly route: Route;
  readonly audited: AuditedCall;
  readonly response: Response;
  /** Of the caller's tenant. */
  readonly client: TenutoClient;
}

export interface Auditor {
  /**
   * Writes an action down, does it, and writes down what became of it; of one that is recorded elsewhere, only a refusal.
   *
   * @throws what the action throws; `TemporalUnavailable`, `RateLimited` or `TemporalRefused` without having done it.
   */
  perform(action: () => Promise<Reply>, performance: Performance): Promise<Reply>;
  /** Writes down whom a route refused; their answer stays as it is. */
  refusalsOf(route: Route): ErrorRequestHandler;
}

interface AuditorOptions {
  readonly client: TenutoClient;
  readonly logger: ApiLogger | undefined;
}

export function createAuditor({ client, logger }: AuditorOptions): Auditor {
  const isWithinBudget = createBudget();
  const written = (writing: Promise<unknown>, fields: object) =>
    atMost(
      heldMs,
      writing.catch((error: unknown) => logger?.error({ ...fields, err: error }, "the audit could not be written")),
    );
  const refusalTold = async (action: () => Promise<Reply>, { route, audited, response, client: own }: Performance) => {
    try {
      return await action();
    } catch (error) {
      const entry = entryOf(route, response, audited);
      const { problem } = problemAnswer(error, entry.requestId);
      const end = endOf(problem.status, problem.code);
      if (end.outcome === "refused") await written(own.recordAction({ ...entry, end }), { ...entry, end });
      throw error;
    }
  };
  return {
    async perform(action, performance) {
      const { route, audited, response, client: own } = performance;
      if (audited.isOnlyRefusals) return refusalTold(action, performance);
      const entry = entryOf(route, response, audited);
      const recorded = await own.recordAction(entry);
      const told = (end: AuditEnd) => written(own.recordEnd(recorded, end), { requestId: entry.requestId, ...end });
      try {
        const reply = await action();
        await told({ ...endOf(reply.status), target: foundIn(reply, audited) });
        return reply;
      } catch (error) {
        const { problem } = problemAnswer(error, entry.requestId);
        await told(endOf(problem.status, problem.code));
        throw error;
      }
    },
    refusalsOf: (route) => async (error: unknown, request, response, next) => {
      if (route.isAudited && error instanceof RequestRefused && isOfGuard(error)) {
        const { name, tenant } = identifiedPrincipal(response) ?? {};
        const end = endOf(statusOf(error.code), error.code);
        const entry = { ...entryOf(route, response, { target: targetOf(request.params) }), end };
        const own = tenant === undefined ? client : client.forTenant(tenant);
        if (isWithinBudget(JSON.stringify([tenant, name]))) await written(own.recordAction(entry), entry);
        else logger?.warn(entry, "too many refusals for the audit: this one is only here");
      }
      next(error);
    },
  };
}

/** For how long an answer waits until it is written what became of an action; after that it is written beside it. */
const heldMs = 400;

async function atMost(ms: number, promise: Promise<unknown>): Promise<void> {
  const timer = new AbortController();
  await Promise.race([promise, sleep(ms, undefined, { signal: timer.signal }).catch(() => undefined)]);
  timer.abort();
}

function entryOf({ operation }: Route, response: Response, { target, reason }: AuditedCall): AuditAction {
  const principal = identifiedPrincipal(response);
  return {
    ...(principal && { actor: { name: principal.name, role: principal.role } }),
    action: operation.operationId,
    target,
    ...(reason !== undefined && { reason }),
    requestId: requestIdOf(response),
  };
}

function endOf(status: number, code?: string): AuditEnd {
  return { outcome: outcomeOf(status), status, ...(code !== undefined && { code }) };
}

/** After 500, 503 and 504 nobody knows how far it came. */
function outcomeOf(status: number): AuditOutcome {
  if (status < 400) return "done";
  if (status < 500) return "refused";
  return status === 502 ? "failed" : "unknown";
}

/** The run that a start found or began, where the caller did not name it. */
function foundIn({ body }: Reply, { target }: AuditedCall): AuditedCall["target"] | undefined {
  if ("workflowId" in target || typeof body !== "object" || body === null || !("workflowId" in body)) return undefined;
  return targetOf({ workflowId: body.workflowId });
}

function isOfGuard({ code }: RequestRefused): boolean {
  return code === "UNAUTHENTICATED" || code === "FORBIDDEN" || code === "CSRF_TOKEN_MISSING";
}

/** How many refusals of one principal, or of all who are not known, a process writes down in a minute. */
const refusalsPerMinute = 60;

/** So that nobody who may do nothing fills the audit, and the disks of the server. */
function createBudget(): (caller: string) => boolean {
  let minute = 0;
  const spent = new Map<string, number>();
  return (caller) => {
    const now = Math.floor(Date.now() / 60_000);
    if (now !== minute) spent.clear();
    minute = now;
    const before = spent.get(caller) ?? 0;
    spent.set(caller, before + 1);
    return before < refusalsPerMinute;
  };
}

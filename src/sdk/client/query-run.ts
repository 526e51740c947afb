import { isGrpcServiceError } from "@temporalio/client";
import type { FailedQuery } from "../core/intake.ts";
import { QueryFailed } from "../core/errors/query-failed.ts";
import { TemporalUnavailable } from "../core/errors/temporal-unavailable.ts";
import { UnknownQuery } from "../core/errors/unknown-query.ts";
import { executionOf } from "./describe-raw.ts";
import { grpc, hasGrpcCode, type RunReference } from "./grpc-errors.ts";
import { parseInput } from "./parse-input.ts";
import { decode, encodeWithinLimit, parsedHeader } from "./payloads.ts";
import { findTarget, ownMember, type Reach, silenceOf } from "./run-target.ts";

export interface Query {
  readonly run: RunReference;
  readonly name: string;
  readonly input: unknown;
  readonly waitMs?: number | undefined;
}

/** @throws what {@link TenutoClient.query} throws. */
export async function queryRun(reach: Reach, { run, name, input, waitMs }: Query): Promise<unknown> {
  const { temporal } = reach;
  const deadline = temporal.deadline(waitMs);
  const target = await findTarget(reach, run, deadline);
  const { type, workflowId, contract } = target;
  const queries = contract?.queries ?? {};
  const schema = ownMember(queries, name);
  if (!schema) throw new UnknownQuery(name, { type, known: Object.keys(queries) });
  const what = `The input of query "${name}" of workflow "${type}"`;
  const payload = encodeWithinLimit(await parseInput(schema.input, input, { what, redact: contract?.redact }), what);
  const query = { queryType: name, queryArgs: { payloads: [payload] }, header: parsedHeader };
  const request = { namespace: temporal.namespace, execution: executionOf(run), query };
  try {
    const { queryResult } = await temporal.call((service) => service.queryWorkflow(request), {
      run,
      deadline,
      keep: (error) => isRefusal(error) || isNotTaken(error),
    });
    return answerOf(decode(queryResult?.payloads?.[0]), { name, workflowId });
  } catch (error) {
    if (isRefusal(error)) throw new QueryFailed(name, { workflowId, reason: detailsOf(error) }, { cause: error });
    if (!isNotTaken(error)) throw error;
    throw await silenceOf(temporal, { what: `query "${name}"`, target, cause: error });
  }
}

/** @throws {@link QueryFailed} of the answer that stands for one. */
function answerOf(answer: unknown, { name, workflowId }: { readonly name: string; readonly workflowId: string }) {
  const { tenutoQueryFailed: reason } = (answer ?? {}) as Partial<FailedQuery>;
  if (typeof reason === "string") throw new QueryFailed(name, { workflowId, reason });
  return answer;
}

/** What a handler throws, and that there is no handler, comes as a bad argument. */
function isRefusal(error: unknown): boolean {
  return hasGrpcCode(error, grpc.invalidArgument);
}

/** No worker polled for minutes, the workflow task keeps failing, or the time is over. */
function isNotTaken(error: unknown): boolean {
  return error instanceof TemporalUnavailable || hasGrpcCode(error, grpc.failedPrecondition);
}

function detailsOf(error: unknown): string {
  return isGrpcServiceError(error) ? error.details : String(error);
}

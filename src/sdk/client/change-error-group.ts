import {
  changeGroupUpdate,
  type ErrorGroupChange,
  type ErrorGroupRecord,
  errorGroupWorkflow,
  errorGroupWorkflowId,
} from "../core/error-group.ts";
import { ErrorGroupNotFound } from "../core/errors/error-group-not-found.ts";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { RunClosed } from "../core/errors/run-closed.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import { askSystemWorkflow } from "./ask-system-workflow.ts";
import type { ErrorGroupDetails, GroupShowing } from "./error-group.ts";
import { decode, encodeWithinLimit } from "./payloads.ts";
import { runErrorOf } from "./run-failure.ts";
import { groupDetailsOf, groupRecordOf } from "./show-error-group.ts";
import type { Temporal } from "./temporal.ts";
import { updateRequest } from "./update-request.ts";

type Omitted<T> = T extends unknown ? Omit<T, "by"> & { readonly by?: string | undefined } : never;

/** What an operator does to a group; `by` is the client's `identity` if nobody is named. */
export type ErrorGroupRequest = Omitted<ErrorGroupChange>;

/** @throws what {@link TenutoClient.changeErrorGroup} throws. */
export async function changeErrorGroup(
  temporal: Temporal,
  fingerprint: string,
  { request, ...showing }: GroupShowing & { readonly request: ErrorGroupRequest },
): Promise<ErrorGroupDetails> {
  assertUntil(request);
  await groupRecordOf(temporal, fingerprint);
  const run = { workflowId: errorGroupWorkflowId(fingerprint) };
  const change = { ...request, by: request.by ?? temporal.identity };
  const update = updateRequest(temporal, {
    run,
    name: changeGroupUpdate,
    payload: encodeWithinLimit(change, "The change"),
  });
  try {
    const { outcome } = await askSystemWorkflow(
      temporal,
      { workflowId: run.workflowId, type: errorGroupWorkflow, what: "the error group" },
      (deadline) => temporal.call((service) => service.updateWorkflowExecution(update), { run, deadline }),
    );
    if (outcome?.failure) {
      const { message } = runErrorOf(outcome.failure);
      const pointer = request.action === "note" ? "/note" : "/reason";
      throw new InvalidInput("The change", [{ pointer, message }]);
    }
    const record = decode(outcome?.success?.payloads?.[0]) as ErrorGroupRecord;
    return await groupDetailsOf(temporal, record, showing);
  } catch (error) {
    if (error instanceof RunClosed || error instanceof RunNotFound) throw new ErrorGroupNotFound(fingerprint);
    throw error;
  }
}

function assertUntil(request: ErrorGroupRequest): void {
  if (request.action !== "ignore" || !request.until) return;
  const { at, count, perHour } = request.until;
  const issues = [
    ...(at !== undefined && Number.isNaN(Date.parse(at))
      ? [{ pointer: "/until/at", message: "An RFC 3339 time" }]
      : []),
    ...(isCount(count) ? [] : [{ pointer: "/until/count", message: "A whole number from 1" }]),
    ...(isCount(perHour) ? [] : [{ pointer: "/until/perHour", message: "A whole number from 1" }]),
  ];
  if (issues.length > 0) throw new InvalidInput("The change", issues);
}

function isCount(value: number | undefined): boolean {
  return value === undefined || (Number.isInteger(value) && value >= 1);
}

// Batch operations as callers see them. Where one stands is in its memo; what became of its items, its workflow tells.
import type { temporal as api } from "@temporalio/proto";
import {
  type BatchItemResult,
  type BatchItemsAnswer,
  batchItemsQuery,
  type BatchItemsRequest,
  batchMemo,
  type BatchOutcome,
  type BatchRecord,
  type BatchStatus,
  batchWorkflow,
  stopBatchUpdate,
} from "../core/batch.ts";
import { BatchNotFound } from "../core/errors/batch-not-found.ts";
import { BatchNotRunning } from "../core/errors/batch-not-running.ts";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { RunClosed } from "../core/errors/run-closed.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import { askSystemWorkflow } from "./ask-system-workflow.ts";
import { describeIfThere } from "./describe-raw.ts";
import { listPage } from "./list-runs.ts";
import { cursorOf, offsetIn } from "./offset-cursor.ts";
import { decode, encode, encodeWithinLimit } from "./payloads.ts";
import { runErrorOf } from "./run-failure.ts";
import type { SteerOptions } from "./steer-run.ts";
import type { Temporal } from "./temporal.ts";
import { updateRequest } from "./update-request.ts";
import { quote } from "./visibility-query.ts";

/** A batch operation, and where it stands; times are RFC 3339. */
export type Batch = BatchRecord;

type Info = api.api.workflow.v1.IWorkflowExecutionInfo;

export function batchWorkflowId(id: string): string {
  return `tenuto-batch-${id}`;
}

export function batchIn(info: Info | null | undefined): Batch | undefined {
  return decode(info?.memo?.fields?.[batchMemo]) as Batch | undefined;
}

/** Which batch operations to list. */
export interface BatchListOptions {
  readonly status?: BatchStatus | undefined;
  /** From 1 to 200. @default 50 */
  readonly limit?: number | undefined;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** One page of batch operations, the newest first; with a status it may be short. */
export interface BatchPage {
  readonly items: readonly Batch[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

/** @throws what {@link TenutoClient.batches} throws. */
export async function listBatches(temporal: Temporal, { status, limit, cursor }: BatchListOptions): Promise<BatchPage> {
  const isOver = status === "completed" || status === "stopped";
  const standing = status === undefined ? "" : ` AND ExecutionStatus = '${isOver ? "Completed" : "Running"}'`;
  // One that was continued as new is still that one.
  const query = `WorkflowType = ${quote(batchWorkflow)} AND ExecutionStatus != 'ContinuedAsNew'${standing}`;
  const { infos, nextCursor } = await listPage(temporal, { query, limit, cursor });
  const items = infos.flatMap((info) => batchIn(info) ?? []);
  return {
    items: items.filter((batch) => status === undefined || batch.status === status),
    ...(nextCursor !== undefined && { nextCursor }),
  };
}

/** @throws what {@link TenutoClient.batch} throws. */
export async function showBatch(temporal: Temporal, id: string): Promise<Batch> {
  const described = await describeIfThere(temporal, { workflowId: batchWorkflowId(id) });
  const batch = batchIn(described?.workflowExecutionInfo);
  if (batch) return batch;
  throw new BatchNotFound(id);
}

/** Which items of a batch operation to list. */
export interface BatchItemsOptions {
  readonly outcome?: BatchOutcome | undefined;
  /** From 1 to 200. @default 50 */
  readonly limit?: number | undefined;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** One page of the items of a batch operation, oldest first. */
export interface BatchItemPage {
  readonly items: readonly BatchItemResult[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

function batchNamed(workflowId: string) {
  return { workflowId, type: batchWorkflow, what: "the batch operation" };
}

/** @throws what {@link TenutoClient.batchItems} throws. */
export async function listBatchItems(
  temporal: Temporal,
  id: string,
  { outcome, limit = 50, cursor }: BatchItemsOptions,
): Promise<BatchItemPage> {
  const request: BatchItemsRequest = {
    ...(outcome !== undefined && { outcome }),
    offset: offsetIn("items", cursor),
    limit: Math.min(Math.max(Math.trunc(limit), 1), 200),
  };
  await showBatch(temporal, id);
  const workflowId = batchWorkflowId(id);
  const query = {
    namespace: temporal.namespace,
    execution: { workflowId },
    query: { queryType: batchItemsQuery, queryArgs: { payloads: [encode(request)] } },
  };
  const { queryResult } = await askSystemWorkflow(temporal, batchNamed(workflowId), (deadline) =>
    temporal.call((service) => service.queryWorkflow(query), { run: { workflowId }, deadline }),
  );
  const { items, nextOffset } = decode(queryResult?.payloads?.[0]) as BatchItemsAnswer;
  return { items, ...(nextOffset !== undefined && { nextCursor: cursorOf("items", nextOffset) }) };
}

/** @throws what {@link TenutoClient.stopBatch} throws. */
export async function stopBatch(
  temporal: Temporal,
  id: string,
  { by = temporal.identity, reason }: Omit<SteerOptions, "runId">,
): Promise<Batch> {
  const workflowId = batchWorkflowId(id);
  const run = { workflowId };
  const payload = encodeWithinLimit({ by, reason }, "The reason");
  const update = updateRequest(temporal, { run, name: stopBatchUpdate, payload });
  try {
    const { outcome } = await askSystemWorkflow(temporal, batchNamed(workflowId), (deadline) =>
      temporal.call((service) => service.updateWorkflowExecution(update), { run, deadline }),
    );
    if (outcome?.failure) {
      const { message } = runErrorOf(outcome.failure);
      throw new InvalidInput("The stop", [{ pointer: "/reason", message }]);
    }
    return decode(outcome?.success?.payloads?.[0]) as Batch;
  } catch (error) {
    if (!(error instanceof RunClosed) && !(error instanceof RunNotFound)) throw error;
    const { status } = await showBatch(temporal, id);
    throw new BatchNotRunning({ id, status });
  }
}

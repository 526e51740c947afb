// One batch operation. What is there to do is found once, at its beginning; each item is acted on by an activity that may
// be repeated anywhere, since each dead letter and each run knows what this batch has had it do. So a crash costs time only.
import {
  ApplicationFailure,
  condition,
  defineQuery,
  defineUpdate,
  proxyActivities,
  setHandler,
  upsertMemo,
} from "@temporalio/workflow";
import {
  batchActivityTypes as types,
  type BatchItemsAnswer,
  type BatchItemsRequest,
  batchItemsQuery,
  batchMemo,
  type BatchOrder,
  type BatchRecord,
  type BatchTask,
  type FoundItems,
  type ItemResult,
  stopBatchUpdate,
} from "../../core/batch.ts";
import {
  type BatchState,
  emptyBatch,
  itemsOf,
  nextItems,
  recordOf,
  withItems,
  withResults,
} from "../../core/batch-state.ts";
import type { OperatorNote } from "../../core/incident.ts";
import { continuedWith, isLong } from "./continued-with.ts";

interface Activities {
  readonly [types.find]: (order: BatchOrder) => Promise<FoundItems>;
  readonly [types.act]: (task: BatchTask) => Promise<readonly ItemResult[]>;
}

/** What a worker that died was at is taken up by another one soon. */
const tenuto = proxyActivities<Activities>({
  startToCloseTimeout: "30m",
  heartbeatTimeout: "10s",
  retry: { initialInterval: "1s", maximumInterval: "15s" },
});

/** A history that is read again at each start of a worker stays short. */
const defaultEventsPerRun = 1_000;

/** So that the rate holds within two seconds, and a stop does, too. */
const chunkSeconds = 2;
const largestChunk = 50;

export async function tenutoBatch(
  order: BatchOrder,
  carried: BatchState = emptyBatch,
  eventsPerRun = defaultEventsPerRun,
): Promise<BatchRecord> {
  let state = carried;
  const change = (next: BatchState) => {
    state = next;
    const record = recordOf(order, state);
    upsertMemo({ [batchMemo]: record });
    return record;
  };
  setHandler(defineQuery<BatchItemsAnswer, [BatchItemsRequest]>(batchItemsQuery), (request) => itemsOf(state, request));
  setHandler(
    defineUpdate<BatchRecord, [OperatorNote]>(stopBatchUpdate),
    ({ by, reason }) => change({ ...state, stopped: state.stopped ?? { by, reason, at: now() } }),
    { validator: assertNote },
  );

  // What is awaited comes first: a stop may change the state meanwhile.
  if (!state.items) {
    const found = await tenuto[types.find](order);
    change(withItems(state, found));
  }
  const { filter: _, ...itemOrder } = order;
  const size = Math.min(largestChunk, Math.max(1, Math.floor(order.ratePerSecond * chunkSeconds)));
  for (;;) {
    const items = nextItems(state, size);
    if (items.length === 0 || state.stopped) break;
    if (isLong(eventsPerRun))
      return continuedWith<typeof tenutoBatch>({ [batchMemo]: recordOf(order, state) }, order, state, eventsPerRun);
    const begunAt = Date.now();
    const results = await tenuto[types.act]({ order: itemOrder, items });
    change(withResults(state, results));
    const restMs = (items.length / order.ratePerSecond) * 1_000 - (Date.now() - begunAt);
    if (restMs > 0 && nextItems(state, 1).length > 0) await condition(() => state.stopped !== undefined, restMs);
  }
  return change({ ...state, closedAt: now() });
}

function assertNote({ by, reason }: OperatorNote): void {
  if ([by, reason].every((text) => typeof text === "string" && text.trim() !== "")) return;
  throw ApplicationFailure.nonRetryable("Say who stops the batch (`by`), and why (`reason`)", "InvalidInput");
}

function now(): string {
  return new Date().toISOString();
}

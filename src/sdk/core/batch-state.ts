// What a batch operation knows, and what becomes of it by what it is told: pure, so that it can be carried to a new run.
import type {
  BatchItem,
  BatchItemResult,
  BatchItemsAnswer,
  BatchItemsRequest,
  BatchOrder,
  BatchProgress,
  BatchRecord,
  BatchStatus,
  FoundItems,
  ItemResult,
} from "./batch.ts";
import type { OperatorNote } from "./incident.ts";

/** As short as it can be: thousands of them go from one run to the next. The last is the index of a text, or -1. */
type StoredResult = readonly [outcome: number, at: number, text: number];

export interface BatchState {
  readonly items?: readonly BatchItem[];
  readonly isTruncated: boolean;
  /** Of the first items, in their order: those after them are pending. */
  readonly results: readonly StoredResult[];
  /** What the results say, each once. */
  readonly texts: readonly string[];
  readonly stopped?: OperatorNote & { readonly at: string };
  readonly closedAt?: string;
}

export const emptyBatch: BatchState = { isTruncated: false, results: [], texts: [] };

const outcomes = ["done", "refused", "failed", "skipped"] as const;

/** Most results say one of a few things; one that can't be kept any more is found at the dead letter, or the run. */
const keptTexts = 500;

export function withItems(state: BatchState, { items, isTruncated }: FoundItems): BatchState {
  return { ...state, items, isTruncated };
}

/** After the items that come next were acted on. */
export function withResults(state: BatchState, results: readonly ItemResult[]): BatchState {
  const texts = [...state.texts];
  const places = new Map(texts.map((text, place) => [text, place]));
  const stored = results.map(({ outcome, at, text }): StoredResult => {
    const place = text === undefined ? -1 : (places.get(text) ?? add(text));
    return [outcomes.indexOf(outcome), Date.parse(at), place];
  });
  return { ...state, results: [...state.results, ...stored], texts };

  function add(text: string): number {
    if (texts.length >= keptTexts) return -1;
    places.set(text, texts.length);
    return texts.push(text) - 1;
  }
}

/** The items to act on next. */
export function nextItems({ items = [], results }: BatchState, count: number): readonly BatchItem[] {
  return items.slice(results.length, results.length + count);
}

/** A memo is written again and again. */
const shownIds = 20;

/** What its memo, and who asks, is told. */
export function recordOf({ signal, filter, ...order }: BatchOrder, state: BatchState): BatchRecord {
  const { isTruncated, stopped, closedAt } = state;
  return {
    ...order,
    filter: filter.ids ? { ...filter, ids: filter.ids.slice(0, shownIds) } : filter,
    ...(signal && { signal: { name: signal.name } }),
    status: statusOf(state),
    progress: progressOf(state),
    truncated: isTruncated,
    ...(stopped && { stopped }),
    ...(closedAt !== undefined && { closedAt }),
  };
}

function statusOf({ items, results, stopped, closedAt }: BatchState): BatchStatus {
  if (closedAt !== undefined) return stopped && results.length < (items?.length ?? 0) ? "stopped" : "completed";
  if (stopped) return "stopping";
  return items ? "running" : "collecting";
}

function progressOf({ items = [], results }: BatchState): BatchProgress {
  const count = { total: items.length, done: 0, refused: 0, failed: 0, skipped: 0 };
  for (const [outcome] of results) count[outcomes[outcome] ?? "failed"] += 1;
  return count;
}

/** One page of the items. */
export function itemsOf(state: BatchState, { outcome, offset, limit }: BatchItemsRequest): BatchItemsAnswer {
  const all = state.items ?? [];
  const page: BatchItemResult[] = [];
  let place = offset;
  for (; place < all.length && page.length < limit; place++) {
    const item = resultAt(state, place);
    if (item && (outcome === undefined || item.outcome === outcome)) page.push(item);
  }
  return { items: page, ...(place < all.length && { nextOffset: place }) };
}

function resultAt({ items = [], results, texts }: BatchState, place: number): BatchItemResult | undefined {
  const item = items[place];
  if (!item) return undefined;
  const { id, workflowId } = item;
  const stored = results[place];
  if (!stored) return { id, workflowId, outcome: "pending" };
  const [code, at, index] = stored;
  const outcome = outcomes[code] ?? "failed";
  const text = texts[index];
  return {
    id,
    workflowId,
    outcome,
    ...(text !== undefined && (outcome === "done" ? { what: text } : { message: text })),
    at: new Date(at).toISOString(),
  };
}

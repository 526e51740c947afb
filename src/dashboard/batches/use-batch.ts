import { useEffect } from "preact/hooks";
import type { Batch, BatchItemPage } from "tenuto/client";
import { part } from "../http/ask.ts";
import { type Answered, useAnswer } from "../http/use-answer.ts";
import type { Page } from "../parts/pager.tsx";
import { isOver } from "./batch-progress.tsx";

/** A batch has no stream: its memo is read so often while it is at work. */
const everyMs = 1_000;

export type BatchItem = BatchItemPage["items"][number];

export interface WatchedBatch {
  readonly batch: Answered<Batch>;
  readonly items: Answered<Page<BatchItem>>;
}

/** A batch and some of its items, asked for again until it is over. */
export function useBatch(id: string, query: Readonly<Record<string, string>>): WatchedBatch {
  const path = `v1/batch-operations/${part(id)}`;
  const batch = useAnswer<Batch>(path);
  const items = useAnswer<Page<BatchItem>>(`${path}/items`, { ...query, limit: 50 });
  const isWatched = batch.data !== undefined && !isOver(batch.data);
  const { reload } = batch;
  useEffect(() => {
    if (!isWatched) return undefined;
    const timer = setInterval(reload, everyMs);
    return () => clearInterval(timer);
  }, [isWatched, reload]);
  const { reload: reloadItems } = items;
  const { progress, status } = batch.data ?? {};
  const seen = progress && [...Object.values(progress), status].join(" ");
  useEffect(() => {
    if (seen !== undefined) reloadItems();
  }, [seen, reloadItems]);
  return { batch, items };
}

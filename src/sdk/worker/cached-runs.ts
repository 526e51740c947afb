import { getHeapStatistics } from "node:v8";
import { InvalidDefinition } from "../core/errors/invalid-definition.ts";

/** How many runs stay in memory between their tasks: so many on each queue, or a share of the heap for all queues together. */
export type CachedRuns = number | { readonly memory: number };

/** What Temporal counts on for a run that shares its context with others. */
const bytesOfRun = 2 ** 30 / 600;
/** Of the code, and of what is in work. */
const reservedBytes = 200 * 2 ** 20;
const fewest = 10;

/** What `Worker.create` takes on each of the queues that have workflows. */
export function cachedRuns(cached: CachedRuns | undefined, queues: number): number {
  if (typeof cached === "number") return cached;
  const heap = getHeapStatistics().heap_size_limit;
  if (cached !== undefined && !(cached.memory > 0 && cached.memory < 1)) {
    throw new InvalidDefinition({
      what: "`maxCachedWorkflows` of the worker",
      got: cached,
      remedy: "Give a number of runs, or a share of the heap, as in { memory: 0.5 }.",
    });
  }
  const bytes = cached === undefined ? Math.max(heap - reservedBytes, 0) : heap * cached.memory;
  return Math.max(Math.floor(bytes / bytesOfRun / Math.max(queues, 1)), fewest);
}

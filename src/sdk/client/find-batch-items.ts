// What a batch operation is about: found once, oldest first, so that what fails while it goes on is none of it.
import type { BatchFilter, BatchItem, BatchOrder, FoundItems } from "../core/batch.ts";
import { systemTaskQueue } from "../core/dead-letter.ts";
import { DeadLetterNotFound } from "../core/errors/dead-letter-not-found.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import { marksAttribute } from "../core/run-mark.ts";
import type { DeadLetter } from "./dead-letter.ts";
import { describeRaw } from "./describe-raw.ts";
import { inParallel } from "./in-parallel.ts";
import { listDeadLetters } from "./list-dead-letters.ts";
import { locateDeadLetter } from "./find-dead-letter.ts";
import { listPage } from "./list-runs.ts";
import { timeOf } from "./run-summary.ts";
import type { Temporal } from "./temporal.ts";
import { canBeFound, quote, visibilityQuery } from "./visibility-query.ts";

/** What one batch takes: all of it goes through one payload, of which the server takes 2 MB. */
const mostItems = 5_000;
const mostBytes = 800_000;

/** From here on, those that came last are left out while more is found. */
const mostFound = 50_000;

const pageSize = 200;
const atOnce = 8;

interface Dated {
  readonly item: BatchItem;
  readonly at: string;
}

/**
 * The dead letters, or runs, that a batch operation is about.
 *
 * @throws `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
 */
export async function findBatchItems(
  temporal: Temporal,
  { action, filter }: Pick<BatchOrder, "action" | "filter">,
  beat: () => void,
): Promise<FoundItems> {
  const isOfLetters = action === "redrive" || action === "discard";
  if (filter.ids) return kept(await named(temporal, { ids: filter.ids, isOfLetters, beat }));
  return kept(isOfLetters ? await letters(temporal, filter, beat) : await runs(temporal, filter, beat));
}

function kept(found: readonly Dated[]): FoundItems {
  const oldestFirst = [...found].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const items: BatchItem[] = [];
  let bytes = 0;
  for (const { item } of oldestFirst) {
    bytes += Buffer.byteLength(JSON.stringify(item));
    if (items.length >= mostItems || bytes > mostBytes) break;
    items.push(item);
  }
  return { items, isTruncated: items.length < found.length };
}

interface Named {
  readonly ids: readonly string[];
  readonly isOfLetters: boolean;
  readonly beat: () => void;
}

/** One that is not there is an item all the same: its outcome says so. */
async function named(temporal: Temporal, { ids, isOfLetters, beat }: Named): Promise<readonly Dated[]> {
  return inParallel([...new Set(ids)], atOnce, async (id) => {
    beat();
    try {
      if (isOfLetters) return datedLetter((await locateDeadLetter(temporal, id)).letter);
      const { workflowExecutionInfo: info } = await describeRaw(temporal, { workflowId: id });
      return { item: { id, workflowId: id, runId: info?.execution?.runId ?? "" }, at: timeOf(info?.startTime) ?? "" };
    } catch (error) {
      if (error instanceof DeadLetterNotFound || error instanceof RunNotFound)
        return { item: { id, workflowId: isOfLetters ? "" : id }, at: "" };
      throw error;
    }
  });
}

async function letters(temporal: Temporal, filter: BatchFilter, beat: () => void): Promise<readonly Dated[]> {
  const { type, step, fingerprint, kind, error, since, until } = filter;
  const found: Dated[] = [];
  let cursor: string | undefined;
  do {
    beat();
    const page = await listDeadLetters(temporal, {
      ...{ type, step, fingerprint, kind, cursor, limit: pageSize },
      ...(since !== undefined && { since: new Date(since) }),
      ...(until !== undefined && { until: new Date(until) }),
    });
    const open = page.items.filter(({ status }) => status === "open");
    found.push(...open.filter((letter) => error === undefined || letter.error.type === error).map(datedLetter));
    cursor = page.nextCursor;
  } while (cursor !== undefined && found.length < mostFound);
  return found;
}

function datedLetter({ id, workflowId, runId, kind, incidents, firstSeenAt }: DeadLetter): Dated {
  const [incident] = incidents ?? [];
  const parked = kind === "parked" && incident ? { runId, incidentId: incident.id } : {};
  return { item: { id, workflowId, ...parked }, at: firstSeenAt };
}

async function runs(temporal: Temporal, filter: BatchFilter, beat: () => void): Promise<readonly Dated[]> {
  const { type, mark, since, until } = filter;
  if (type !== undefined && !canBeFound(type)) return [];
  const query = [
    visibilityQuery({ type, status: "running" }),
    `TaskQueue != ${quote(systemTaskQueue)}`,
    ...(mark === undefined ? [] : [`${marksAttribute} = ${quote(mark)}`]),
    ...(since === undefined ? [] : [`StartTime >= ${quote(since)}`]),
    ...(until === undefined ? [] : [`StartTime < ${quote(until)}`]),
  ].join(" AND ");
  const found: Dated[] = [];
  let cursor: string | undefined;
  do {
    beat();
    const page = await listPage(temporal, { query, limit: pageSize, cursor });
    for (const { execution, startTime, type: of } of page.infos) {
      const { workflowId = "", runId = "" } = (execution ?? {}) as { workflowId?: string; runId?: string };
      // SQLite compares without case.
      if (type === undefined || of?.name === type)
        found.push({ item: { id: workflowId, workflowId, runId }, at: timeOf(startTime) ?? "" });
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined && found.length < mostFound);
  return found;
}

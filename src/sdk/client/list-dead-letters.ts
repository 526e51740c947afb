import { type DeadLetterKind, type DeadLetterStatus, deadLetterWorkflow } from "../core/dead-letter.ts";
import { facetMarks, type LetterFacets } from "../core/dead-letter-marks.ts";
import { marksAttribute } from "../core/run-mark.ts";
import { clearLetter, type DeadLetter, letterOf } from "./dead-letter.ts";
import { listPage } from "./list-runs.ts";
import type { Temporal } from "./temporal.ts";
import { canBeFound, quote } from "./visibility-query.ts";

/** Which dead letters to list; what is not given is no condition. */
export interface DeadLetterFilter {
  /** The type of the workflow that failed. */
  readonly type?: string | undefined;
  readonly step?: string | undefined;
  readonly fingerprint?: string | undefined;
  readonly kind?: DeadLetterKind | undefined;
  /** @default "open" and "redriving" */
  readonly status?: DeadLetterStatus | undefined;
  /** Those first seen at that time or later. */
  readonly since?: Date | undefined;
  /** Those first seen before that time. */
  readonly until?: Date | undefined;
}

export interface DeadLetterListOptions extends DeadLetterFilter {
  /** From 1 to 200. @default 50 */
  readonly limit?: number | undefined;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** One page of dead letters, the one that was opened last first. */
export interface DeadLetterPage {
  readonly items: readonly DeadLetter[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

/** @throws what {@link TenutoClient.deadLetters} throws. */
export async function listDeadLetters(
  temporal: Temporal,
  { limit, cursor, ...filter }: DeadLetterListOptions,
  redact: readonly string[] = [],
): Promise<DeadLetterPage> {
  const query = deadLetterQuery(filter);
  if (query === undefined) return { items: [] };
  const { infos, nextCursor } = await listPage(temporal, { query, limit, cursor });
  const wanted = infos
    .flatMap((info) => {
      const letter = letterOf(temporal, info);
      return letter ? [clearLetter(letter, info, redact)] : [];
    })
    .filter((letter) => isWanted(letter, filter));
  const parkedAgain = await parkedAmong(temporal, wanted, filter);
  const items = wanted.filter(
    ({ kind, status, workflowId }) => kind === "parked" || status !== "redriving" || !parkedAgain.has(workflowId),
  );
  return { items, ...(nextCursor !== undefined && { nextCursor }) };
}

/** The workflow ids of letters whose redriven run is parked and listed itself: that one tells what is to be decided. */
async function parkedAmong(
  temporal: Temporal,
  letters: readonly DeadLetter[],
  filter: DeadLetterFilter,
): Promise<ReadonlySet<string>> {
  const redriven = letters.filter(({ kind, status }) => kind !== "parked" && status === "redriving");
  const ids = [...new Set(redriven.map(({ workflowId }) => temporal.idPrefix + workflowId))].filter(canBeFound);
  // Asked for by their status or kind, they are all that is listed.
  if (ids.length === 0 || filter.status !== undefined || filter.kind !== undefined) return new Set();
  const query = `${parkedRuns(filter)} AND WorkflowId IN (${ids.map(quote).join(", ")})`;
  const { infos } = await listPage(temporal, { query, limit: 200 });
  return new Set(infos.map(({ execution }) => execution?.workflowId ?? ""));
}

/** In Temporal's query language; `undefined` when nothing can fit. */
function deadLetterQuery(filter: DeadLetterFilter): string | undefined {
  const { type, step, fingerprint, kind, status } = filter;
  // No letter has such a text, and databases fail on it instead of finding nothing.
  if ([type, step, fingerprint].some((text) => text !== undefined && !canBeFound(text))) return undefined;
  const own = kind === "parked" ? [] : [ownWorkflows(filter)];
  const parked = (kind ?? "parked") === "parked" && (status ?? "open") === "open" ? [parkedRuns(filter)] : [];
  const either = [...own, ...parked].map((conditions) => `(${conditions})`);
  return either.length === 0 ? undefined : either.join(" OR ");
}

function ownWorkflows({ since, until, ...facets }: DeadLetterFilter): string {
  const isClosed = facets.status === "resolved" || facets.status === "discarded";
  return [
    `WorkflowType = ${quote(deadLetterWorkflow)}`,
    `ExecutionStatus = ${quote(isClosed ? "Completed" : "Running")}`,
    // Letters of an earlier version have no marks, and were all open.
    ...marked({ ...facets, status: isClosed || facets.status === "redriving" ? facets.status : undefined }),
  ].join(" AND ");
}

function parkedRuns({ type, step, fingerprint }: DeadLetterFilter): string {
  return [
    `${marksAttribute} = ${quote("parked")}`,
    `ExecutionStatus = ${quote("Running")}`,
    ...(type === undefined ? [] : [`WorkflowType = ${quote(type)}`]),
    ...marked({ step, fingerprint }),
  ].join(" AND ");
}

function marked(facets: LetterFacets): readonly string[] {
  return facetMarks(facets).map((mark) => `${marksAttribute} = ${quote(mark)}`);
}

/** What the database can't tell, or tells without case as SQLite does. */
function isWanted(letter: DeadLetter, { since, until, status, ...facets }: DeadLetterFilter): boolean {
  const named = Object.entries(facets) as [keyof typeof facets, string | undefined][];
  const seenAt = Date.parse(letter.firstSeenAt);
  return (
    named.every(([facet, value]) => value === undefined || letter[facet] === value) &&
    (status === undefined ? isUndealt(letter) : letter.status === status) &&
    (since === undefined || seenAt >= since.getTime()) &&
    (until === undefined || seenAt < until.getTime())
  );
}

function isUndealt({ status }: DeadLetter): boolean {
  return status === "open" || status === "redriving";
}

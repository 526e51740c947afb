// The runs that start and close, told as it happens to all who watch. One query a second is for all of them, made only while
// somebody watches; whose runs and which ones each sees is decided here, in memory. Visibility lags and shards differ, so each
// query goes back a little behind what was seen last, and what is known already is told once.
import { setTimeout as sleep } from "node:timers/promises";
import { optionalTsToDate } from "@temporalio/common/lib/time.js";
import type { temporal as api } from "@temporalio/proto";
import { RateLimited } from "../core/errors/rate-limited.ts";
import { TemporalRefused } from "../core/errors/temporal-refused.ts";
import { TemporalUnavailable } from "../core/errors/temporal-unavailable.ts";
import { isoOf } from "../core/iso-of.ts";
import { Watcher } from "./live-watcher.ts";
import { type RunStatus, runStatusOf } from "./run-status.ts";
import { type LinkBase, type RunSummary, summaryOf } from "./run-summary.ts";
import type { Temporal } from "./temporal.ts";
import { quote, visibilityQuery } from "./visibility-query.ts";

type Info = api.api.workflow.v1.IWorkflowExecutionInfo;

/** What happened. */
export type RunChange =
  /** Runs that started or closed; `isCut`: there were more than are told. */
  | { readonly kind: "runs"; readonly items: readonly RunSummary[]; readonly isCut: boolean }
  /** Whether changes can be seen, since `at` (RFC 3339): not while Temporal is away. */
  | { readonly kind: "live"; readonly at: string; readonly isLive: boolean; readonly why?: string };

/** Which runs to be told of. */
export interface WatchOptions {
  readonly type?: string | undefined;
  /** As a run is now: one that closes is told to who watches for how it closed. */
  readonly status?: RunStatus | undefined;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
}

/** Whose runs they are. */
interface Viewer extends WatchOptions {
  readonly idPrefix: string;
  readonly links: LinkBase;
}

/** One that is told of a change. */
interface Told {
  readonly infos: readonly Info[];
  readonly isCut: boolean;
}

/** With the requests behind numbers and lists, all open pages cost less than two a second. */
const pauseMs = 1_250;
const pageSize = 500;
const overlapMs = 10_000;
/** An outage is told soon. */
const deadlineMs = 3_000;

/** Watches the runs of a namespace. */
export class LiveRuns {
  readonly #temporal: Temporal;
  readonly #watchers = new Set<Watcher<Told | LiveState>>();
  #isPolling = false;
  #state: LiveState | undefined;
  #seenMs = 0;
  /** By run and status, in the last pages. */
  #known: ReadonlySet<string> = new Set();
  #latest: Told = { infos: [], isCut: false };

  /** Of all tenants. */
  constructor(temporal: Temporal) {
    this.#temporal = temporal;
  }

  /** Begins with whether changes can be seen, and with those of the last seconds. */
  async *watch(viewer: Viewer): AsyncGenerator<RunChange> {
    const { signal } = viewer;
    const watcher = new Watcher<Told | LiveState>(signal);
    this.#watchers.add(watcher);
    if (this.#state) watcher.tell(this.#state);
    if (this.#state && this.#isPolling) watcher.tell(this.#latest);
    if (!this.#isPolling) void this.#poll();
    try {
      for await (const told of watcher) {
        if ("isLive" in told) yield told;
        else {
          const items = shownOf(told.infos, viewer);
          const isCut = watcher.takeDropped() || told.isCut;
          if (items.length > 0 || isCut) yield { kind: "runs", items, isCut };
        }
      }
    } finally {
      this.#watchers.delete(watcher);
    }
  }

  async #poll(): Promise<void> {
    this.#isPolling = true;
    this.#state = undefined;
    this.#seenMs = Date.now();
    this.#known = new Set();
    while (this.#watchers.size > 0) {
      await this.#look().then(
        (told) => {
          this.#say(true);
          if (told.infos.length > 0) this.#tell(told);
        },
        (error: unknown) => this.#say(false, whyOf(error)),
      );
      await sleep(pauseMs, undefined, { ref: false });
    }
    this.#isPolling = false;
  }

  /** What is new. */
  async #look(): Promise<Told> {
    const { namespace } = this.#temporal;
    const since = quote(isoOf(this.#seenMs - overlapMs));
    const query = `${visibilityQuery({})} AND (StartTime >= ${since} OR CloseTime >= ${since})`;
    const { executions, nextPageToken } = await this.#temporal.call(
      (service) => service.listWorkflowExecutions({ namespace, query, pageSize }),
      { deadline: this.#temporal.deadline(deadlineMs) },
    );
    const infos = executions ?? [];
    const isCut = (nextPageToken?.length ?? 0) > 0;
    const news = infos.filter((info) => !this.#known.has(keyOf(info)));
    const before = this.#latest.infos.map(keyOf);
    this.#known = new Set([...before, ...infos.map(keyOf)]);
    this.#latest = { infos, isCut };
    // By the server's clock, whatever ours says.
    const times = infos.flatMap(({ startTime, closeTime }) => [msOf(startTime), msOf(closeTime)]);
    this.#seenMs = Math.max(this.#seenMs, ...times);
    return { infos: news, isCut };
  }

  #say(isLive: boolean, why?: string): void {
    if (this.#state?.isLive === isLive) return;
    this.#state = { kind: "live", at: isoOf(Date.now()), isLive, ...(why !== undefined && { why }) };
    this.#tell(this.#state);
  }

  #tell(told: Told | LiveState): void {
    for (const watcher of this.#watchers) watcher.tell(told);
  }
}

type LiveState = Extract<RunChange, { readonly kind: "live" }>;

function shownOf(infos: readonly Info[], { idPrefix, links, type, status }: Viewer): readonly RunSummary[] {
  return infos
    .filter((info) => (info.execution?.workflowId ?? "").startsWith(idPrefix))
    .filter((info) => type === undefined || info.type?.name === type)
    .filter((info) => status === undefined || runStatusOf(info.status) === status)
    .map((info) => {
      const workflowId = (info.execution?.workflowId ?? "").slice(idPrefix.length);
      return summaryOf({ ...info, execution: { ...info.execution, workflowId } }, links);
    });
}

function keyOf({ execution, status }: Info): string {
  return `${execution?.runId ?? ""} ${status ?? ""}`;
}

function msOf(time: Parameters<typeof optionalTsToDate>[0]): number {
  return optionalTsToDate(time)?.getTime() ?? 0;
}

/** In words that may be shown to anybody. */
function whyOf(error: unknown): string {
  const isOurs = [TemporalUnavailable, RateLimited, TemporalRefused].some((Known) => error instanceof Known);
  return isOurs && error instanceof Error ? error.message : "What happens can't be read at the moment.";
}

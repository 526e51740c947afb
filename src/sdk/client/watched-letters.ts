// What rules look at: bounded reads of visibility, each made once a pass however many rules ask for it.
import type { temporal as api } from "@temporalio/proto";
import { alertDeliveryWorkflow } from "../core/alert.ts";
import { deadLetterWorkflow } from "../core/dead-letter.ts";
import { facetMark } from "../core/dead-letter-marks.ts";
import { type SourceLag, sourceLags } from "../core/event-source-status.ts";
import { fingerprintOfFailure } from "../core/fingerprint.ts";
import { marksAttribute } from "../core/run-mark.ts";
import { tenantMemo } from "../core/tenant.ts";
import { recordIn } from "./dead-letter.ts";
import { readEventSources } from "./event-sources.ts";
import { ifReadable } from "./if-readable.ts";
import { listPage } from "./list-runs.ts";
import { decode } from "./payloads.ts";
import { waitingIn } from "./run-waiting.ts";
import { describeTaskQueues, type TaskQueue } from "./task-queues.ts";
import type { Temporal } from "./temporal.ts";
import { quote } from "./visibility-query.ts";

type Info = api.api.workflow.v1.IWorkflowExecutionInfo;

/** A failure, as far as rules know of it; nothing that contracts redact. */
export interface WatchedFailure {
  readonly type: string;
  readonly step?: string | undefined;
  readonly errorType: string;
  readonly fingerprint: string;
  readonly tenant?: string | undefined;
  /** RFC 3339. */
  readonly since: string;
  /** Of a letter that is closed. */
  readonly until?: string | undefined;
}

/** A parked run: what it waits with. */
export interface WatchedRun {
  readonly type: string;
  /** Since its first open incident: RFC 3339. */
  readonly since: string;
  readonly incidents: readonly (WatchedFailure & { readonly isUndo: boolean })[];
}

/** A bounded list, and whether there is more. */
export interface Bounded<Item> {
  readonly items: readonly Item[];
  readonly truncated: boolean;
}

const pageSize = 200;
const mostPages = 5;

/** The queries of one pass. */
export class Watching {
  readonly temporal: Temporal;
  readonly #beat: () => void;
  readonly #made = new Map<string, Promise<unknown>>();

  /** `beat` is called before each query. */
  constructor(temporal: Temporal, beat: () => void = () => undefined) {
    this.temporal = temporal;
    this.#beat = beat;
  }

  count(query: string): Promise<number> {
    return this.#once(`count ${query}`, async () => {
      const { namespace } = this.temporal;
      const { count } = await this.temporal.call((service) => service.countWorkflowExecutions({ namespace, query }));
      return Number(count ?? 0);
    });
  }

  /** How many workflows there are in each status. */
  countByStatus(query: string): Promise<ReadonlyMap<string, number>> {
    return this.#once(`by status ${query}`, async () => {
      const { namespace } = this.temporal;
      const grouped = `${query} GROUP BY ExecutionStatus`;
      const { groups } = await this.temporal.call((service) =>
        service.countWorkflowExecutions({ namespace, query: grouped }),
      );
      return new Map((groups ?? []).map(({ groupValues, count }) => [String(decode(groupValues?.[0])), Number(count)]));
    });
  }

  queue(name: string): Promise<TaskQueue | undefined> {
    return this.#once(`queue ${name}`, async () => (await describeTaskQueues(this.temporal, [name]))[0]);
  }

  /** What waits at the brokers of an app's event sources. */
  sourceLags(app: string, nowMs: number): Promise<readonly SourceLag[]> {
    return this.#once(`sources ${app}`, async () =>
      sourceLags(await readEventSources(this.temporal, { name: app }), nowMs),
    );
  }

  /** Dead letters with a workflow of their own; none that is about alerts. */
  letters(condition: string): Promise<Bounded<WatchedFailure>> {
    return this.list(`WorkflowType = ${quote(deadLetterWorkflow)} AND ${condition}`, letterIn);
  }

  /** Letters of a kind that nobody has dealt with. */
  openLetters(kind: "stuck" | "partial"): Promise<Bounded<WatchedFailure>> {
    return this.letters(
      [
        "ExecutionStatus = 'Running'",
        `${marksAttribute} = ${quote(facetMark("kind", kind))}`,
        `${marksAttribute} = ${quote(facetMark("status", "open"))}`,
      ].join(" AND "),
    );
  }

  parkedRuns(): Promise<Bounded<WatchedRun>> {
    return this.list(`${marksAttribute} = 'parked' AND ExecutionStatus = 'Running'`, parkedIn);
  }

  /** At most 1,000. */
  list<Item>(query: string, read: (info: Info) => Item | undefined): Promise<Bounded<Item>> {
    return this.#once(`list ${query}`, async () => {
      const items: Item[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < mostPages; page++) {
        const found = await listPage(this.temporal, { query, limit: pageSize, cursor });
        items.push(...found.infos.flatMap((info) => ifReadable(() => read(info)) ?? []));
        cursor = found.nextCursor;
        if (cursor === undefined) break;
        this.#beat();
      }
      return { items, truncated: cursor !== undefined };
    });
  }

  #once<T>(what: string, ask: () => Promise<T>): Promise<T> {
    const made = this.#made.get(what) as Promise<T> | undefined;
    if (made) return made;
    this.#beat();
    const asked = ask();
    this.#made.set(what, asked);
    return asked;
  }
}

function letterIn(info: Info): WatchedFailure | undefined {
  const record = recordIn(info);
  if (!record || record.type === alertDeliveryWorkflow) return undefined;
  const { type, step, error, fingerprint, tenant, firstSeenAt, closed } = record;
  return { type, step, errorType: error.type, fingerprint, tenant, since: firstSeenAt, until: closed?.at };
}

function parkedIn(info: Info): WatchedRun | undefined {
  const { incidents } = waitingIn(info);
  const [first] = incidents;
  if (!first) return undefined;
  const type = info.type?.name ?? "";
  const tenant = decode(info.memo?.fields?.[tenantMemo]) as string | undefined;
  const failures = incidents.map(({ kind, step, error, since }) => ({
    ...{ type, step, tenant, since, isUndo: kind === "undo" },
    errorType: error.type,
    fingerprint: fingerprintOfFailure({ type, step, error }),
  }));
  return { type, since: first.since, incidents: failures };
}

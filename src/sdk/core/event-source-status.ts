// How an event source stands, from what its processes told. What nobody has told of late is not known.
import type { EventSource } from "./define-event-source.ts";
import { isRemembered } from "./event-sources-state.ts";
import type {
  EventSourcesRecord,
  EventSourceState,
  PausedSource,
  PostedOutcomes,
  ProcessReport,
  SourceReport,
} from "./event-sources.ts";

/** What is done with events of one type. */
export interface TakenEvent {
  readonly type: string;
  readonly does: "start" | "signal" | "update";
  /** The workflow's type. */
  readonly workflow: string;
  /** Of the signal or the update. */
  readonly name?: string;
}

/** How a source stands in one process, as that told. */
export interface SourceProcess extends Omit<SourceReport, "source"> {
  /** Process id and host name. */
  readonly process: string;
  /** When it told, RFC 3339. */
  readonly at: string;
  /** How old that is, in milliseconds. */
  readonly ageMs: number;
  /** Whether the next report should have come: then nobody knows how it stands. */
  readonly isLate: boolean;
}

/** An event source of an app, and how it stands. */
export interface EventSourceStatus {
  readonly name: string;
  /** By what its events come, such as `webhook` or `rabbitmq`. */
  readonly kind: string;
  readonly description: string;
  readonly events: readonly TakenEvent[];
  /** The worst of its processes; `unknown` when none has told of late. */
  readonly state: EventSourceState | "unknown";
  /** While somebody has it paused. */
  readonly paused?: PausedSource;
  /** The oldest report that the numbers are from; without one there are no numbers. */
  readonly asOf?: string;
  /** Of all processes. */
  readonly inFlight?: number;
  /** Events that all processes together settled in the last minute. */
  readonly ratePerMinute?: number;
  /** What waits at the broker, as the process saw it that told last. */
  readonly backlog?: number;
  /** When that was. */
  readonly backlogAt?: string;
  /** What became of posted events in the last minute, in all processes. */
  readonly outcomes?: PostedOutcomes;
  readonly lastEventAt?: string;
  readonly lastError?: string;
  readonly lastErrorAt?: string;
  /** The one that told last, first. */
  readonly processes: readonly SourceProcess[];
}

/** A report may be on its way, or have to be sent again. */
const lateAfterMs = 30_000;

/** What is to be looked at goes before what works, and that before what is over. */
const worstFirst = ["holding", "reconnecting", "consuming", "paused", "off", "stopped"] as const;

/** How a source stands at a time. */
export function eventSourceStatus(source: EventSource, record: EventSourcesRecord, nowMs: number): EventSourceStatus {
  const { name, from, description } = source;
  const processes = told(record, { source: name, nowMs });
  const known = processes.filter(({ isLate }) => !isLate);
  const paused = Object.hasOwn(record.paused, name) ? record.paused[name] : undefined;
  const worst = worstFirst.find((state) => known.some((each) => each.state === state));
  return {
    ...{ name, kind: from.kind, description, events: eventsOf(source) },
    // Every process that looks takes nothing.
    state: paused && (worst === undefined || worst === "stopped") ? "paused" : (worst ?? "unknown"),
    ...(paused && { paused }),
    ...numbersOf(known),
    ...lastOf(processes),
    processes,
  };
}

/** What waits at the broker of an event source. */
export interface SourceLag {
  readonly name: string;
  readonly backlog: number;
}

/** Of each source of which a process has told of late, as the one saw it that told last. */
export function sourceLags(record: EventSourcesRecord, nowMs: number): readonly SourceLag[] {
  const names = new Set(record.processes.flatMap(({ sources }) => sources.map(({ source }) => source)));
  return [...names].sort().flatMap((name) => {
    const { backlog } = numbersOf(told(record, { source: name, nowMs }).filter(({ isLate }) => !isLate));
    return backlog === undefined ? [] : [{ name, backlog }];
  });
}

/** What processes told of a source, the latest first. */
function told(
  { processes }: EventSourcesRecord,
  of: { readonly source: string; readonly nowMs: number },
): readonly SourceProcess[] {
  return processes
    .filter((report) => isRemembered(report, of.nowMs))
    .flatMap((report) => processesOf(report, of))
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

function processesOf(
  { process, at, nextWithinMs, sources }: ProcessReport,
  { source, nowMs }: { readonly source: string; readonly nowMs: number },
): readonly SourceProcess[] {
  const ageMs = Math.max(0, nowMs - Date.parse(at));
  const isLate = nextWithinMs > 0 && ageMs > nextWithinMs + lateAfterMs;
  return sources
    .filter((each) => each.source === source)
    .map(({ source: _, ...told }) => ({ process, at, ageMs, isLate, ...told }));
}

function numbersOf(known: readonly SourceProcess[]): Partial<EventSourceStatus> {
  const oldest = known.at(-1);
  if (!oldest) return {};
  const seen = known.find(({ backlog }) => backlog !== undefined);
  const posted = known.flatMap(({ outcomes }) => outcomes ?? []);
  return {
    asOf: oldest.at,
    inFlight: sum(known.map(({ inFlight }) => inFlight)),
    ratePerMinute: sum(known.map(({ settledLastMinute }) => settledLastMinute)),
    ...(seen?.backlog !== undefined && { backlog: seen.backlog, backlogAt: seen.at }),
    ...(posted.length > 0 && {
      outcomes: {
        accepted: sum(posted.map(({ accepted }) => accepted)),
        duplicate: sum(posted.map(({ duplicate }) => duplicate)),
        refused: sum(posted.map(({ refused }) => refused)),
        failed: sum(posted.map(({ failed }) => failed)),
      },
    }),
  };
}

/** Also of those that are late: these are times, and say themselves how old they are. */
function lastOf(processes: readonly SourceProcess[]): Partial<EventSourceStatus> {
  const events = processes.flatMap(({ lastEventAt }) => lastEventAt ?? []).sort();
  const lastEventAt = events.at(-1);
  const failed = processes
    .filter(({ lastError }) => lastError !== undefined)
    .sort((a, b) => ((a.lastErrorAt ?? "") < (b.lastErrorAt ?? "") ? 1 : -1))[0];
  return {
    ...(lastEventAt !== undefined && { lastEventAt }),
    ...(failed?.lastError !== undefined && { lastError: failed.lastError }),
    ...(failed?.lastErrorAt !== undefined && { lastErrorAt: failed.lastErrorAt }),
  };
}

function eventsOf({ on }: EventSource): readonly TakenEvent[] {
  return Object.entries(on).map(([type, { action }]) => ({
    ...{ type, does: action.does, workflow: action.workflow },
    ...(action.does !== "start" && { name: action.name }),
  }));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

// What the workflow of an app's event sources knows: who paused what, and the latest report of each process.
import type { ValidationIssue } from "./errors/validation-issue.ts";
import type { EventSourcesRecord, ProcessReport, SourceChange, SourceReport } from "./event-sources.ts";

export const noEventSources: EventSourcesRecord = { paused: {}, processes: [] };

/** A process that was silent for that long is forgotten. */
const forgottenAfterMs = 600_000;

/** Bounds of what is kept, since all of it is in a memo. */
export const sourceLimits = { name: 255, reason: 1_000, error: 300, sources: 200, processes: 200, characters: 100_000 };

/** What is wrong with a pause or a resumption. */
export function changeIssues({ source, by, reason }: SourceChange): readonly ValidationIssue[] {
  const asked = { source, by, reason } as Readonly<Record<"source" | "by" | "reason", unknown>>;
  return checks.flatMap(({ name, longest, missing }) => {
    const text = asked[name];
    if (typeof text !== "string" || text.trim() === "") return [{ pointer: `/${name}`, message: missing }];
    return text.length > longest ? [{ pointer: `/${name}`, message: `At most ${longest} characters` }] : [];
  });
}

const checks = [
  { name: "source", longest: sourceLimits.name, missing: "Name the event source" },
  { name: "by", longest: sourceLimits.name, missing: "Say who changes it" },
  { name: "reason", longest: sourceLimits.reason, missing: "Say why" },
] as const;

/** One that is paused stays as it is: who was first is told. */
export function withPause(state: EventSourcesRecord, change: SourceChange, at: string): EventSourcesRecord {
  const { source, by, reason } = change;
  if (Object.hasOwn(state.paused, source)) return state;
  return { ...state, paused: { ...state.paused, [source]: { by, reason, at } } };
}

export function withResume(state: EventSourcesRecord, { source }: Pick<SourceChange, "source">): EventSourcesRecord {
  if (!Object.hasOwn(state.paused, source)) return state;
  return { ...state, paused: Object.fromEntries(Object.entries(state.paused).filter(([name]) => name !== source)) };
}

/** Takes the place of what the same process told before; whoever was silent for long is forgotten. */
export function withReport(state: EventSourcesRecord, report: ProcessReport, nowMs: number): EventSourcesRecord {
  const told = cutReport(report, nowMs);
  const before = state.processes.find(({ process }) => process === told.process);
  // Signals may overtake each other.
  if (before && Date.parse(before.at) > Date.parse(told.at)) return state;
  const others = state.processes.filter((each) => each !== before && isRemembered(each, nowMs));
  const processes = [...others, told].slice(-sourceLimits.processes);
  while (processes.length > 1 && JSON.stringify(processes).length > sourceLimits.characters) processes.shift();
  return { ...state, processes };
}

export function isRemembered({ at }: ProcessReport, nowMs: number): boolean {
  return nowMs - Date.parse(at) < forgottenAfterMs;
}

/** A clock that is ahead makes nothing younger than it is. */
function cutReport({ process, at, nextWithinMs, sources }: ProcessReport, nowMs: number): ProcessReport {
  const givenMs = Date.parse(at);
  return {
    process: process.slice(0, sourceLimits.name),
    at: new Date(givenMs < nowMs ? givenMs : nowMs).toISOString(),
    nextWithinMs,
    sources: sources.slice(0, sourceLimits.sources).map(cutSource),
  };
}

function cutSource({ source, lastError, ...numbers }: SourceReport): SourceReport {
  const name = source.slice(0, sourceLimits.name);
  return { source: name, ...numbers, ...(lastError !== undefined && { lastError: cut(lastError) }) };
}

function cut(text: string): string {
  return text.length > sourceLimits.error ? `${text.slice(0, sourceLimits.error - 1)}…` : text;
}

// What the isolate, Node and operators agree on about the event sources of an app: which are paused, and how the processes stand that
// take their events.
import type { OperatorNote } from "./incident.ts";

/** The type of the workflow that keeps the event sources of an app. */
export const eventSourcesWorkflow = "tenutoEventSources";

/** There is one an app; its memo has all that is known, readable without a worker. */
export function eventSourcesWorkflowId(app: string): string {
  return `tenuto-event-sources-${app}`;
}

/** The memo field with {@link EventSourcesRecord}. */
export const eventSourcesMemo = "tenutoEventSources";

/** The update that pauses a source; takes a {@link SourceChange}, answers the {@link PausedSource}. */
export const pauseSourceUpdate = "pause";

/** The update that resumes a source; takes a {@link SourceChange}. */
export const resumeSourceUpdate = "resume";

/** The signal by which a process tells how its sources stand; carries a {@link ProcessReport}. */
export const reportSourcesSignal = "report";

/** Every state of a source in a process. */
export const eventSourceStates = ["consuming", "holding", "reconnecting", "paused", "stopped", "off"] as const;

/** `holding` while Temporal does not take what came, `reconnecting` while the broker is away, `off` without an address or a secret. */
export type EventSourceState = (typeof eventSourceStates)[number];

/** Who paused a source, why and when (RFC 3339). */
export interface PausedSource extends OperatorNote {
  readonly at: string;
}

/** That somebody pauses or resumes a source. */
export interface SourceChange extends OperatorNote {
  readonly source: string;
}

/** How a source stands in one process. */
export interface SourceReport {
  readonly source: string;
  readonly state: EventSourceState;
  /** Events that are under way. */
  readonly inFlight: number;
  /** Events that are settled, since the process began. */
  readonly settled: number;
  readonly settledLastMinute: number;
  /** What waits at the broker: each process of a source sees the same. Absent where it does not tell. */
  readonly backlog?: number;
  readonly lastEventAt?: string;
  readonly lastError?: string;
  readonly lastErrorAt?: string;
  /** Of what is posted, in the last minute. */
  readonly outcomes?: PostedOutcomes;
}

/** What became of posted events in the last minute. */
export interface PostedOutcomes {
  readonly accepted: number;
  readonly duplicate: number;
  /** Not signed, of no use, or not taken by the run that it is for. */
  readonly refused: number;
  /** What could not be done then: its sender is to post it again. */
  readonly failed: number;
}

/** How the sources of one process stand. */
export interface ProcessReport {
  /** Of a process there is one report, the latest. */
  readonly process: string;
  /** By its clock, RFC 3339. */
  readonly at: string;
  /** The next one comes within; 0 says that this is its last. */
  readonly nextWithinMs: number;
  readonly sources: readonly SourceReport[];
}

/** What the memo says. */
export interface EventSourcesRecord {
  /** By the names of sources. */
  readonly paused: Readonly<Record<string, PausedSource>>;
  /** Of each process the latest, the one that came last at the end. */
  readonly processes: readonly ProcessReport[];
}

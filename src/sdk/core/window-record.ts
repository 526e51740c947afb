// What the isolate and Node agree on about windows of events.
import type { BriefError } from "./dead-letter.ts";
import type { WindowKind, WindowTerms } from "./event-window.ts";
import { hashJson } from "./idempotency-key.ts";

/** The type of the workflow that gathers the events of one key. */
export const eventWindowWorkflow = "tenutoEventWindow";

/** The signal that brings an event; carries a {@link WindowedEvent}. */
export const windowSignal = "event";

/** The memo field in which a window keeps its {@link WindowRecord}, readable without a worker. */
export const windowMemo = "tenutoEventWindow";

/** The mark of every window. */
export const windowMark = "window";

/** The mark of the windows of one source. */
export function sourceMark(source: string): string {
  return `source:${source}`;
}

/** All but `follow` are activities of the app's own worker: the code of the rule is there. */
export const windowActivityTypes = {
  start: "tenuto.startFromWindow",
  follow: "tenuto.followWindowRun",
  report: "tenuto.reportRefusedWindow",
} as const;

/** Which events a window gathers. */
export interface WindowSubject {
  /** The app's name, which is its task queue. */
  readonly app: string;
  readonly source: string;
  /** The type of the events. */
  readonly type: string;
  /** What the rule's `key` gave, if it has one. */
  readonly key?: string;
  readonly tenant?: string;
}

/** The workflow id of a window; of a tenant's it goes behind the tenant's prefix. */
export function windowIdOf({ app, source, type, key }: WindowSubject): string {
  return `tenuto-window-${hashJson([app, source, type, key ?? null]).slice(0, 32)}`;
}

/** An event that waits for its run. */
export interface WaitingEvent {
  readonly id: string;
  readonly data: unknown;
  /** Of it as JSON. */
  readonly bytes: number;
  /** When it was delivered; RFC 3339. */
  readonly at: string;
  /** Of an event that a window has refused and that is delivered once more on purpose: which time that is. */
  readonly again?: string;
}

/** An event as it is sent to its window, with the terms of the rule at that time: the newest hold. */
export interface WindowedEvent extends WaitingEvent {
  readonly terms: WindowTerms;
}

/** The run that a list of events became. */
export interface WindowRun {
  readonly workflowId: string;
  /** Of the first of the runs that continue each other. */
  readonly runId: string;
}

/** A list of events that no run takes. */
export interface WindowRefusal {
  readonly at: string;
  /** How many events. */
  readonly events: number;
  readonly error: BriefError;
  /** The dead letters that keep the events. */
  readonly deadLetterIds: readonly string[];
}

/** What a window's memo has, for who looks after it. Times are RFC 3339. */
export interface WindowRecord extends Omit<WindowSubject, "tenant"> {
  readonly kind: WindowKind;
  /** The events that have not become a run yet. */
  readonly waiting: {
    readonly events: number;
    readonly bytes: number;
    readonly since?: string;
    /** When the window closes unless more events come; absent while it waits for a run. */
    readonly closesAt?: string;
  };
  /** The list whose run is being started; with why that has not worked yet. */
  readonly starting?: {
    readonly events: number;
    readonly since: string;
    readonly failure?: BriefError & { readonly at: string };
  };
  /** Of a singleton, or of the latest: the run that goes. */
  readonly run?: WindowRun & { readonly since: string; readonly cancelAskedAt?: string };
  readonly lastRun?: WindowRun & { readonly at: string };
  readonly counts: WindowCounts;
  /** The last 20. */
  readonly refusals: readonly WindowRefusal[];
}

/** Since the window is there. */
export interface WindowCounts {
  /** Events that were taken, each once. */
  readonly events: number;
  readonly duplicates: number;
  /** Events that no run gets, since a newer one came. */
  readonly superseded: number;
  /** Runs. */
  readonly started: number;
  /** Events that no run takes. */
  readonly refused: number;
}

/** What the app's worker starts a run with. */
export interface WindowStart {
  readonly subject: WindowSubject;
  /** The same for each attempt. */
  readonly idempotencyKey: string;
  /** In the order in which they came. */
  readonly data: readonly unknown[];
}

/** The run that goes now, or why there will be none. */
export type WindowStarted = WindowRun | { readonly refused: BriefError };

/** Whose end is waited for. */
export interface WindowFollow extends WindowRun {
  readonly tenant?: string;
  /** Whether it is asked to cancel. */
  readonly cancels: boolean;
}

/** A list of events that no run takes, on its way to where people find it. */
export interface RefusedWindow {
  readonly subject: WindowSubject;
  readonly events: readonly WaitingEvent[];
  readonly error: BriefError;
}

// What the isolate, Node and operators agree on about error groups: all failures of one pattern.
import type { BriefError, DeadLetterKind } from "./dead-letter.ts";
import type { ToldOfGroup } from "./group-news.ts";
import type { OperatorNote } from "./incident.ts";

/** The type of the workflow that is one error group. */
export const errorGroupWorkflow = "tenutoErrorGroup";

/** The memo field in which it keeps its {@link ErrorGroupRecord}, readable without a worker. */
export const errorGroupMemo = "tenutoErrorGroup";

/** The signal that tells a group of failures, many at once; carries {@link Sightings}. */
export const sightingsSignal = "sightings";

/** The update by which an operator changes where a group stands; takes an {@link ErrorGroupChange}. */
export const changeGroupUpdate = "change";

/** Every {@link ErrorGroupStatus}. */
export const errorGroupStatuses = ["open", "regressed", "resolved", "ignored"] as const;

/** Where a group stands: a `regressed` one was resolved or ignored, and is there again. */
export type ErrorGroupStatus = (typeof errorGroupStatuses)[number];

/** One failure, as a group is told of it. */
export interface Sighting {
  /** 8 characters, the same each time that this failure is told: it is counted once. */
  readonly key: string;
  /** When it failed: RFC 3339. */
  readonly at: string;
  readonly kind: DeadLetterKind;
  /** The build that failed, where the history has it. */
  readonly buildId?: string;
  /** The dead letter. */
  readonly letterId: string;
  readonly workflowId: string;
  readonly runId: string;
}

/** Failures of one pattern. */
export interface Sightings {
  readonly fingerprint: string;
  readonly type: string;
  readonly step?: string;
  /** Whether they are events: then `type` is their source, and `step` their type. */
  readonly isOfEvents?: boolean;
  /** As one of the failures has it. */
  readonly error: BriefError;
  readonly tenant?: string;
  readonly seen: readonly Sighting[];
}

/** Until when a group is ignored; the first condition that is met ends it with the next failure. */
export interface IgnoredUntil {
  /** RFC 3339. */
  readonly at?: string | undefined;
  /** So many failures since it is ignored. */
  readonly count?: number | undefined;
  /** More failures within an hour. */
  readonly perHour?: number | undefined;
}

/** What an operator does to a group. */
export type ErrorGroupChange =
  | (OperatorNote & { readonly action: "resolve" | "reopen" })
  | (OperatorNote & { readonly action: "ignore"; readonly until?: IgnoredUntil | undefined })
  | { readonly action: "assign"; readonly by: string; readonly assignee: string | null }
  | { readonly action: "note"; readonly by: string; readonly note: string };

/** What made a group open again. */
export interface Regression {
  /** When the failure happened: RFC 3339. */
  readonly at: string;
  readonly buildId?: string;
  /** What was over by it. */
  readonly because: string;
}

/** What a group knows; times are RFC 3339. */
export interface ErrorGroupRecord {
  readonly fingerprint: string;
  readonly type: string;
  readonly step?: string;
  readonly isOfEvents?: boolean;
  readonly errorType: string;
  /** The error's message, of the last failure. */
  readonly message: string;
  readonly tenant?: string;
  readonly status: ErrorGroupStatus;
  /** How many failures. */
  readonly count: number;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  /** Failures by ten minutes of UTC, the last day; the key is the number of that span since 1970. */
  readonly recent: Readonly<Record<string, number>>;
  /** Failures by day of UTC, the last 90. */
  readonly days: Readonly<Record<string, number>>;
  readonly kinds: Readonly<Record<string, number>>;
  /** Of the first 50 builds; all further ones together are `other`, and `unknown` where no history had it. */
  readonly builds: Readonly<Record<string, number>>;
  /** The failure that was last. */
  readonly sample: Omit<Sighting, "key">;
  readonly resolved?: OperatorNote & { readonly at: string };
  readonly ignored?: OperatorNote & {
    readonly at: string;
    readonly until?: IgnoredUntil;
    /** How many there were before. */
    readonly countBefore: number;
  };
  /** Of a group that came back, the last time. */
  readonly regression?: Regression;
  /** How often it came back. */
  readonly regressions: number;
  readonly assignee?: string;
  /** Oldest first, the last 50. */
  readonly notes: readonly { readonly by: string; readonly note: string; readonly at: string }[];
}

/** Which failures were counted lately: what is told again changes nothing. */
export interface CountedKeys {
  /** The hour in which they were told, and their keys, one after the other. */
  readonly hours: readonly { readonly hour: number; readonly latest: string; readonly keys: string }[];
  /** What failed up to then, and is not among the keys, was counted long ago: RFC 3339. */
  readonly forgottenTo?: string;
}

/** What a group's workflow carries from one run to the next. */
export interface ErrorGroupState {
  readonly record: ErrorGroupRecord;
  readonly counted: CountedKeys;
  /** What was told of it to whom alert rules say. @default nothing */
  readonly told?: ToldOfGroup;
}

/** The workflow id of a group. */
export function errorGroupWorkflowId(fingerprint: string): string {
  return `tenuto-error-group-${fingerprint}`;
}

/** The mark by which groups with a status, or of a workflow type, are found. */
export function errorGroupMark(facet: "status" | "type", value: string): string {
  return `eg-${facet}:${value}`;
}

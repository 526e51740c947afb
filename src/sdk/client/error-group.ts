// Error groups as callers see them, by what their memos say.
import type { temporal as api } from "@temporalio/proto";
import type { BriefError } from "../core/dead-letter.ts";
import { errorGroupMemo, type ErrorGroupRecord, type Sighting } from "../core/error-group.ts";
import { lastHour } from "../core/error-group-state.ts";
import { patternOf } from "../core/fingerprint.ts";
import { mayTellInput } from "./dead-letter.ts";
import { decode } from "./payloads.ts";
import type { LinkBase, RunLinks } from "./run-summary.ts";
import type { Temporal } from "./temporal.ts";

type Info = api.api.workflow.v1.IWorkflowExecutionInfo;

/** All failures of one pattern: workflow type, step, error and message without what varies. Times are RFC 3339. */
export interface ErrorGroup extends Omit<
  ErrorGroupRecord,
  "errorType" | "message" | "recent" | "days" | "builds" | "sample" | "ignored" | "notes"
> {
  /** What the messages of its failures have in common, such as `Order <text> was refused after <n>`. */
  readonly pattern: string;
  /** As the last failure had it. */
  readonly error: BriefError;
  /** Failures in the last hour, in spans of ten minutes: of between 50 and 60 minutes. */
  readonly lastHour: number;
  /** Which part of all grouped failures is this group's: of its workflow type, and of its step there. From 0 to 1. */
  readonly share: { readonly ofType: number; readonly ofStep: number };
  /** Failures by build, the most first; `other` are all after the first 50, `unknown` those whose history has none. */
  readonly builds: readonly { readonly buildId: string; readonly count: number; readonly share: number }[];
  /** The failure that was last. */
  readonly sample: Omit<Sighting, "key">;
  readonly ignored?: Omit<NonNullable<ErrorGroupRecord["ignored"]>, "countBefore">;
}

/** An error group with all that is known of it. */
export interface ErrorGroupDetails extends ErrorGroup {
  /** Failures by hour of UTC, the last 24, oldest first. */
  readonly hours: readonly { readonly from: string; readonly count: number }[];
  /** Failures by day of UTC, the last 90 that had any, oldest first. */
  readonly days: readonly { readonly day: string; readonly count: number }[];
  readonly notes: ErrorGroupRecord["notes"];
  /** Its dead letters that nobody has dealt with: the first 20. */
  readonly deadLetters: { readonly ids: readonly string[]; readonly isComplete: boolean };
  /** Of the run that failed last. */
  readonly links: RunLinks;
}

/** Who looks, and what is hidden from everybody. */
export interface GroupShowing {
  readonly links: LinkBase;
  /** The names of fields that are never shown. */
  readonly redact: readonly string[];
}

export function groupRecordIn(info: Info | null | undefined): ErrorGroupRecord | undefined {
  return decode(info?.memo?.fields?.[errorGroupMemo]) as ErrorGroupRecord | undefined;
}

/** How a group is shown, beside which others. */
interface Shown extends GroupShowing {
  readonly records: readonly ErrorGroupRecord[];
}

/** In the record, which is a payload, runs have the ids that the server knows them by. */
export function groupOf(
  { idPrefix, tenant: own }: Temporal,
  record: ErrorGroupRecord,
  { redact, records }: Shown,
): ErrorGroup {
  const { errorType, message, recent: _, days: __, builds, sample, ignored, notes: ___, tenant, ...rest } = record;
  const isHidden = redact.length > 0 && mayTellInput({ kind: sample.kind, ...rest });
  const { countBefore: ____, ...ignoring } = ignored ?? { countBefore: 0 };
  return {
    ...rest,
    ...(tenant !== undefined && own === undefined && { tenant }),
    pattern: isHidden ? "[redacted]" : patternOf(message),
    error: { type: errorType, message: isHidden ? "[redacted]" : message },
    lastHour: lastHour(record, Date.now()),
    share: sharesOf(record, records),
    builds: Object.entries(builds)
      .map(([buildId, count]) => ({ buildId, count, share: part(count, rest.count) }))
      .sort((a, b) => b.count - a.count),
    sample: { ...sample, workflowId: sample.workflowId.slice(idPrefix.length) },
    ...(ignored && { ignored: ignoring as NonNullable<ErrorGroup["ignored"]> }),
  };
}

function sharesOf({ count, type, step, tenant }: ErrorGroupRecord, records: readonly ErrorGroupRecord[]) {
  const ofType = records.filter((each) => each.type === type && each.tenant === tenant);
  const ofStep = ofType.filter((each) => each.step === step);
  const sum = (groups: readonly ErrorGroupRecord[]) => groups.reduce((all, each) => all + each.count, 0);
  return { ofType: part(count, sum(ofType)), ofStep: part(count, sum(ofStep)) };
}

function part(count: number, all: number): number {
  return all === 0 ? 0 : Math.round((count / all) * 10_000) / 10_000;
}

// A dead letter as callers see it, made from what the server knows of the workflow that it is, or that has it.
import type { temporal as api } from "@temporalio/proto";
import {
  type BriefError,
  type DeadLetterKind,
  deadLetterMemo,
  type DeadLetterNote,
  type DeadLetterRecord,
  type DeadLetterStatus,
  deadLetterWorkflow,
  type ErrorChain,
  type FailedStepAttempt,
  type OpenEffect,
  type RedriveMode,
  type RedriveRecord,
} from "../core/dead-letter.ts";
import { fingerprintOfFailure } from "../core/fingerprint.ts";
import type { Incident } from "../core/incident.ts";
import type { LetterEvent } from "../core/letter-event.ts";
import { secretsIn, withoutSecrets } from "../core/redacted.ts";
import { decode } from "./payloads.ts";
import { type RunLinks, timeOf } from "./run-summary.ts";
import { waitingIn } from "./run-waiting.ts";
import { soundModes } from "../core/sound-modes.ts";
import type { Temporal } from "./temporal.ts";

/** A failure that nobody has dealt with; times are RFC 3339. */
export interface DeadLetter {
  readonly id: string;
  readonly status: DeadLetterStatus;
  readonly kind: DeadLetterKind;
  /** Of an event, which has no run: the letter's own workflow. */
  readonly workflowId: string;
  /** Of an event, empty. */
  readonly runId: string;
  /** Of the run's workflow; of an event, its source. */
  readonly type: string;
  /** The activity that failed, or was under way; of a parked run, that of its first open incident; of an event, its type. */
  readonly step?: string;
  readonly error: BriefError;
  /** The same for all failures of one pattern. */
  readonly fingerprint: string;
  /** How many failures it stands for. */
  readonly count: number;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  /** Of a parked run, what waits for a decision; the first 20. */
  readonly incidents?: readonly Incident[];
  /** Effects that are still there though the run is over; the first 20. */
  readonly openEffects?: readonly OpenEffect[];
  /** Who closed it, why and when. */
  readonly closed?: DeadLetterRecord["closed"];
  /** Of an event that could not be taken. */
  readonly event?: LetterEvent;
  /** How it can be redriven now. */
  readonly modes: readonly RedriveMode[];
}

/** What the undos of a failed run came to: `interrupted` ones were cut short by the end of the run. */
export type Compensation = "none" | "complete" | "partial" | "interrupted";

/** A dead letter with all that is known about it. */
export interface DeadLetterDetails extends DeadLetter {
  /** The input of the run, or what is in the event, without what contracts redact. */
  readonly input?: unknown;
  /** Whether the input is too large to be kept with the letter. */
  readonly inputTruncated?: boolean;
  /** The error with what caused it. */
  readonly failure: ErrorChain;
  /** The attempts of the step that failed, as far as the history has them. */
  readonly attempts: readonly FailedStepAttempt[];
  readonly workerIdentity?: string;
  readonly buildId?: string;
  readonly parentWorkflowId?: string;
  readonly compensation: Compensation;
  readonly closedAt?: string;
  /** Until when a reset is possible: then the server forgets the run. */
  readonly resettableUntil?: string;
  readonly notes: readonly DeadLetterNote[];
  readonly redrives: readonly RedriveRecord[];
  /** Other open letters with the same fingerprint: how many, and the first 20. */
  readonly siblings: { readonly count: number; readonly ids: readonly string[] };
  /** Of the run that failed. */
  readonly links: RunLinks;
}

type Info = api.api.workflow.v1.IWorkflowExecutionInfo;

/** A letter of a list, without what its run's input has under the names that are never shown. */
export function clearLetter(letter: DeadLetter, info: Info, redact: readonly string[]): DeadLetter {
  const record = letter.kind === "parked" || redact.length === 0 ? undefined : recordIn(info);
  if (!record) return letter;
  // Errors of steps are cleared where they are thrown; of a run's own, the input may be too large to be here.
  // Those of events are cleared when they are kept.
  if (record.event) return letter;
  if (record.input === undefined)
    return hiddenMessage({ ...letter, ...(record.step !== undefined && { step: record.step }) });
  const secrets = secretsIn(JSON.parse(record.input), redact);
  const { type, message } = letter.error;
  return { ...letter, error: { type, message: withoutSecrets(message, secrets) } };
}

const ownWords: ReadonlySet<DeadLetterKind> = new Set(["timedOut", "stuck"]);

/** Whether the message of such a failure may have words of the run's input in it; those of steps are cleared before. */
export function mayTellInput({
  kind,
  step,
  isOfEvents = false,
}: Pick<DeadLetter, "kind" | "step"> & { readonly isOfEvents?: boolean | undefined }): boolean {
  return step === undefined && !isOfEvents && !ownWords.has(kind);
}

function hiddenMessage(letter: DeadLetter): DeadLetter {
  if (!mayTellInput(letter)) return letter;
  return { ...letter, error: { type: letter.error.type, message: "[redacted]" } };
}

/** A list may still name a run that has gone on: that is no dead letter any more. */
export function letterOf(temporal: Temporal, info: Info): DeadLetter | undefined {
  if (info.type?.name !== deadLetterWorkflow) return parkedLetter(info);
  const record = recordIn(info);
  return record && letterOfRecord(temporal, record);
}

/** What a dead letter's workflow knows; those that an earlier version opened get what they lack. */
export function recordIn(info: Info): DeadLetterRecord | undefined {
  const record = decode(info.memo?.fields?.[deadLetterMemo]) as DeadLetterRecord | undefined;
  if (!record) return undefined;
  const fingerprint = fingerprintOfFailure(record);
  const since = { undone: true, hadSaga: true, stepsDone: 0, fingerprint, notes: [], redrives: [] };
  return { ...since, ...record };
}

/** In the record, which is a payload, the run has the id that the server knows it by. */
export function letterOfRecord({ idPrefix }: Temporal, record: DeadLetterRecord): DeadLetter {
  const { id, status, kind, workflowId, runId, type, step, error, fingerprint } = record;
  const { count, firstSeenAt, lastSeenAt, openEffects, closed, event } = record;
  return {
    id,
    status,
    kind,
    workflowId: workflowId.slice(idPrefix.length),
    runId,
    type,
    ...(step !== undefined && { step }),
    error,
    fingerprint,
    count,
    firstSeenAt,
    lastSeenAt,
    openEffects,
    ...(closed && { closed }),
    ...(event && { event }),
    modes: soundModes(record),
  };
}

function parkedLetter(info: Info): DeadLetter | undefined {
  const { incidents, incidentCount, deadLetterId } = waitingIn(info);
  const [first] = incidents;
  if (!first || deadLetterId === undefined) return undefined;
  const type = info.type?.name ?? "";
  const { step, error } = first;
  return {
    id: deadLetterId,
    status: "open",
    kind: "parked",
    workflowId: info.execution?.workflowId ?? "",
    runId: info.execution?.runId ?? "",
    type,
    step,
    error,
    fingerprint: fingerprintOfFailure({ type, step, error }),
    count: incidentCount,
    firstSeenAt: first.since,
    lastSeenAt: incidents.at(-1)?.since ?? timeOf(info.startTime) ?? "",
    incidents,
    modes: soundModes({ kind: "parked", status: "open" }),
  };
}

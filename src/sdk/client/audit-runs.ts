// The runs that one tenant's audit is in, and the entries that the history of each holds.
import type { temporal as api } from "@temporalio/proto";
import {
  type AuditAction,
  type AuditEnd,
  auditEntrySignal,
  auditIdPrefixOf,
  auditOutcomeSignal,
  auditWorkflow,
  auditWorkflowId,
  type SentAction,
  type SentOutcome,
} from "../core/audit.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import { describeRaw } from "./describe-raw.ts";
import { listPage } from "./list-runs.ts";
import { decode } from "./payloads.ts";
import { dayOf } from "./record-action.ts";
import { timeOf } from "./run-summary.ts";
import type { Temporal } from "./temporal.ts";
import { quote } from "./visibility-query.ts";

/** One run of the workflow that has a day of the audit. */
export interface AuditRun {
  readonly day: string;
  readonly runId: string;
}

/** What somebody did, or was refused. */
export interface AuditEntry extends Omit<AuditAction, "end">, Pick<AuditEnd, "outcome"> {
  readonly id: string;
  /** When the server recorded it, before it was done; RFC 3339. */
  readonly at: string;
  /** Absent for what belongs to no tenant. */
  readonly tenant?: string;
  /** The HTTP status that its caller was answered with; absent while the outcome is unknown. */
  readonly status?: number;
  /** The code of the problem, when it was answered with one. */
  readonly code?: string;
}

/** An entry, and where in the history of its run it is. */
export interface PlacedEntry {
  readonly eventId: number;
  readonly entry: AuditEntry;
}

/** What one run holds. */
export interface RecordedRun {
  readonly startedAt: string;
  /** Newest first. */
  readonly entries: readonly PlacedEntry[];
  /** The run that this one continues. */
  readonly previous?: AuditRun | undefined;
}

/** The run that has the newest entries: of today, else the one that began last. */
export async function newestRun(temporal: Temporal): Promise<AuditRun | undefined> {
  const day = dayOf(new Date());
  try {
    const run = { workflowId: auditWorkflowId(temporal.tenant, day) };
    const { workflowExecutionInfo: info } = await describeRaw(temporal.ofAudit(), run);
    return { day, runId: info?.execution?.runId ?? "" };
  } catch (error) {
    if (!(error instanceof RunNotFound)) throw error;
    return listedRun(temporal);
  }
}

/** The run before one: the one it continues, else, as for the day before, the one that began last before it. */
export async function runBefore(
  temporal: Temporal,
  { runId }: AuditRun,
  { previous, startedAt }: RecordedRun,
): Promise<AuditRun | undefined> {
  if (previous) return previous;
  return listedRun(temporal, ` AND StartTime <= ${quote(startedAt)} AND RunId != ${quote(runId)}`);
}

/** Lists lag behind by a moment, so they are asked only where the newest entries are not. */
async function listedRun(temporal: Temporal, condition = ""): Promise<AuditRun | undefined> {
  const prefix = auditIdPrefixOf(temporal.tenant);
  const query = `WorkflowType = ${quote(auditWorkflow)} AND WorkflowId STARTS_WITH ${quote(prefix)}${condition}`;
  const { infos } = await listPage(temporal.ofAudit(), { query, limit: 1 });
  const { workflowId, runId } = infos[0]?.execution ?? {};
  if (!workflowId?.startsWith(prefix) || !runId) return undefined;
  return { day: workflowId.slice(prefix.length), runId };
}

/**
 * How far an outcome is looked for of an action that was under way when its run continued as new: no request lasts longer,
 * and its writing is given up.
 */
const outcomeWithin = { runs: 10, ms: 120_000 } as const;

/** What a run holds, or `undefined` when there is no such run (any more). */
export async function readRun(temporal: Temporal, run: AuditRun): Promise<RecordedRun | undefined> {
  const events = await eventsOf(temporal, run);
  if (!events) return undefined;
  const outcomes = new Map<string, SentOutcome>();
  const actions = signalsIn(events, isAction, auditEntrySignal);
  addOutcomes(outcomes, events);
  let last = events.at(-1);
  const latest = timeMs(last) + outcomeWithin.ms;
  const isMissing = () => actions.some(({ value }) => isOpen(value, outcomes));
  for (let more = 0; more < outcomeWithin.runs && timeMs(last) <= latest && isMissing(); more++) {
    const runId = last?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
    const next = runId ? await eventsOf(temporal, { ...run, runId }) : undefined;
    if (!next) break;
    addOutcomes(outcomes, next);
    last = next.at(-1);
  }
  const started = events[0]?.workflowExecutionStartedEventAttributes;
  const { tenant } = temporal;
  return {
    startedAt: timeOf(events[0]?.eventTime) ?? "",
    entries: actions.toReversed().map(({ event, value: { end, ...action } }) => ({
      eventId: Number(event.eventId),
      entry: entryOf(action, {
        at: timeOf(event.eventTime) ?? "",
        tenant,
        end: end ?? outcomes.get(action.id),
      }),
    })),
    previous: started?.continuedExecutionRunId ? { ...run, runId: started.continuedExecutionRunId } : undefined,
  };
}

function timeMs(event: Event | undefined): number {
  return Date.parse(timeOf(event?.eventTime) ?? "");
}

function isOpen({ id, end }: SentAction, outcomes: ReadonlyMap<string, SentOutcome>): boolean {
  return !end && !outcomes.has(id);
}

function entryOf(
  { id, actor, action, target, reason, requestId }: SentAction,
  { at, tenant, end }: { readonly at: string; readonly tenant: string | undefined; readonly end: AuditEnd | undefined },
): AuditEntry {
  const { outcome = "unknown", status, code } = end ?? {};
  return {
    id,
    at,
    ...(actor && { actor: { name: actor.name, role: actor.role } }),
    ...(tenant !== undefined && { tenant }),
    action,
    target: { ...end?.target, ...target },
    ...(reason !== undefined && { reason }),
    requestId,
    outcome,
    ...(status !== undefined && { status }),
    ...(code !== undefined && { code }),
  };
}

type Event = api.api.history.v1.IHistoryEvent;

async function eventsOf(temporal: Temporal, { day, runId }: AuditRun): Promise<readonly Event[] | undefined> {
  const run = { workflowId: auditWorkflowId(temporal.tenant, day), runId };
  const audit = temporal.ofAudit();
  const events: Event[] = [];
  let nextPageToken: Uint8Array | undefined;
  try {
    do {
      const token = nextPageToken && { nextPageToken };
      const request = { namespace: audit.namespace, execution: run, ...token };
      const page = await audit.call((service) => service.getWorkflowExecutionHistory(request), { run });
      events.push(...(page.history?.events ?? []));
      nextPageToken = page.nextPageToken?.length ? page.nextPageToken : undefined;
    } while (nextPageToken);
    return events;
  } catch (error) {
    if (error instanceof RunNotFound) return undefined;
    throw error;
  }
}

function addOutcomes(outcomes: Map<string, SentOutcome>, events: readonly Event[]): void {
  for (const { value } of signalsIn(events, isOutcome, auditOutcomeSignal)) outcomes.set(value.id, value);
}

/** Whoever reaches the server past the API can send signals that are none of ours. */
function signalsIn<Value>(events: readonly Event[], isValue: (value: unknown) => value is Value, name: string) {
  return events.flatMap((event) => {
    const { signalName, input } = event.workflowExecutionSignaledEventAttributes ?? {};
    const value = signalName === name ? decode(input?.payloads?.[0]) : undefined;
    return isValue(value) ? [{ event, value }] : [];
  });
}

function isAction(value: unknown): value is SentAction {
  if (!isRecord(value)) return false;
  const { id, actor, action, target, reason = "", requestId, end } = value;
  const isKnown = actor === undefined || (isRecord(actor) && isText(actor["name"]) && isText(actor["role"]));
  const isTargeted = isRecord(target) && Object.values(target).every(isText);
  const isEnded = end === undefined || isEnd(end);
  return [id, action, reason, requestId].every(isText) && isKnown && isTargeted && isEnded;
}

function isOutcome(value: unknown): value is SentOutcome {
  return isRecord(value) && isText(value["id"]) && isEnd(value);
}

function isEnd(value: unknown): value is AuditEnd {
  if (!isRecord(value)) return false;
  const { outcome, status, code = "", target = {} } = value;
  const isKnown = outcome === "done" || outcome === "refused" || outcome === "failed" || outcome === "unknown";
  return isKnown && Number.isInteger(status) && isText(code) && isRecord(target) && Object.values(target).every(isText);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

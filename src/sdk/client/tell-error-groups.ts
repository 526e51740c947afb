// From failures to the groups that count them: those of one pattern go together, and one that is told twice counts once.
import { createHash } from "node:crypto";
import type { temporal as api } from "@temporalio/proto";
import { deadLetterIdOf } from "../core/dead-letter-id.ts";
import type { DeadLetterReport } from "../core/dead-letter.ts";
import {
  errorGroupMemo,
  errorGroupWorkflow,
  errorGroupWorkflowId,
  type Sighting,
  type Sightings,
  sightingsSignal,
} from "../core/error-group.ts";
import { marksOfGroup, withSightings } from "../core/error-group-state.ts";
import { fingerprintOfFailure } from "../core/fingerprint.ts";
import { isTenantName, tenantMemo } from "../core/tenant.ts";
import { decode } from "./payloads.ts";
import { waitingIn } from "./run-waiting.ts";
import { signalSystemWorkflow } from "./signal-system-workflow.ts";
import type { Temporal } from "./temporal.ts";
import { idOfTenant } from "./id-of-tenant.ts";

type Info = api.api.workflow.v1.IWorkflowExecutionInfo;

/** One failure, and what it has in common with others. */
export interface SeenFailure extends Omit<Sightings, "seen"> {
  readonly sighting: Sighting;
}

/** A failure that has a dead letter of its own; `again` tells the time that an event fails after it was redriven. */
export function seenInReport(report: DeadLetterReport, letterId: string, again?: string): SeenFailure {
  const { fingerprint, type, step, error, tenant, kind, at, buildId, workflowId, runId, droppedSignals, event } =
    report;
  // A run is over once; it can be stuck, or not take a signal, again and again.
  const which = kind === "stuck" ? ["stuck", at] : kind === "poison" ? ["poison", droppedSignals] : [];
  return {
    fingerprint,
    type,
    ...(step !== undefined && { step }),
    ...(event && { isOfEvents: true }),
    error,
    ...(tenant !== undefined && { tenant }),
    sighting: {
      key: keyOf([workflowId, runId, ...which, ...(again === undefined ? [] : [again])]),
      at,
      kind,
      ...(buildId !== undefined && { buildId }),
      letterId,
      workflowId,
      runId,
    },
  };
}

/** What a parked run waits with: each incident is a failure. */
export function seenInParkedRun({ namespace }: Temporal, info: Info): readonly SeenFailure[] {
  const { incidents, deadLetterId } = waitingIn(info);
  const { workflowId = "", runId = "" } = (info.execution ?? {}) as { workflowId?: string; runId?: string };
  const type = info.type?.name ?? "";
  const tenant = decode(info.memo?.fields?.[tenantMemo]);
  const letterId = deadLetterId ?? deadLetterIdOf({ namespace, workflowId, originalRunId: runId });
  const buildId = lastBuildOf(info);
  return incidents.map(({ id, step, error, since }) => ({
    fingerprint: fingerprintOfFailure({ type, step, error }),
    type,
    step,
    error,
    ...(typeof tenant === "string" && isTenantName(tenant) && { tenant }),
    sighting: {
      key: keyOf([workflowId, runId, id, since]),
      at: since,
      kind: "parked",
      ...(buildId !== undefined && { buildId }),
      letterId,
      workflowId,
      runId,
    },
  }));
}

/** The server lists builds in the order in which they have worked on a run, such as `unversioned:build-42`. */
function lastBuildOf({ searchAttributes }: Info): string | undefined {
  const builds = decode(searchAttributes?.indexedFields?.["BuildIds"]);
  const last: unknown = Array.isArray(builds) ? builds.at(-1) : undefined;
  return typeof last === "string" && last.includes(":") ? last.slice(last.indexOf(":") + 1) : undefined;
}

/** 48 bits, in 8 characters: of 50,000, that two are the same has a chance of 1 in 200,000. */
function keyOf(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 8);
}

/** Small enough for one signal. */
const mostAtOnce = 200;

/**
 * Tells error groups of failures; a group that is not there yet begins with them. Once it returns, they are counted or
 * will be, whatever becomes of this process.
 *
 * @throws `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
 */
export async function tellErrorGroups(temporal: Temporal, failures: readonly SeenFailure[]): Promise<void> {
  const groups = new Map<string, Sightings[]>();
  for (const { sighting, ...pattern } of failures) {
    const place = `${pattern.tenant ?? ""}:${pattern.fingerprint}`;
    const batches = groups.get(place) ?? [];
    const last = batches.at(-1);
    const isFull = !last || last.seen.length >= mostAtOnce;
    const batch = isFull ? { ...pattern, seen: [sighting] } : { ...last, seen: [...last.seen, sighting] };
    groups.set(place, [...(isFull ? batches : batches.slice(0, -1)), batch]);
  }
  for (const batches of groups.values()) for (const sightings of batches) await tellOne(temporal, sightings);
}

async function tellOne(temporal: Temporal, sightings: Sightings): Promise<void> {
  const { fingerprint, tenant } = sightings;
  const begun = withSightings(undefined, sightings, Date.now());
  if (!begun) return;
  await signalSystemWorkflow(temporal, {
    workflowId: idOfTenant(temporal, tenant, errorGroupWorkflowId(fingerprint)),
    type: errorGroupWorkflow,
    signal: sightingsSignal,
    value: sightings,
    memo: { [errorGroupMemo]: begun.record },
    marks: marksOfGroup(begun.record),
    tenant,
  });
}

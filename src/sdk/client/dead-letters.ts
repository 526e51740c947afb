// Dead letters: parked runs, each of which is its own, and the system workflows of runs that ended with open effects.
import { randomUUID } from "node:crypto";
import proto, { type temporal as api } from "@temporalio/proto";
import {
  deadLetterMemo,
  type DeadLetterRecord,
  deadLetterWorkflow,
  discardUpdate,
  type OpenEffect,
} from "../core/dead-letter.ts";
import { deadLetterMark, deadLetterWorkflowId } from "../core/dead-letter-id.ts";
import { DeadLetterNotFound } from "../core/errors/dead-letter-not-found.ts";
import { IncidentNotFound } from "../core/errors/incident-not-found.ts";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { RedriveUnsound } from "../core/errors/redrive-unsound.ts";
import { RunClosed } from "../core/errors/run-closed.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import type { Incident, IncidentDecision } from "../core/incident.ts";
import { marksAttribute } from "../core/run-mark.ts";
import { describeRaw } from "./describe-run.ts";
import { listPage } from "./list-runs.ts";
import { decode, encodeWithinLimit } from "./payloads.ts";
import { errorOf } from "./run-failure.ts";
import type { Reach } from "./run-target.ts";
import { timeOf } from "./run-summary.ts";
import { waitingIn } from "./run-waiting.ts";
import { decideIncident, type SteerOptions } from "./steer-run.ts";
import type { Temporal } from "./temporal.ts";
import { canBeFound, quote } from "./visibility-query.ts";

const { UpdateWorkflowExecutionLifecycleStage: Stage } = proto.temporal.api.enums.v1;

/** How a dead letter can be made to go again. */
export type RedriveMode = "continue" | "restart" | "compensate" | "fail";

/** A failure that nobody has dealt with; times are RFC 3339. */
export interface DeadLetter {
  readonly id: string;
  readonly status: "open" | "discarded";
  /** `parked` waits for a decision; `partial` has effects whose undo was given up. */
  readonly kind: "parked" | "partial";
  readonly workflowId: string;
  readonly runId: string;
  readonly type: string;
  /** Of a parked run, the step of its first open incident. */
  readonly step?: string;
  readonly error: { readonly type: string; readonly message: string };
  /** How many failures it stands for. */
  readonly count: number;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  /** Of a parked run, what waits for a decision; the first 20. */
  readonly incidents?: readonly Incident[];
  /** Of a partial saga, what was not undone. */
  readonly openEffects?: readonly OpenEffect[];
  /** How it can be redriven now. */
  readonly modes: readonly RedriveMode[];
}

/** One page of dead letters that are open. */
export interface DeadLetterPage {
  readonly items: readonly DeadLetter[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

export interface DeadLetterListOptions {
  /** From 1 to 200. @default 50 */
  readonly limit?: number | undefined;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** How a dead letter is made to go again. */
export interface RedriveOptions extends Omit<SteerOptions, "runId"> {
  /** @default "continue" for a parked run */
  readonly mode?: RedriveMode | undefined;
  /** @default the one that is open */
  readonly incidentId?: string | undefined;
  /** With `continue`: the step again with this input, under a new key; needs `confirmNoEffect`. */
  readonly input?: unknown;
  /** With `continue`: the step was done by hand, and this is its output. */
  readonly output?: unknown;
  /** That the attempts so far had no effect. */
  readonly confirmNoEffect?: boolean | undefined;
  /** Only says what would be done. @default false */
  readonly dryRun?: boolean | undefined;
}

/** What a redrive does, or would do. */
export interface Redrive {
  readonly id: string;
  readonly mode: RedriveMode;
  readonly dryRun: boolean;
  /** The step that runs again, or ends as it is told. */
  readonly step: string;
  readonly action: "retry" | "complete" | "fail";
}

type Info = api.api.workflow.v1.IWorkflowExecutionInfo;

/** @throws what {@link TenutoClient.deadLetters} throws. */
export async function listDeadLetters(temporal: Temporal, options: DeadLetterListOptions): Promise<DeadLetterPage> {
  const query =
    `(WorkflowType = ${quote(deadLetterWorkflow)} OR ${marksAttribute} = ${quote("parked")}) ` +
    `AND ExecutionStatus = ${quote("Running")}`;
  const { infos, nextCursor } = await listPage(temporal, { ...options, query });
  const items = infos.map((info) => letterOf(temporal, info)).filter((letter) => letter !== undefined);
  return { items, ...(nextCursor !== undefined && { nextCursor }) };
}

/** @throws what {@link TenutoClient.deadLetter} throws. */
export async function findDeadLetter(temporal: Temporal, id: string): Promise<DeadLetter> {
  return (await locateDeadLetter(temporal, id)).letter;
}

/** A dead letter, and the workflow that it is or that has it in its memo. */
async function locateDeadLetter(
  temporal: Temporal,
  id: string,
): Promise<{ readonly letter: DeadLetter; readonly workflowId: string }> {
  const own = await ownWorkflow(temporal, id);
  if (own) return { letter: own, workflowId: deadLetterWorkflowId(id) };
  const { now, workflowId = "" } = await markedRun(temporal, id);
  if (now) return { letter: now, workflowId };
  throw new DeadLetterNotFound(id);
}

/** @throws what {@link TenutoClient.redrive} throws. */
export async function redriveDeadLetter(reach: Reach, id: string, options: RedriveOptions): Promise<Redrive> {
  const { mode = "continue", dryRun = false, by, reason } = options;
  const letter = await letterToRedrive(reach.temporal, id, dryRun);
  if (letter.kind !== "parked" || !letter.modes.includes(mode)) {
    const why =
      letter.kind === "parked"
        ? "its run is parked, and goes on or fails where it is"
        : "its run is over with effects that were not undone: undo them by hand, then discard it";
    throw new RedriveUnsound({ id, mode, modes: letter.modes }, why);
  }
  const { workflowId, runId, incidents = [] } = letter;
  const incidentId = options.incidentId ?? (letter.count === 1 ? incidents[0]?.id : undefined);
  const decision = decisionOf(mode, options);
  const { action } = decision;
  if (dryRun) {
    const incident = incidents.find((each) => each.id === incidentId);
    if (!incident) throw new IncidentNotFound({ workflowId, incidentId, open: incidents });
    return { id, mode, dryRun, step: incident.step, action };
  }
  const decided = await decideIncident(reach, workflowId, { ...decision, incidentId, by, reason, runId });
  return { id, mode, dryRun, step: decided.step, action };
}

/** @throws what {@link TenutoClient.discard} throws. */
export async function discardDeadLetter(
  { temporal }: Reach,
  id: string,
  { by = temporal.identity, reason }: Omit<SteerOptions, "runId">,
): Promise<DeadLetter> {
  const { letter, workflowId } = await locateDeadLetter(temporal, id);
  if (letter.kind === "parked") {
    const why = "its run waits; decide its incidents, or cancel the run";
    throw new RedriveUnsound({ id, mode: "discard", modes: letter.modes }, why);
  }
  const run = { workflowId };
  if (letter.status !== "open") throw discardedAlready(letter);
  const request = {
    namespace: temporal.namespace,
    workflowExecution: run,
    waitPolicy: { lifecycleStage: Stage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED },
    request: {
      meta: { updateId: randomUUID(), identity: temporal.identity },
      input: { name: discardUpdate, args: { payloads: [encodeWithinLimit({ by, reason }, "The note")] } },
    },
  };
  const { outcome } = await temporal
    .call((service) => service.updateWorkflowExecution(request), { run })
    .catch((error: unknown) => {
      if (error instanceof RunClosed || error instanceof RunNotFound) throw discardedAlready(letter);
      throw error;
    });
  if (outcome?.failure) {
    const error = errorOf(outcome.failure);
    throw new InvalidInput("The note", [{ pointer: "/reason", message: error.message }]);
  }
  return ofRecord(temporal, decode(outcome?.success?.payloads?.[0]) as DeadLetterRecord);
}

function discardedAlready({ id, modes }: DeadLetter): RedriveUnsound {
  return new RedriveUnsound({ id, mode: "discard", modes }, "somebody has discarded it before");
}

function decisionOf(mode: RedriveMode, { input, output, confirmNoEffect }: RedriveOptions): IncidentDecision {
  if (mode === "fail") return { action: "fail" };
  if (input !== undefined && output !== undefined) {
    const message = "Give other input, or the output, not both";
    throw new InvalidInput("The redrive", [{ pointer: "/output", message }]);
  }
  if (output !== undefined) return { action: "complete", output };
  // Whether it is confirmed, the run itself checks.
  if (input !== undefined) return { action: "retry", input, confirmNoEffect: confirmNoEffect as true };
  return { action: "retry" };
}

async function ownWorkflow(temporal: Temporal, id: string): Promise<DeadLetter | undefined> {
  if (!/^[0-9a-f]{32}$/.test(id)) return undefined;
  try {
    const { workflowExecutionInfo } = await describeRaw(temporal, { workflowId: deadLetterWorkflowId(id) });
    return workflowExecutionInfo ? letterOf(temporal, workflowExecutionInfo) : undefined;
  } catch (error) {
    if (error instanceof RunNotFound) return undefined;
    throw error;
  }
}

/** One that is listed though its run has gone on: the run then says what was decided, and by whom. */
async function letterToRedrive(temporal: Temporal, id: string, dryRun: boolean): Promise<DeadLetter> {
  const own = await ownWorkflow(temporal, id);
  if (own) return own;
  const { now, listed } = await markedRun(temporal, id);
  const letter = now ?? (dryRun ? undefined : listed);
  if (letter) return letter;
  throw new DeadLetterNotFound(id);
}

interface MarkedRun {
  readonly workflowId?: string;
  readonly now?: DeadLetter | undefined;
  /** As the list has it, which may lag behind. */
  readonly listed?: DeadLetter | undefined;
}

/** By its mark: a parked run, or, for who sees all tenants, the dead letter of one of them. */
async function markedRun(temporal: Temporal, id: string): Promise<MarkedRun> {
  if (!canBeFound(id)) return {};
  const query = `${marksAttribute} = ${quote(deadLetterMark(id))} AND ExecutionStatus = ${quote("Running")}`;
  const { infos } = await listPage(temporal, { query, limit: 1 });
  const [found] = infos;
  if (!found?.execution) return {};
  const { workflowId, runId } = found.execution;
  const { workflowExecutionInfo: info } = await describeRaw(temporal, {
    workflowId: workflowId ?? "",
    runId: runId ?? undefined,
  });
  return {
    workflowId: workflowId ?? "",
    now: info ? letterOf(temporal, info) : undefined,
    listed: letterOf(temporal, found),
  };
}

/** A list may still name a run that has gone on: that is no dead letter any more. */
function letterOf(temporal: Temporal, info: Info): DeadLetter | undefined {
  const record = decode(info.memo?.fields?.[deadLetterMemo]) as DeadLetterRecord | undefined;
  if (info.type?.name === deadLetterWorkflow) return record && ofRecord(temporal, record);
  const { incidents, incidentCount, deadLetterId } = waitingIn(info);
  const [first] = incidents;
  if (!first || deadLetterId === undefined) return undefined;
  return {
    id: deadLetterId,
    status: "open",
    kind: "parked",
    workflowId: info.execution?.workflowId ?? "",
    runId: info.execution?.runId ?? "",
    type: info.type?.name ?? "",
    step: first.step,
    error: first.error,
    count: incidentCount,
    firstSeenAt: first.since,
    lastSeenAt: incidents.at(-1)?.since ?? timeOf(info.startTime) ?? "",
    incidents,
    modes: ["continue", "fail"],
  };
}

/** In the record, which is a payload, the run has the id that the server knows it by. */
function ofRecord(
  { idPrefix }: Temporal,
  { id, status, workflowId, originalRunId: _, closed: __, tenant: ___, ...record }: DeadLetterRecord,
): DeadLetter {
  return { id, status, ...record, workflowId: workflowId.slice(idPrefix.length), modes: [] };
}

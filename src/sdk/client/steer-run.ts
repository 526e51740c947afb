/**
 * What an operator does to a run that is open: decide what is parked, pause, resume, skip. Each is an update of the run, so
 * that who did it, and why, is in its history; what the run refuses leaves no trace there.
 */
import proto, { type temporal as api } from "@temporalio/proto";
import { activityDefinition } from "../core/activity-definition.ts";
import { IncidentDecided } from "../core/errors/incident-decided.ts";
import { IncidentNotFound } from "../core/errors/incident-not-found.ts";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { RunClosed } from "../core/errors/run-closed.ts";
import { StepNotWaiting } from "../core/errors/step-not-waiting.ts";
import { TemporalUnavailable } from "../core/errors/temporal-unavailable.ts";
import type { ValidationIssue } from "../core/errors/validation-issue.ts";
import {
  decideUpdate,
  type DecisionRequest,
  type IncidentDecision,
  type IncidentOutcome,
  type OperatorNote,
  pauseUpdate,
  resumeUpdate,
  type RunNote,
  runNoteUpdate,
  type SkipRequest,
  skipUpdate,
} from "../core/incident.ts";
import { describeRaw, executionOf } from "./describe-raw.ts";
import type { RunReference } from "./grpc-errors.ts";
import { parseInput } from "./parse-input.ts";
import { decode, encodeWithinLimit } from "./payloads.ts";
import { errorOf, type RunError, runErrorOf } from "./run-failure.ts";
import { findTarget, type Reach, type RunTarget, silenceOf } from "./run-target.ts";
import { waitingIn } from "./run-waiting.ts";
import { updateRequest } from "./update-request.ts";

const { PendingActivityState } = proto.temporal.api.enums.v1;

/** Who steers a run, and why; both are in its history. */
export interface SteerOptions {
  /** @default the client's `identity` */
  readonly by?: string | undefined;
  readonly reason: string;
  /** @default the latest run of the workflow id */
  readonly runId?: string | undefined;
}

/** What an operator decides about which incident. */
export type DecideOptions = SteerOptions &
  IncidentDecision & {
    /** @default the one that is open */
    readonly incidentId?: string | undefined;
    /** A decision that is sent again under its id is the same one. @default a new one */
    readonly updateId?: string | undefined;
  };

/** Which step an operator skips, and what the run goes on with instead of its output. */
export interface SkipOptions extends SteerOptions {
  /** The activity's type, such as `"payments.chargeCard"`. */
  readonly step: string;
  /** Its idempotency key, where several of that type wait. */
  readonly key?: string | undefined;
  readonly output?: unknown;
}

/** An incident as it was decided. */
export type DecidedIncident = Pick<IncidentOutcome, "id" | "step" | "action">;

/** @throws what {@link TenutoClient.decide} throws. */
export async function decideIncident(
  reach: Reach,
  workflowId: string,
  { runId, ...options }: DecideOptions,
): Promise<DecidedIncident> {
  const run = { workflowId, runId };
  const { workflowExecutionInfo } = await describeRaw(reach.temporal, run);
  const { incidents, incidentCount } = waitingIn(workflowExecutionInfo);
  const [only] = incidents;
  const incidentId = options.incidentId ?? (incidentCount === 1 ? only?.id : undefined);
  if (incidentId === undefined) throw new IncidentNotFound({ workflowId, incidentId, open: incidents });
  const step = incidents.find(({ id }) => id === incidentId)?.step;
  const { action } = options;
  const input = "input" in options ? options.input : undefined;
  const output = "output" in options ? options.output : undefined;
  const request: DecisionRequest = {
    ...noteOf(reach, options),
    incidentId,
    action,
    ...(input !== undefined && { input: await parsedFor(reach, step, "input", input) }),
    ...(action === "complete" && { output: await parsedFor(reach, step, "output", output) }),
    ...("confirmNoEffect" in options && { confirmNoEffect: options.confirmNoEffect }),
  };
  return (await steer(reach, {
    run,
    name: decideUpdate,
    request,
    isParsed: step !== undefined,
    updateId: options.updateId,
  })) as DecidedIncident;
}

/** @throws what {@link TenutoClient.pause} throws. */
export async function pauseRun(reach: Reach, workflowId: string, options: SteerOptions): Promise<void> {
  const run = { workflowId, runId: options.runId };
  const answer = await steer(reach, { run, name: pauseUpdate, request: noteOf(reach, options), isParsed: true });
  const { activityIds } = answer as { readonly activityIds: readonly string[] };
  // The run itself starts nothing more; what waits for its next attempt is held by the server.
  const pending = await pendingActivities(reach, run);
  const { namespace, identity } = reach.temporal;
  const { reason } = options;
  for (const { activityId: id } of pending.filter(({ activityId }) => activityIds.includes(activityId ?? ""))) {
    const request = { namespace, identity, reason, execution: executionOf(run), id: id ?? "" };
    await ifPending(reach.temporal.call((service) => service.pauseActivity(request), { run }));
  }
}

/** @throws what {@link TenutoClient.resume} throws. */
export async function resumeRun(reach: Reach, workflowId: string, options: SteerOptions): Promise<void> {
  const run = { workflowId, runId: options.runId };
  await steer(reach, { run, name: resumeUpdate, request: noteOf(reach, options), isParsed: true });
  const { namespace, identity } = reach.temporal;
  for (const { activityId: id } of (await pendingActivities(reach, run)).filter(isPaused)) {
    const request = { namespace, identity, execution: executionOf(run), id: id ?? "" };
    await ifPending(reach.temporal.call((service) => service.unpauseActivity(request), { run }));
  }
}

/** @throws what {@link TenutoClient.skip} throws. */
export async function skipStep(reach: Reach, workflowId: string, options: SkipOptions): Promise<void> {
  const { step, key, runId } = options;
  const run = { workflowId, runId };
  const request: SkipRequest = {
    ...noteOf(reach, options),
    step,
    ...(key !== undefined && { key }),
    output: await parsedFor(reach, step, "output", options.output),
  };
  await steer(reach, { run, name: skipUpdate, request, isParsed: true });
}

/** @throws what {@link TenutoClient.note} throws of a parked run. */
export async function noteRun(reach: Reach, run: RunReference, request: RunNote): Promise<void> {
  await steer(reach, { run, name: runNoteUpdate, request, isParsed: true });
}

interface Steering {
  readonly run: RunReference;
  readonly name: string;
  readonly request: OperatorNote | RunNote;
  /** Whether what goes into a step, or comes out of it, was parsed here; else the run has it parsed. */
  readonly isParsed: boolean;
  readonly updateId?: string | undefined;
}

/** A workflow task that was lost with its worker comes again after ten seconds. */
const takenWithinMs = 15_000;

async function steer(reach: Reach, { run, name, request, isParsed, updateId }: Steering): Promise<unknown> {
  const { temporal } = reach;
  const target = await findTarget(reach, run, temporal.deadline());
  if (!target.isRunning) throw new RunClosed(run);
  const deadline = temporal.deadline(takenWithinMs);
  const payload = encodeWithinLimit(request, "The operator's call");
  const parts = { run: { ...run, runId: target.runId }, name, payload, updateId, isParsed };
  const update = updateRequest(temporal, parts);
  const outcome = await temporal
    .call((service) => service.updateWorkflowExecution(update), { run, deadline })
    .then((answer) => answer.outcome)
    .catch((error: unknown) => {
      if (error instanceof TemporalUnavailable) return undefined;
      throw error;
    });
  if (outcome?.failure) throw steeringError(outcome.failure, target, request);
  if (outcome?.success) return decode(outcome.success.payloads?.[0]);
  throw await silenceOf(temporal, { what: "the operator's call", target });
}

/** What the run refused, as the error of ours that it means. */
function steeringError(
  failure: api.api.failure.v1.IFailure,
  { workflowId }: RunTarget,
  request: Steering["request"],
): Error {
  const { type, message, data } = runErrorOf(failure);
  if (type === "IncidentDecided") return new IncidentDecided(workflowId, data as IncidentOutcome);
  if (type === "IncidentNotFound") {
    const { incidentId } = request as unknown as DecisionRequest;
    return new IncidentNotFound({ workflowId, incidentId, ...(data as Pick<IncidentNotFound, "open">) });
  }
  if (type === "StepNotWaiting") {
    const { step } = request as unknown as SkipRequest;
    return new StepNotWaiting({ workflowId, step, ...(data as Pick<StepNotWaiting, "waiting">) }, message);
  }
  return invalidOperatorCall({ type, data }) ?? errorOf(failure);
}

/** What a run found wrong with an operator's call; `undefined` of any other error. */
export function invalidOperatorCall({ type, data }: Pick<RunError, "type" | "data">): InvalidInput | undefined {
  if (type !== "InvalidInput") return undefined;
  const { issues } = data as { readonly issues: readonly ValidationIssue[] };
  return new InvalidInput("The operator's call", issues);
}

function noteOf({ temporal }: Reach, { by, reason }: SteerOptions): OperatorNote {
  return { by: by ?? temporal.identity, reason };
}

/** A step's input or output by its contract; as it is, when the step is not known here: then the run has it parsed. */
async function parsedFor(
  { app }: Reach,
  step: string | undefined,
  side: "input" | "output",
  value: unknown,
): Promise<unknown> {
  const definition = step === undefined ? undefined : activityDefinition(app, step);
  if (!definition) return value;
  const { redact } = definition;
  return parseInput(definition[side], value, { what: `The ${side} of step "${step ?? ""}"`, redact, side: `/${side}` });
}

async function pendingActivities(reach: Reach, run: RunReference) {
  return (await describeRaw(reach.temporal, run)).pendingActivities ?? [];
}

function isPaused({ state }: api.api.workflow.v1.IPendingActivityInfo): boolean {
  return (
    state === PendingActivityState.PENDING_ACTIVITY_STATE_PAUSED ||
    state === PendingActivityState.PENDING_ACTIVITY_STATE_PAUSE_REQUESTED
  );
}

/** An activity that ended meanwhile is no longer there to be paused. */
async function ifPending(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Error && error.name === "RunNotFound")) throw error;
  }
}

// Redrives a dead letter whose run is over, or stuck: its own workflow does it, and answers here that it will.
import { type DeadLetterRecord, systemTaskQueue } from "../core/dead-letter.ts";
import { DeadLetterNotOpen } from "../core/errors/dead-letter-not-open.ts";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { PayloadTooLarge } from "../core/errors/payload-too-large.ts";
import { RedriveUnsound } from "../core/errors/redrive-unsound.ts";
import { RunClosed } from "../core/errors/run-closed.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import { TemporalUnavailable } from "../core/errors/temporal-unavailable.ts";
import type { LetterEvent } from "../core/letter-event.ts";
import { type ClosedRunMode, type EditedInput, type RedriveRequest, redriveUpdate } from "../core/redrive.ts";
import { standingOf } from "../core/redrive-record.ts";
import { recordIn } from "./dead-letter.ts";
import { describeRaw } from "./describe-raw.ts";
import { parseInput } from "./parse-input.ts";
import { encodeWithinLimit } from "./payloads.ts";
import type { Redrive, RedriveOptions } from "./redrive-dead-letter.ts";
import { planRedrive } from "./redrive-plan.ts";
import { errorOf, runErrorOf } from "./run-failure.ts";
import { type Reach, silenceOf } from "./run-target.ts";
import type { Temporal } from "./temporal.ts";
import { updateRequest } from "./update-request.ts";

/** A dead letter's workflow. */
export interface LocatedLetter {
  readonly id: string;
  readonly workflowId: string;
}

/** @throws what {@link TenutoClient.redrive} throws. */
export async function redriveClosed(reach: Reach, located: LocatedLetter, options: RedriveOptions): Promise<Redrive> {
  const { temporal } = reach;
  const { id } = located;
  const { dryRun = false, by = temporal.identity, reason, batchId } = options;
  const record = await recordOf(temporal, located);
  if (record.status !== "open") throw notOpen(record);
  if (record.event) {
    const input = editedEvent(record, record.event, options);
    const redrive: Redrive = {
      ...{ id, mode: "restart", dryRun, action: "deliver" },
      ...(record.step !== undefined && { step: record.step }),
    };
    if (!dryRun) await send(temporal, located, requestOf({ mode: "restart", by, reason, input, batchId }));
    return redrive;
  }
  const workflowId = record.workflowId.slice(temporal.idPrefix.length);
  const { mode, modes, plan } = await planRedrive(temporal, { ...record, workflowId }, options.mode);
  if (plan.kind === "refused") throw new RedriveUnsound({ id, mode, modes }, plan.why);
  const input = await editedInput(reach, record, { ...options, mode });
  const redrive: Redrive = {
    id,
    mode,
    dryRun,
    ...(record.step !== undefined && { step: record.step }),
    action: plan.kind === "adopted" ? "adopt" : plan.kind,
    ...(plan.kind === "reset" && { again: plan.again }),
  };
  if (!dryRun) await send(temporal, located, requestOf({ mode: mode as ClosedRunMode, by, reason, input, batchId }));
  return redrive;
}

type Asked = Pick<RedriveRequest, "mode" | "by" | "reason"> & {
  readonly input: EditedInput | undefined;
  readonly batchId: string | undefined;
};

function requestOf({ input, batchId, ...asked }: Asked): RedriveRequest {
  return { ...asked, ...(input && { input }), ...(batchId !== undefined && { batchId }) };
}

function notOpen(record: DeadLetterRecord): DeadLetterNotOpen {
  return new DeadLetterNotOpen(record, { action: "redriven", standing: standingOf(record) });
}

async function recordOf(temporal: Temporal, { workflowId }: LocatedLetter): Promise<DeadLetterRecord> {
  const { workflowExecutionInfo: info } = await describeRaw(temporal, { workflowId });
  const record = info ? recordIn(info) : undefined;
  if (record) return record;
  throw new RunNotFound({ workflowId });
}

async function editedInput(
  { app }: Reach,
  { type }: DeadLetterRecord,
  { mode, input, output, incidentId }: RedriveOptions,
): Promise<EditedInput | undefined> {
  assertNotParked({ output, incidentId });
  if (input === undefined) return undefined;
  if (mode !== "restart") throw refused("/input", 'Only "restart" takes other input');
  const contract = app.workflows.find(({ name }) => name === type);
  if (!contract) return { value: input, isParsed: false };
  const what = `The input of workflow "${type}"`;
  return { value: await parseInput(contract.input, input, { what, redact: contract.redact }), isParsed: true };
}

function assertNotParked({ output, incidentId }: Pick<RedriveOptions, "output" | "incidentId">): void {
  if (output !== undefined) throw refused("/output", "Only a parked step can be completed by hand");
  if (incidentId !== undefined) throw refused("/incidentId", "Only a parked run has incidents");
}

function refused(pointer: string, message: string): InvalidInput {
  return new InvalidInput("The redrive", [{ pointer, message }]);
}

/** It goes through a task of the letter's workflow, together with what is known of the letter. */
const mostBytes = 512 * 1024;

/** Its source's schema is that of the worker which delivers it. */
function editedEvent(
  { id }: DeadLetterRecord,
  { content }: LetterEvent,
  { mode = "restart", input, ...ofParked }: RedriveOptions,
): EditedInput | undefined {
  const unsound = (why: string) => new RedriveUnsound({ id, mode, modes: ["restart"] }, why);
  if (mode !== "restart") throw unsound("it is an event: it can be delivered again, and nothing else");
  assertNotParked(ofParked);
  if (input === undefined) {
    if (content === "data") return undefined;
    throw unsound("what came can't be read: give its id, type and data as `input`");
  }
  const bytes = Buffer.byteLength(JSON.stringify(input));
  if (bytes > mostBytes) throw new PayloadTooLarge("The event", { bytes, maxBytes: mostBytes });
  if (content !== "data" && !isEvent(input))
    throw refused("/input", "The event can't be read as it came: give an object with its id, type and data");
  return { value: input, isParsed: false };
}

function isEvent(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { id, type } = value as { readonly id?: unknown; readonly type?: unknown };
  return [id, type].every((name) => typeof name === "string" && name !== "" && name.length <= 255);
}

/** A workflow task that was lost with its worker comes again after ten seconds. */
const takenWithinMs = 15_000;

async function send(temporal: Temporal, { id, workflowId }: LocatedLetter, request: RedriveRequest): Promise<void> {
  const run = { workflowId };
  const payload = encodeWithinLimit(request, "The redrive");
  const update = updateRequest(temporal, { run, name: redriveUpdate, payload });
  const outcome = await temporal
    .call((service) => service.updateWorkflowExecution(update), { run, deadline: temporal.deadline(takenWithinMs) })
    .then((answer) => answer.outcome)
    .catch(async (error: unknown) => {
      if (error instanceof TemporalUnavailable) return undefined;
      if (!(error instanceof RunClosed) && !(error instanceof RunNotFound)) throw error;
      const record = await recordOf(temporal, { id, workflowId });
      throw notOpen(record);
    });
  if (outcome?.success) return;
  if (!outcome?.failure) {
    const target = {
      workflowId,
      runId: "",
      type: "",
      taskQueue: systemTaskQueue,
      isRunning: true,
      contract: undefined,
    };
    throw await silenceOf(temporal, { what: "the redrive", target });
  }
  const { type, message, data } = runErrorOf(outcome.failure);
  if (type === "DeadLetterNotOpen") {
    const { status, standing } = data as { readonly status: string; readonly standing: string };
    throw new DeadLetterNotOpen({ id, status }, { action: "redriven", standing });
  }
  if (type === "InvalidInput") throw new InvalidInput("The redrive", [{ pointer: "/reason", message }]);
  throw errorOf(outcome.failure);
}

// What operators do to a dead letter that has a workflow of its own, without making anything go again.
import { type DeadLetterRecord, discardUpdate, noteUpdate } from "../core/dead-letter.ts";
import { DeadLetterNotOpen } from "../core/errors/dead-letter-not-open.ts";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { RedriveUnsound } from "../core/errors/redrive-unsound.ts";
import { RunClosed } from "../core/errors/run-closed.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import { standingOf } from "../core/redrive-record.ts";
import { type DeadLetter, letterOfRecord } from "./dead-letter.ts";
import { locateDeadLetter } from "./find-dead-letter.ts";
import { decode, encodeWithinLimit } from "./payloads.ts";
import { runErrorOf } from "./run-failure.ts";
import type { Reach } from "./run-target.ts";
import { noteRun, type SteerOptions } from "./steer-run.ts";
import type { Temporal } from "./temporal.ts";
import { updateRequest } from "./update-request.ts";

/** Who discards a dead letter, and why. */
export interface DiscardOptions extends Omit<SteerOptions, "runId"> {
  /** The bulk discard that this is part of. */
  readonly batchId?: string | undefined;
}

/** @throws what {@link TenutoClient.discard} throws. */
export async function discardDeadLetter(
  { temporal }: Reach,
  id: string,
  { by = temporal.identity, reason, batchId }: DiscardOptions,
): Promise<DeadLetter> {
  const { letter, workflowId } = await locateDeadLetter(temporal, id);
  if (letter.kind === "parked") {
    const why = "its run waits; decide its incidents, or cancel the run";
    throw new RedriveUnsound({ id, mode: "discard", modes: letter.modes }, why);
  }
  // The redrive of an event may wait for a worker for days: its letter's workflow says whether it can still be withdrawn.
  const mayWait = letter.event !== undefined && letter.status === "redriving";
  if (letter.status !== "open" && !mayWait) throw closedAlready(letter, "reason");
  return updateLetter(
    { temporal, letter, workflowId },
    { name: discardUpdate, input: { by, reason, ...(batchId !== undefined && { batchId }) }, field: "reason" },
  );
}

/** What somebody wants to be known about a dead letter. */
export interface NoteOptions {
  /** @default the client's `identity` */
  readonly by?: string | undefined;
  readonly note: string;
}

/** @throws what {@link TenutoClient.note} throws. */
export async function noteDeadLetter(
  reach: Reach,
  id: string,
  { by = reach.temporal.identity, note }: NoteOptions,
): Promise<void> {
  const { temporal } = reach;
  const { letter, workflowId } = await locateDeadLetter(temporal, id);
  if (letter.kind === "parked") return noteRun(reach, { workflowId, runId: letter.runId }, { by, note });
  if (letter.status === "resolved" || letter.status === "discarded") throw closedAlready(letter, "note");
  await updateLetter({ temporal, letter, workflowId }, { name: noteUpdate, input: { by, note }, field: "note" });
}

/** What an update of a letter's workflow says; `field` is what it refuses. */
interface LetterUpdate {
  readonly name: typeof discardUpdate | typeof noteUpdate;
  readonly input: object;
  readonly field: "reason" | "note";
}

async function updateLetter(
  { temporal, letter, workflowId }: { temporal: Temporal; letter: DeadLetter; workflowId: string },
  { name, input, field }: LetterUpdate,
): Promise<DeadLetter> {
  const run = { workflowId };
  const request = updateRequest(temporal, { run, name, payload: encodeWithinLimit(input, "The note") });
  const { outcome } = await temporal
    .call((service) => service.updateWorkflowExecution(request), { run })
    .catch((error: unknown) => {
      if (error instanceof RunClosed || error instanceof RunNotFound) throw closedAlready(letter, field);
      throw error;
    });
  if (outcome?.failure) {
    const { type, message, data } = runErrorOf(outcome.failure);
    if (type === "DeadLetterNotOpen") {
      const { status, standing } = data as { readonly status: DeadLetter["status"]; readonly standing: string };
      throw new DeadLetterNotOpen({ id: letter.id, status }, { action: "discarded", standing });
    }
    throw new InvalidInput("The note", [{ pointer: `/${field}`, message }]);
  }
  return letterOfRecord(temporal, decode(outcome?.success?.payloads?.[0]) as DeadLetterRecord);
}

function closedAlready({ id, status, closed }: DeadLetter, field: LetterUpdate["field"]) {
  const action = field === "note" ? "annotated" : "discarded";
  const standing =
    status === "open"
      ? "somebody has closed it just now"
      : standingOf({ status, redrives: [], ...(closed && { closed }) });
  return new DeadLetterNotOpen({ id, status }, { action, standing });
}

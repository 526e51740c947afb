// The updates by which an operator steers a run: decide an incident, pause, resume, skip. What can't be done is refused by
// the validator, before anything is in the history; who did what, and why, is in the history with the update.
import { ApplicationFailure, defineUpdate, setHandler } from "@temporalio/workflow";
import {
  decideUpdate,
  type DecisionRequest,
  type IncidentOutcome,
  runNoteUpdate,
  type OperatorNote,
  pauseUpdate,
  resumeUpdate,
  type RunNote,
  type SkipRequest,
  skipUpdate,
} from "../core/incident.ts";
import type { ParseRequest } from "../core/intake.ts";
import { assertTexts, invalid } from "./call-texts.ts";
import { parse, refusal } from "./parse.ts";
import { pausableActivities } from "./pending-activities.ts";
import {
  addNote,
  type Decided,
  decide,
  type HeldStep,
  heldSteps,
  incidentOutcomes,
  now,
  openIncidents,
  pause,
  pausedBy,
  resume,
} from "./waiting.ts";

/** Lets this run be steered, from its first moment on. */
export function openOperatorCalls(): void {
  setHandler(
    defineUpdate<Pick<IncidentOutcome, "id" | "step" | "action">, [DecisionRequest]>(decideUpdate),
    decideOne,
    {
      validator: (request: DecisionRequest) => void toDecide(request),
      description: "Decides what becomes of a step that is parked",
    },
  );
  setHandler(defineUpdate<{ readonly activityIds: readonly string[] }, [OperatorNote]>(pauseUpdate), pauseRun, {
    validator: assertNote,
    description: "Holds the run at its next step",
  });
  setHandler(defineUpdate<undefined, [RunNote]>(runNoteUpdate), noteOne, {
    validator: assertParkedNote,
    description: "Adds a note to what the run waits for",
  });
  setHandler(defineUpdate<undefined, [OperatorNote]>(resumeUpdate), resumeRun, {
    validator: assertNote,
    description: "Lets a paused run go on",
  });
  setHandler(defineUpdate<{ readonly step: string; readonly key: string }, [SkipRequest]>(skipUpdate), skipOne, {
    validator: (request: SkipRequest) => void toSkip(request),
    description: "Gives the output of a step that is held or parked, instead of running it",
  });
}

/**
 * An operator's call whose sender has not parsed what goes into the step or comes out of it, parsed.
 *
 * @throws `InvalidInput`; the run waits on.
 */
export async function parsedCall(name: string, request: unknown): Promise<unknown> {
  if (name === decideUpdate) {
    const asked = request as DecisionRequest;
    const { step } = toDecide(asked);
    if (asked.input !== undefined) return { ...asked, input: await parsedBy("stepInput", step, asked.input) };
    if (asked.action === "complete") return { ...asked, output: await parsedBy("stepOutput", step, asked.output) };
  }
  if (name === skipUpdate) {
    const asked = request as SkipRequest;
    return { ...asked, output: await parsedBy("stepOutput", toSkip(asked).step, asked.output) };
  }
  return request;
}

export function isOperatorCall(name: string): boolean {
  return calls.has(name);
}

const calls: ReadonlySet<string> = new Set([decideUpdate, runNoteUpdate, pauseUpdate, resumeUpdate, skipUpdate]);

async function parsedBy(kind: ParseRequest["kind"], step: string, input: unknown): Promise<unknown> {
  const outcome = await parse({ kind, name: step, input });
  if (outcome.status === "invalid") throw refusal(outcome);
  return outcome.status === "valid" ? outcome.value : input;
}

// Checked again when it is carried out: another operator may have been faster while this one's input was parsed.
function decideOne(request: DecisionRequest): Pick<IncidentOutcome, "id" | "step" | "action"> {
  const { id, step } = toDecide(request);
  decide(id, decisionOf(request), request.by);
  return { id, step, action: request.action };
}

function decisionOf({ action, ...request }: DecisionRequest): Decided {
  if (action === "complete") return { action, output: request.output };
  if (action === "retry" && request.input !== undefined) return { action, input: request.input, confirmNoEffect: true };
  return { action };
}

function pauseRun(note: OperatorNote): { readonly activityIds: readonly string[] } {
  const { by, reason } = note;
  pause({ by, reason, at: now() });
  return { activityIds: pausableActivities() };
}

function noteOne(note: RunNote): undefined {
  addNote(note);
}

function assertParkedNote({ by, note }: RunNote): void {
  assertTexts({ by, note });
  if (openIncidents().length === 0) throw invalid("/note", "Can only be added to a run that is parked");
}

function resumeRun(): undefined {
  resume();
}

function skipOne(request: SkipRequest): { readonly step: string; readonly key: string } {
  const found = toSkip(request);
  if ("held" in found) found.held.skipped = { output: request.output };
  else decide(found.incidentId, { action: "skip", output: request.output }, request.by);
  return { step: found.step, key: found.key };
}

/** The incident that a request is about, which is open. */
function toDecide(request: DecisionRequest): { readonly id: string; readonly step: string } {
  assertNote(request);
  const { incidentId, action, input, confirmNoEffect } = request;
  if (!["retry", "complete", "fail"].includes(action))
    throw invalid("/action", `Takes "retry", "complete" or "fail", got ${JSON.stringify(action)}`);
  if (input !== undefined && action !== "retry") throw invalid("/input", 'Only "retry" takes other input');
  if (input !== undefined && confirmNoEffect !== true) {
    throw invalid(
      "/confirmNoEffect",
      "Other input makes another idempotency key: confirm with `true` that the attempts so far had no effect",
    );
  }
  const open = openIncidents();
  const found = open.find(({ id }) => id === incidentId);
  if (found) return found;
  const closed = incidentOutcomes().findLast(({ id }) => id === incidentId);
  if (closed) {
    const who = closed.by === undefined ? "" : ` by "${closed.by}"`;
    throw ApplicationFailure.create({
      type: "IncidentDecided",
      message: `Incident "${closed.id}" (${closed.step}) was decided${who} at ${closed.at}: ${closed.action}`,
      nonRetryable: true,
      details: [closed],
    });
  }
  throw ApplicationFailure.create({
    type: "IncidentNotFound",
    message:
      `There is no incident ${JSON.stringify(incidentId)}. ` +
      (open.length === 0 ? "None is open." : `Open: ${open.map(({ id, step }) => `"${id}" (${step})`).join(", ")}.`),
    nonRetryable: true,
    details: [{ open }],
  });
}

type ToSkip = { readonly step: string; readonly key: string } & (
  { readonly held: HeldStep } | { readonly incidentId: string }
);

/** The step that a request is about: held back by a pause, or parked; never an undo. */
function toSkip(request: SkipRequest): ToSkip {
  assertNote(request);
  const { step, key } = request;
  const held = heldSteps()
    .filter(({ skipped }) => !skipped)
    .map((each) => ({ held: each, step: each.step, key: each.key }));
  const waiting: readonly ToSkip[] = [
    ...held,
    ...openIncidents()
      .filter(({ kind }) => kind === "step")
      .map((each) => ({ incidentId: each.id, step: each.step, key: each.key ?? "" })),
  ];
  const fitting = waiting.filter((each) => each.step === step && (key === undefined || each.key === key));
  const [found] = fitting;
  if (found && fitting.length === 1) return found;
  const names = (found ? fitting : waiting).map((each) => `"${each.step}" (key ${each.key})`).join(", ");
  throw ApplicationFailure.create({
    type: "StepNotWaiting",
    message: found
      ? `Several steps of type ${JSON.stringify(step)} wait: name the key of one of ${names}.`
      : `No step ${JSON.stringify(step)} waits here: only one that a pause holds, or that is parked, can be skipped. ` +
        (waiting.length === 0 ? `None waits; the run is ${pausedBy() ? "" : "not "}paused.` : `Waiting: ${names}.`),
    nonRetryable: true,
    details: [{ waiting: waiting.map((each) => ({ step: each.step, key: each.key })) }],
  });
}

function assertNote(note: Partial<OperatorNote> | undefined): void {
  assertTexts({ by: note?.by, reason: note?.reason });
}

// What this run waits for an operator with: parked steps, and a pause. Marks and memo tell it to lists, which then need no
// worker. Module state belongs to one run.
import { condition, upsertMemo, workflowInfo } from "@temporalio/workflow";
import { deadLetterMark } from "../core/dead-letter-id.ts";
import { facetMarks } from "../core/dead-letter-marks.ts";
import { fingerprintOfFailure } from "../core/fingerprint.ts";
import {
  type Incident,
  type IncidentDecision,
  type IncidentOutcome,
  type OperatorNote,
  type RunNote,
  type Waiting,
  waitingMemo,
} from "../core/incident.ts";
import { setMarks } from "./marks.ts";
import { ownDeadLetterId } from "./own-dead-letter.ts";
import { goOn, standStill } from "./standstill.ts";

/** What a parked step goes on with. */
export type Decided = IncidentDecision | { readonly action: "skip"; readonly output: unknown };

interface OpenIncident {
  readonly incident: Incident;
  decided?: Decided;
}

/** A step that a pause keeps back. */
export interface HeldStep {
  readonly step: string;
  readonly key: string;
  skipped?: { readonly output: unknown };
}

/** Who paused this run, when and why. */
export type Paused = OperatorNote & { readonly at: string };

const listedIncidents = 20;
const keptOutcomes = 100;
const keptNotes = 20;

const open = new Map<string, OpenIncident>();
const held = new Set<HeldStep>();
let decided: readonly IncidentOutcome[] = [];
let paused: Paused | undefined;
let notes: NonNullable<Waiting["notes"]> = [];
let lastId = 0;
/** By which lists find this run while it is parked. */
let letterMarks: readonly string[] = [];

/** Parks a step until an operator has decided; a cancellation of the run closes the incident. */
export async function parked(found: Omit<Incident, "id" | "since">): Promise<Decided> {
  lastId += 1;
  const own: OpenIncident = { incident: { id: String(lastId), ...found, since: now() } };
  open.set(own.incident.id, own);
  standStill();
  publish();
  try {
    await condition(() => own.decided !== undefined);
  } catch (error) {
    close(own, { action: "cancel" });
    throw error;
  }
  return own.decided as Decided;
}

/** Lets a parked step go on. */
export function decide(id: string, decision: Decided, by: string): void {
  const own = open.get(id);
  if (!own) return;
  own.decided = decision;
  close(own, { action: decision.action, by });
}

/** Closes what is still open when the run ends: nobody waits for it any more. */
export function closeIncidents(): void {
  for (const own of [...open.values()]) close(own, { action: "cancel" });
}

export function openIncidents(): readonly Incident[] {
  return [...open.values()].map(({ incident }) => incident);
}

/** How the last incidents were closed, oldest first. */
export function incidentOutcomes(): readonly IncidentOutcome[] {
  return decided;
}

export function pausedBy(): Paused | undefined {
  return paused;
}

/** Keeps what somebody wants to be known, for as long as the run is parked. */
export function addNote({ by, note }: RunNote): void {
  notes = [...notes, { by, note, at: now() }].slice(-keptNotes);
  publish();
}

/** Holds every step that would begin from now on. */
export function pause(note: Paused): void {
  if (!paused) standStill();
  paused = note;
  publish();
}

export function resume(): void {
  if (!paused) return;
  paused = undefined;
  goOn();
  publish();
}

export function heldSteps(): readonly HeldStep[] {
  return [...held];
}

/** Keeps a step back while the run is paused; answers with the output that an operator gave instead of it. */
export async function heldBack(step: Pick<HeldStep, "step" | "key">): Promise<HeldStep["skipped"]> {
  const own: HeldStep = { ...step };
  held.add(own);
  try {
    await condition(() => !paused || own.skipped !== undefined);
  } finally {
    held.delete(own);
  }
  return own.skipped;
}

export function now(): string {
  return new Date().toISOString();
}

function close({ incident: { id, step } }: OpenIncident, how: Pick<IncidentOutcome, "action" | "by">): void {
  if (!open.delete(id)) return;
  decided = [...decided, { id, step, ...how, at: now() }].slice(-keptOutcomes);
  goOn();
  publish();
}

function publish(): void {
  const isParked = open.size > 0;
  if (!isParked) notes = [];
  const deadLetterId = ownDeadLetterId();
  if (isParked && letterMarks.length === 0) letterMarks = marksOfFirst(deadLetterId);
  setMarks({
    ...Object.fromEntries(letterMarks.map((mark) => [mark, isParked])),
    paused: paused !== undefined,
  });
  if (!isParked) letterMarks = [];
  const waiting: Waiting = {
    incidents: openIncidents().slice(0, listedIncidents),
    incidentCount: open.size,
    ...(isParked && { deadLetterId }),
    ...(paused && { paused }),
    ...(notes.length > 0 && { notes }),
  };
  upsertMemo({ [waitingMemo]: waiting });
}

/** Set and taken away together: one that changed in between would be a command that recorded runs have not. */
function marksOfFirst(deadLetterId: string): readonly string[] {
  const marks = ["parked", deadLetterMark(deadLetterId)];
  const [first] = openIncidents();
  if (!first) return marks;
  const { step, error } = first;
  const fingerprint = fingerprintOfFailure({ type: workflowInfo().workflowType, step, error });
  return [...marks, ...facetMarks({ step, fingerprint })];
}

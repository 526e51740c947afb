// What this run waits for an operator with: parked steps, and a pause. Marks and memo tell it to lists, which then need no
// worker. Module state belongs to one run.
import { condition, upsertMemo } from "@temporalio/workflow";
import { deadLetterMark } from "../core/dead-letter-id.ts";
import {
  type Incident,
  type IncidentDecision,
  type IncidentOutcome,
  type OperatorNote,
  type Waiting,
  waitingMemo,
} from "../core/incident.ts";
import { setMarks } from "./marks.ts";
import { parkedLetterId } from "./own-dead-letter.ts";
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

const open = new Map<string, OpenIncident>();
const held = new Set<HeldStep>();
let decided: readonly IncidentOutcome[] = [];
let paused: Paused | undefined;
let lastId = 0;

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
  const deadLetterId = parkedLetterId();
  setMarks({ parked: isParked, [deadLetterMark(deadLetterId)]: isParked, paused: paused !== undefined });
  const waiting: Waiting = {
    incidents: openIncidents().slice(0, listedIncidents),
    incidentCount: open.size,
    ...(isParked && { deadLetterId }),
    ...(paused && { paused }),
  };
  upsertMemo({ [waitingMemo]: waiting });
}

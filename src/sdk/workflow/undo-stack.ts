// What a saga has to undo, and in which order: an undo begins when those of all that began after its own step had ended
// are through, or parked. So what ran in sequence is undone newest first, what ran in parallel is undone in parallel, and
// one that waits for an operator holds up no other.
import { sleep } from "@temporalio/workflow";
import type { OpenEffect } from "../core/dead-letter.ts";
import { isProgrammingError } from "../core/programming-error.ts";
import { settleTimer } from "../core/timer-summary.ts";
import { knowsIncidents } from "./exhausted.ts";
import { toldError } from "./run-step.ts";
import type { StepRecord } from "./step-record.ts";
import { asUndoOf, isGivenUp, type UndoneStep } from "./undoing.ts";
import { parked } from "./waiting.ts";

/** One thing to undo: a step, a nested saga, or what `undo` was given. */
export interface Entry {
  /** When it began and ended, on a clock of this run that only counts. */
  readonly began: number;
  readonly endedAt: number;
  /** Settles, and never rejects, when the thing has ended one way or the other. */
  readonly ended: Promise<void>;
  pendingUndos(): number;
  /** Undoes it, once. */
  undo(givenUp: OpenEffect[]): Undoing;
  /** Lets go of what only an undo needs. */
  forget(): void;
}

/** An undo under way. */
export interface Undoing {
  /** Settles when it is finished, or when all of it that is not finished is parked: then the next one begins. */
  readonly through: Promise<void>;
  readonly finished: Promise<void>;
}

// Module state belongs to one run.
let ticks = 0;

/** A later moment than any before. */
export function tick(): number {
  ticks += 1;
  return ticks;
}

export function pendingUndosOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, entry) => sum + entry.pendingUndos(), 0);
}

/** Lets go of what only undos need: nothing of it will be undone any more. */
export function forgetAll(entries: readonly Entry[]): void {
  for (const entry of entries) entry.forget();
}

/** Undoes everything that has ended; what gives up is added to `givenUp`, and stops no other. */
export function undoAll(entries: readonly Entry[], givenUp: OpenEffect[]): Undoing {
  const newestFirst = entries.filter((entry) => entry.pendingUndos() > 0).reverse();
  if (!haveOverlap(newestFirst) || !knowsIncidents())
    return inSequence(newestFirst.map((entry) => () => entry.undo(givenUp)));
  const undone: (Undoing & { readonly began: number })[] = [];
  for (const entry of newestFirst) {
    const later = undone.filter(({ began }) => began > entry.endedAt).map(({ through }) => through);
    const begun = Promise.all(later).then(() => entry.undo(givenUp));
    const through = begun.then((undoing) => undoing.through);
    undone.push({ began: entry.began, through, finished: begun.then(({ finished }) => finished) });
  }
  return { through: all(undone.map(({ through }) => through)), finished: all(undone.map(({ finished }) => finished)) };
}

/** One after the other; each begins when the one before it is through. */
function inSequence(undos: readonly (() => Undoing)[]): Undoing {
  const finished: Promise<void>[] = [];
  const through = (async () => {
    for (const begin of undos) {
      const undoing = begin();
      finished.push(undoing.finished);
      await undoing.through;
    }
  })();
  return { through, finished: through.then(() => all(finished)) };
}

async function all(promises: readonly Promise<void>[]): Promise<void> {
  await Promise.all(promises);
}

function haveOverlap(newestFirst: readonly Entry[]): boolean {
  let earliest = Infinity;
  return newestFirst.some((entry) => {
    if (entry.endedAt > earliest) return true;
    earliest = Math.min(earliest, entry.began);
    return false;
  });
}

/** What an undo is of, and how it is told. */
export interface Undo {
  readonly of: UndoneStep;
  readonly settleMs?: number;
  readonly run: () => Promise<unknown>;
}

/** The undos of a step, one for each key that it was tried under, newest first. */
export function undoStep(record: StepRecord, undos: readonly Undo[], givenUp: OpenEffect[]): Undoing {
  record.state = "undoing";
  const own: OpenEffect[] = [];
  const { through, finished } = inSequence(undos.map((undo) => () => undoOne(undo, own)));
  const told = finished.then(() => {
    givenUp.push(...own);
    record.undone(own.length > 0 ? "undoFailed" : "undone");
  });
  return { through, finished: told };
}

function undoOne(undo: Undo, givenUp: OpenEffect[]): Undoing {
  let letOthersGoOn: () => void = () => undefined;
  const isParked = new Promise<void>((resolve) => (letOthersGoOn = resolve));
  const finished = attempt({ ...undo, of: { ...undo.of, onParked: letOthersGoOn } }, givenUp);
  return { through: Promise.race([isParked, finished]), finished };
}

/** Undoes one thing; when that fails it is parked, until an operator lets it go again or gives it up. */
async function attempt({ of, settleMs, run }: Undo, givenUp: OpenEffect[]): Promise<void> {
  // An attempt that outlived its timeout may still have its effect; undone too early, that effect would stay.
  if (settleMs !== undefined) await sleep(settleMs, { summary: settleTimer });
  const { step, key } = of;
  const which = { step, ...(key !== undefined && { key }) };
  for (;;) {
    try {
      await asUndoOf(of, run);
      return;
    } catch (error) {
      if (isProgrammingError(error)) throw error;
      if (!isGivenUp(error) && knowsIncidents()) {
        of.onParked?.();
        const incident = { kind: "undo", step: "undo", error: toldError(error) } as const;
        const { action } = await parked(key === undefined ? incident : { ...incident, undoes: { step, key } });
        if (action === "retry") continue;
        if (action !== "fail") return;
      }
      givenUp.push({ ...which, error: toldError(error) });
      return;
    }
  }
}

// What a saga has to undo, and in which order: an undo begins when those of all that began after its own step had ended
// are through. So what ran in sequence is undone newest first, and what ran in parallel is undone in parallel.
import { patched, sleep } from "@temporalio/workflow";
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
  undo(givenUp: OpenEffect[]): Promise<void>;
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

/** Undoes everything that has ended; what gives up is added to `givenUp`, and stops no other. */
export async function undoAll(entries: readonly Entry[], givenUp: OpenEffect[]): Promise<void> {
  const newestFirst = entries.filter((entry) => entry.pendingUndos() > 0).reverse();
  if (!haveOverlap(newestFirst) || !patched("tenuto.parallel-undo")) {
    for (const entry of newestFirst) await entry.undo(givenUp);
    return;
  }
  const undone: { readonly began: number; readonly promise: Promise<void> }[] = [];
  for (const entry of newestFirst) {
    const later = undone.filter(({ began }) => began > entry.endedAt).map(({ promise }) => promise);
    const promise = Promise.all(later).then(() => entry.undo(givenUp));
    undone.push({ began: entry.began, promise });
  }
  await Promise.all(undone.map(({ promise }) => promise));
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

/** Undoes one thing; when that fails it is parked, until an operator lets it go again or gives it up. */
async function undoOne({ of, settleMs, run }: Undo, givenUp: OpenEffect[]): Promise<"undone" | "undoFailed"> {
  // An attempt that outlived its timeout may still have its effect; undone too early, that effect would stay.
  if (settleMs !== undefined) await sleep(settleMs, { summary: settleTimer });
  for (;;) {
    try {
      await asUndoOf(of, run);
      return "undone";
    } catch (error) {
      if (isProgrammingError(error)) throw error;
      if (!isGivenUp(error) && knowsIncidents()) {
        const { step, key } = of;
        const { action } = await parked({
          kind: "undo",
          step: "undo",
          ...(key !== undefined && { undoes: { step, key } }),
          error: toldError(error),
        });
        if (action === "retry") continue;
        if (action !== "fail") return "undone";
      }
      givenUp.push({ ...of, error: toldError(error) });
      return "undoFailed";
    }
  }
}

/** The undos of a step, one for each key that it was tried under, newest first. */
export async function undoStep(record: StepRecord, undos: readonly Undo[], givenUp: OpenEffect[]): Promise<void> {
  record.state = "undoing";
  const before = givenUp.length;
  for (const undo of undos) await undoOne(undo, givenUp);
  record.undone(givenUp.length > before ? "undoFailed" : "undone");
}

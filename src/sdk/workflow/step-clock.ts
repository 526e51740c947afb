// Tells Node when a step has ended, and how. Nothing here may change a run: it waits for nothing, and makes no command.
import { ActivityFailure, isCancellation, proxySinks, workflowInfo } from "@temporalio/workflow";
import type { StepOutcomeName, StepSinks } from "../core/step-end.ts";

const { tenutoSteps } = proxySinks<StepSinks>();

// Module state belongs to one run.
let steps = 0;

/** Times one step. */
export class StepClock {
  readonly #activity: string;
  readonly #step = ++steps;
  #ends = 0;
  #workedMs = 0;
  #sinceMs: number | undefined;

  constructor(activity: string) {
    this.#activity = activity;
  }

  /** It is scheduled, the first time or again. */
  begins(): void {
    this.#sinceMs = Date.now();
  }

  ends(outcome: StepOutcomeName): void {
    if (this.#sinceMs !== undefined) this.#workedMs += Date.now() - this.#sinceMs;
    this.#sinceMs = undefined;
    this.#ends += 1;
    if (workflowInfo().unsafe.isReplaying) return;
    const id = `${this.#step}.${this.#ends}`;
    tenutoSteps.ended({ id, activity: this.#activity, outcome, durationMs: this.#workedMs });
  }

  /** What never reached the server was no step. */
  failed(error: unknown): void {
    if (error instanceof ActivityFailure) this.ends(isCancellation(error) ? "canceled" : "failed");
  }
}

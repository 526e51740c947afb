// What the run knows of one step: each key that it was tried under, and what came of it.
import { ActivityFailure, ApplicationFailure, TimeoutFailure } from "@temporalio/workflow";
import { isDeclaredError } from "../core/declared-error.ts";
import { isoOf } from "../core/iso-of.ts";
import type { SagaStep, SagaStepState } from "../core/run-account.ts";
import { attemptTimedOut } from "../core/step-failure.ts";
import { isCompensating } from "./reset-purpose.ts";

/** One key, and whether the step had its effect under it; `none` when it can't have had any. */
export interface Try {
  readonly key: string;
  outcome: "none" | "unknown" | "done";
  output?: unknown;
  /** Whether an attempt may still be under way at the provider. */
  timedOut: boolean;
}

/** A step, from its call to its undo. */
export class StepRecord {
  readonly step: string;
  readonly tries: Try[] = [];
  state: SagaStepState = "pending";
  // The run's own clock, which a replay repeats.
  readonly #scheduledAt = Date.now();
  #endedAt: number | undefined;
  #undoneAt: number | undefined;

  constructor(step: string, key?: string) {
    this.step = step;
    if (key !== undefined) this.tryUnder(key);
  }

  /** The try that is under way, or was the last. */
  get current(): Try {
    const last = this.tries.at(-1);
    if (!last) throw new TypeError(`Step "${this.step}" has no key`);
    return last;
  }

  tryUnder(key: string): void {
    this.tries.push({ key, outcome: "none", timedOut: false });
  }

  ended(output: unknown): void {
    Object.assign(this.current, { outcome: "done", output });
    this.#end("done");
  }

  /** A declared error is an answer: nothing was done. So was nothing that never reached the server. */
  failed(error: unknown, typed: unknown): void {
    const wasScheduled = error instanceof ActivityFailure;
    // The run that a reset has ended may have begun what its successor is kept from, and attempts of it may still be under way.
    if (wasScheduled || isCompensating()) {
      this.current.outcome = isDeclaredError(typed) ? "none" : "unknown";
      this.current.timedOut = isTimeout(error) || isCompensating();
    }
    this.#end(this.tries.some(({ outcome }) => outcome !== "none") ? "unknown" : "failed");
  }

  /** An operator gave the output instead: whatever was done stays. */
  skipped(): void {
    for (const each of this.tries) each.outcome = "none";
    this.#end("skipped");
  }

  undone(state: "undone" | "undoFailed"): void {
    this.state = state;
    this.#undoneAt = Date.now();
  }

  /** The account tells of a step for as long as the run is open; what it answered is not part of that. */
  forget(): void {
    for (const each of this.tries) each.output = undefined;
  }

  told(): SagaStep {
    const key = this.tries.at(-1)?.key;
    return {
      step: this.step,
      ...(key !== undefined && { key }),
      state: this.state,
      scheduledAt: isoOf(this.#scheduledAt),
      ...(this.#endedAt !== undefined && { endedAt: isoOf(this.#endedAt) }),
      ...(this.#undoneAt !== undefined && { undoneAt: isoOf(this.#undoneAt) }),
    };
  }

  #end(state: SagaStepState): void {
    this.state = state;
    this.#endedAt = Date.now();
  }
}

function isTimeout(error: unknown): boolean {
  const cause = error instanceof ActivityFailure ? error.cause : undefined;
  return cause instanceof TimeoutFailure || (cause instanceof ApplicationFailure && cause.type === attemptTimedOut);
}

// What a saga can undo: a step, whatever `undo(fn)` was given, and a saga within.
import type { OpenEffect } from "../core/dead-letter.ts";
import { enter } from "./account.ts";
import { type ActivityCall, scheduleOf } from "./activities.ts";
import { runStep } from "./run-step.ts";
import { asUndoable } from "./step-keys.ts";
import { StepRecord, type Try } from "./step-record.ts";
import {
  type Entry,
  forgetAll,
  pendingUndosOf,
  tick,
  type Undo,
  undoAll,
  type Undoing,
  undoStep,
} from "./undo-stack.ts";

/**
 * What is known of a step when it is undone: it was done, or nobody can tell (its answer was lost, it timed out, or it
 * failed undeclared). The undo of something that never happened must be a no-op at the provider; `key` says which it is.
 */
export type StepOutcome<Output> =
  | { readonly outcome: "done"; readonly output: Output; readonly key: string }
  | { readonly outcome: "unknown"; readonly output: undefined; readonly key: string };

/** A step and its undo, once for each key that it was tried under. */
export class SagaStep<Input, Output> implements Entry {
  readonly began = tick();
  endedAt = Infinity;
  ended = Promise.resolve();
  readonly #activity: ActivityCall<Input, Output>;
  readonly #record: StepRecord;
  readonly #compensate: (step: StepOutcome<Output>) => Promise<unknown>;

  constructor(
    activity: ActivityCall<Input, Output>,
    key: string,
    compensate: (step: StepOutcome<Output>) => Promise<unknown>,
  ) {
    this.#activity = activity;
    this.#record = new StepRecord(activity.activityType, key);
    this.#compensate = compensate;
    enter(this.#record);
  }

  run(input: Input): Promise<Output> {
    const schedule = scheduleOf(this.#activity);
    const running = runStep((given) => asUndoable(() => schedule(given)), input, this.#record) as Promise<Output>;
    const end = () => {
      this.endedAt = tick();
    };
    this.ended = running.then(end, end);
    return running;
  }

  pendingUndos(): number {
    if (this.endedAt === Infinity) return 1;
    return isUndone(this.#record) || this.#undos().length === 0 ? 0 : 1;
  }

  undo(givenUp: OpenEffect[]): Undoing {
    return undoStep(this.#record, this.#undos(), givenUp);
  }

  forget(): void {
    this.#record.forget();
  }

  #undos(): Undo[] {
    const { activityType: step, settleMs } = this.#activity;
    const tries = this.#record.tries.filter(({ outcome }) => outcome !== "none").reverse();
    return tries.map((tried) => ({
      of: { step, key: tried.key },
      ...(tried.timedOut && { settleMs }),
      run: () => this.#compensate(outcomeOf(tried)),
    }));
  }
}

/** What `undo(fn)` was given. */
export class OtherUndo implements Entry {
  readonly began = tick();
  readonly endedAt = this.began;
  readonly ended = Promise.resolve();
  readonly #record = new StepRecord("undo");
  readonly #undo: () => Promise<unknown>;

  constructor(undo: () => Promise<unknown>) {
    this.#undo = undo;
    this.#record.state = "done";
    enter(this.#record);
  }

  pendingUndos(): number {
    return isUndone(this.#record) ? 0 : 1;
  }

  undo(givenUp: OpenEffect[]): Undoing {
    return undoStep(this.#record, [{ of: { step: "undo" }, run: this.#undo }], givenUp);
  }

  forget(): void {
    this.#record.forget();
  }
}

/** A saga that completed is undone with the outer one; one that failed has undone its own already. */
export class NestedSaga implements Entry {
  readonly began: number;
  endedAt = Infinity;
  readonly ended: Promise<void>;
  readonly #entries: readonly Entry[];

  constructor(entries: readonly Entry[], began: number, running: Promise<unknown>) {
    this.#entries = entries;
    this.began = began;
    const end = () => {
      this.endedAt = tick();
    };
    this.ended = running.then(end, end);
  }

  pendingUndos(): number {
    return pendingUndosOf(this.#entries);
  }

  undo(givenUp: OpenEffect[]): Undoing {
    return undoAll(this.#entries, givenUp);
  }

  forget(): void {
    forgetAll(this.#entries);
  }
}

function isUndone({ state }: StepRecord): boolean {
  return state === "undone" || state === "undoFailed";
}

function outcomeOf<Output>({ key, outcome, output }: Try): StepOutcome<Output> {
  if (outcome === "done") return { outcome, output: output as Output, key };
  return { outcome: "unknown", output: undefined, key };
}

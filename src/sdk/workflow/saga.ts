// A saga remembers, newest first, how to undo what it did.
// Why that is safe: an undo is registered before its step is scheduled, so no crash falls between the two; the stack is
// rebuilt by replay; and undoing starts only when every step in flight has ended, so no step of this run lands after its
// own undo. What an attempt left behind at a provider after that is refused there by the step's key.
// How it fails: an undo that gives up stops no other; the run ends as SagaPartial (or canceled) and carries a mark.
import {
  ActivityFailure,
  ApplicationFailure,
  AsyncLocalStorage,
  CancellationScope,
  CancelledFailure,
  isCancellation,
  sleep,
  TimeoutFailure,
} from "@temporalio/workflow";
import { isDeclaredError } from "../core/declared-error.ts";
import { SagaOpen } from "../core/errors/saga-open.ts";
import { isProgrammingError } from "../core/programming-error.ts";
import { attemptTimedOut } from "../core/step-failure.ts";
import type { ActivityCall } from "./activities.ts";
import { failureOf } from "./errors.ts";
import { addMark } from "./marks.ts";
import { nextStepKey } from "./step-keys.ts";

/**
 * What is known of a step when it is undone: it was done, or nobody can tell (its answer was lost, it timed out, or it
 * failed undeclared). The undo of something that never happened must be a no-op at the provider; `key` says which it is.
 */
export type StepOutcome<Output> =
  | { readonly outcome: "done"; readonly output: Output; readonly key: string }
  | { readonly outcome: "unknown"; readonly output: undefined; readonly key: string };

/** What the body of a saga is given. */
export interface Saga {
  /**
   * Registers how to undo a step, then runs it. It is not undone when it was never scheduled, or failed with a declared
   * error: that is an answer.
   */
  readonly step: <Input, Output>(
    activity: ActivityCall<Input, Output>,
    input: Input,
    compensate: (step: StepOutcome<Output>) => Promise<unknown>,
  ) => Promise<Output>;
  /** Registers an undo of anything else; call it before the thing is done. */
  readonly undo: (undo: () => Promise<unknown>) => void;
}

/** An undo that gave up, as it is told by the run's `SagaPartial` failure. */
interface UndoGivenUp {
  readonly step: string;
  readonly key?: string;
  readonly type: string;
  readonly message: string;
}

/** One thing to undo: a step, a nested saga, or what `undo` was given. */
interface Entry {
  /** Settles, and never rejects, when the thing has ended one way or the other. */
  readonly ended: Promise<void>;
  pendingUndos(): number;
  undo(givenUp: UndoGivenUp[]): Promise<void>;
}

const enclosing = new AsyncLocalStorage<Entry[]>();
const openSagas = new Set<readonly Entry[]>();

/**
 * Runs a body whose finished steps are undone, newest first, when it can't finish or is canceled.
 *
 * A programming error undoes nothing: it fails the workflow task, and the run goes on after the fix. A saga inside a
 * saga is undone as one step of the outer one.
 *
 * @throws what the body threw, once the undos are through; `SagaPartial` when one of them gave up.
 * @example
 * ```ts
 * await saga(async ({ step }) => {
 *   await step(stock.reserve, { orderId, lines }, ({ key }) => stock.release({ orderId, reserveKey: key }));
 *   await step(pay.chargeCard, charge, ({ key }) => pay.refundCard({ orderId, chargeKey: key }));
 * });
 * ```
 */
export async function saga<T>(body: (saga: Saga) => Promise<T>): Promise<T> {
  const outer = enclosing.getStore();
  const entries: Entry[] = [];
  const scope = new CancellationScope();
  const running = runUndoing(entries, scope, () =>
    enclosing.run(entries, () => scope.run(() => body(sagaOver(entries)))),
  );
  outer?.push(nestedEntry(entries, running));
  return await running;
}

/** @throws {@link SagaOpen} while a saga of this run has undos to remember. */
export function refuseWhileSagaOpen(): void {
  const pending = pendingUndosOf([...openSagas].flat());
  if (pending > 0) throw new SagaOpen(pending);
}

async function runUndoing<T>(entries: Entry[], scope: CancellationScope, body: () => Promise<T>): Promise<T> {
  openSagas.add(entries);
  try {
    return await body();
  } catch (error) {
    if (isProgrammingError(error)) throw error;
    scope.cancel();
    const original = asCancellation(error);
    return await CancellationScope.nonCancellable(() => undoAndThrow(entries, original));
  } finally {
    openSagas.delete(entries);
  }
}

/** A step that fails in a run that is being canceled does not turn the cancellation into a failure. */
function asCancellation(error: unknown): unknown {
  if (isCancellation(error) || !CancellationScope.current().consideredCancelled) return error;
  const cause = failureOf(error);
  return new CancelledFailure("Canceled while a step was failing", [], cause instanceof Error ? cause : undefined);
}

function sagaOver(entries: Entry[]): Saga {
  return {
    step: (activity, input, compensate) => {
      const key = nextStepKey(activity.activityType, input);
      const step = new Step(activity, key, compensate);
      entries.push(step);
      return step.run(input);
    },
    undo: (undo) => {
      entries.push({
        ended: Promise.resolve(),
        pendingUndos: () => 1,
        undo: (givenUp) => attempt(undo, { step: "undo" }, givenUp),
      });
    },
  };
}

class Step<Input, Output> implements Entry {
  ended = Promise.resolve();
  #outcome: StepOutcome<Output> | { readonly outcome: "none" } = { outcome: "none" };
  #timedOut = false;
  readonly #activity: ActivityCall<Input, Output>;
  readonly #key: string;
  readonly #compensate: (step: StepOutcome<Output>) => Promise<unknown>;

  constructor(
    activity: ActivityCall<Input, Output>,
    key: string,
    compensate: (step: StepOutcome<Output>) => Promise<unknown>,
  ) {
    this.#activity = activity;
    this.#key = key;
    this.#compensate = compensate;
  }

  run(input: Input): Promise<Output> {
    const key = this.#key;
    this.#outcome = { outcome: "unknown", output: undefined, key };
    const running = this.#activity(input, { key });
    this.ended = running.then(
      (output) => {
        this.#outcome = { outcome: "done", output, key };
      },
      (error: unknown) => {
        if (isDeclaredError(error) || !wasScheduled(error)) this.#outcome = { outcome: "none" };
        this.#timedOut = isTimeout(error);
      },
    );
    return running;
  }

  pendingUndos(): number {
    return this.#outcome.outcome === "none" ? 0 : 1;
  }

  async undo(givenUp: UndoGivenUp[]): Promise<void> {
    const known = this.#outcome;
    if (known.outcome === "none") return;
    // An attempt that outlived its timeout may still have its effect; undone too early, that effect would stay.
    if (this.#timedOut) await sleep(this.#activity.settleMs);
    await attempt(() => this.#compensate(known), { step: this.#activity.activityType, key: this.#key }, givenUp);
  }
}

function nestedEntry(entries: Entry[], running: Promise<unknown>): Entry {
  const ended = running.then(
    () => undefined,
    // A saga that failed has undone its own already.
    () => void entries.splice(0),
  );
  return {
    ended,
    pendingUndos: () => pendingUndosOf(entries),
    undo: (givenUp) => undoNewestFirst(entries, givenUp),
  };
}

function pendingUndosOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, entry) => sum + entry.pendingUndos(), 0);
}

async function undoAndThrow(entries: Entry[], original: unknown): Promise<never> {
  const givenUp: UndoGivenUp[] = [];
  await Promise.all(entries.map(({ ended }) => ended));
  await undoNewestFirst(entries, givenUp);
  if (givenUp.length === 0) throw original;
  addMark("partial");
  if (isCancellation(original)) throw original;
  const cause = failureOf(original);
  throw ApplicationFailure.create({
    type: "SagaPartial",
    nonRetryable: true,
    message:
      `The saga is only partly undone: ${givenUp.map(({ step }) => `"${step}"`).join(", ")} could not be undone. ` +
      "Undo by hand what the details list; what failed first is the cause.",
    details: [{ undos: givenUp }],
    ...(cause instanceof Error && { cause }),
  });
}

async function undoNewestFirst(entries: Entry[], givenUp: UndoGivenUp[]): Promise<void> {
  for (let entry = entries.pop(); entry; entry = entries.pop()) {
    await entry.ended;
    await entry.undo(givenUp);
  }
}

async function attempt(
  undo: () => Promise<unknown>,
  which: Pick<UndoGivenUp, "step" | "key">,
  givenUp: UndoGivenUp[],
): Promise<void> {
  try {
    await undo();
  } catch (error) {
    if (isProgrammingError(error)) throw error;
    const reason = error instanceof ActivityFailure ? error.cause : error;
    const type = reason instanceof ApplicationFailure ? reason.type : undefined;
    givenUp.push({
      ...which,
      type: type ?? (reason instanceof Error ? reason.name : "NonError"),
      message: reason instanceof Error ? reason.message : String(reason),
    });
  }
}

/** A step canceled before it was scheduled is told by a bare cancellation; anything later comes as an activity's failure. */
function wasScheduled(error: unknown): boolean {
  return !(error instanceof CancelledFailure);
}

function isTimeout(error: unknown): boolean {
  const cause = error instanceof ActivityFailure ? error.cause : undefined;
  return cause instanceof TimeoutFailure || (cause instanceof ApplicationFailure && cause.type === attemptTimedOut);
}

// A saga remembers how to undo what it did.
// Why that is safe: an undo is registered before its step is scheduled, so no crash falls between the two; the stack is
// rebuilt by replay; and undoing starts only when every step in flight has ended, so no step of this run lands after its
// own undo. What an attempt left behind at a provider after that is refused there by the step's key.
// How it fails: an undo that can't be done is parked; given up, it stops no other, the run ends as SagaPartial (or
// canceled), carries a mark, and leaves an open dead letter.
import {
  ApplicationFailure,
  AsyncLocalStorage,
  CancellationScope,
  CancelledFailure,
  isCancellation,
} from "@temporalio/workflow";
import type { OpenEffect } from "../core/dead-letter.ts";
import { SagaOpen } from "../core/errors/saga-open.ts";
import { isProgrammingError } from "../core/programming-error.ts";
import type { ActivityCall } from "./activities.ts";
import { deadlineState, endedByDeadline } from "./deadline.ts";
import { failureOf } from "./errors.ts";
import { knowsIncidents } from "./exhausted.ts";
import { setMarks } from "./marks.ts";
import { closeSaga, openSaga, pendingUndos } from "./open-sagas.ts";
import { reportPartial } from "./report.ts";
import { purposeAsked } from "./reset-purpose.ts";
import { nextStepKey } from "./step-keys.ts";
import { NestedSaga, OtherUndo, SagaStep, type StepOutcome } from "./saga-entries.ts";
import { type Entry, forgetAll, tick, undoAll } from "./undo-stack.ts";

/** What the body of a saga is given. */
export interface Saga {
  /**
   * Registers how to undo a step, then runs it. It is not undone when it was never scheduled, or failed with a declared
   * error: that is an answer. After an operator gave it other input, it is undone once for each key that was tried.
   */
  readonly step: <Input, Output>(
    activity: ActivityCall<Input, Output>,
    input: Input,
    compensate: (step: StepOutcome<Output>) => Promise<unknown>,
  ) => Promise<Output>;
  /** Registers an undo of anything else; call it before the thing is done. */
  readonly undo: (undo: () => Promise<unknown>) => void;
}

const enclosing = new AsyncLocalStorage<Entry[]>();

/**
 * Runs a body whose finished steps are undone when it can't finish or is canceled: newest first, and in parallel what ran
 * in parallel.
 *
 * A programming error undoes nothing: it fails the workflow task, and the run goes on after the fix. A saga inside a
 * saga is undone as one step of the outer one. An undo that fails is parked: the run waits for an operator's decision.
 *
 * @throws what the body threw, once the undos are through; `SagaPartial` when one of them was given up.
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
  const began = tick();
  const running = runUndoing(entries, scope, () =>
    enclosing.run(entries, () => scope.run(() => body(sagaOver(entries)))),
  );
  outer?.push(new NestedSaga(entries, began, running));
  const result = await running;
  if (!outer) forgetAll(entries);
  return result;
}

/** @throws {@link SagaOpen} while a saga of this run has undos to remember. */
export function refuseWhileSagaOpen(): void {
  const pending = pendingUndos();
  if (pending > 0) throw new SagaOpen(pending);
}

async function runUndoing<T>(entries: Entry[], scope: CancellationScope, body: () => Promise<T>): Promise<T> {
  openSaga(entries);
  try {
    return await body();
  } catch (error) {
    if (isProgrammingError(error)) throw error;
    scope.cancel();
    const original = reasonOf(error);
    return await CancellationScope.nonCancellable(() => undoAndThrow(entries, original));
  } finally {
    closeSaga(entries);
  }
}

/** A step that fails in a run that is being canceled does not turn the cancellation, or the deadline, into a failure. */
function reasonOf(error: unknown): unknown {
  if (isCancellation(error) || !CancellationScope.current().consideredCancelled) return endedByDeadline(error) ?? error;
  if (deadlineState()?.exceeded && isEndOfInnerSaga(error)) return error;
  const cause = failureOf(error);
  const canceled = new CancelledFailure(
    "Canceled while a step was failing",
    [],
    cause instanceof Error ? cause : undefined,
  );
  return endedByDeadline(canceled) ?? canceled;
}

function isEndOfInnerSaga(error: unknown): boolean {
  return error instanceof ApplicationFailure && (error.type === "DeadlineExceeded" || error.type === "SagaPartial");
}

function sagaOver(entries: Entry[]): Saga {
  return {
    step: (activity, input, compensate) => {
      const step = new SagaStep(activity, nextStepKey(activity.activityType, input), compensate);
      entries.push(step);
      return step.run(input);
    },
    undo: (undo) => {
      entries.push(new OtherUndo(undo));
    },
  };
}

async function undoAndThrow(entries: readonly Entry[], original: unknown): Promise<never> {
  const givenUp: OpenEffect[] = [];
  await Promise.all(entries.map(({ ended }) => ended));
  const purpose = purposeAsked();
  if (purpose) await purpose;
  await undoAll(entries, givenUp).finished;
  if (givenUp.length === 0) throw original;
  setMarks({ partial: true });
  if (knowsIncidents()) await reportPartial(original, givenUp);
  if (isCancellation(original)) throw original;
  const cause = failureOf(original);
  throw ApplicationFailure.create({
    type: "SagaPartial",
    nonRetryable: true,
    message:
      `The saga is only partly undone: ${givenUp.map(({ step }) => `"${step}"`).join(", ")} could not be undone. ` +
      "Undo by hand what the details list; what failed first is the cause.",
    details: [
      { undos: givenUp.map(({ step, key, error }) => ({ step, ...(key !== undefined && { key }), ...error })) },
    ],
    ...(cause instanceof Error && { cause }),
  });
}

// Runs one step: holds it while the run is paused, parks it when its retries ran out, and goes on as the operator decides.
import { ActivityFailure, ApplicationFailure, CancellationScope, isCancellation } from "@temporalio/workflow";
import { DeclaredError, isDeclaredError } from "../core/declared-error.ts";
import { hashJson, nextGenerationKey } from "../core/idempotency-key.ts";
import type { Incident } from "../core/incident.ts";
import { RetryableError } from "../core/retryable-error.ts";
import { isMarkedDeclared, isMarkedRetryable } from "../core/step-failure.ts";
import { knowsIncidents, verdictOn } from "./exhausted.ts";
import { StepClock } from "./step-clock.ts";
import { withStepKey } from "./step-keys.ts";
import type { StepRecord } from "./step-record.ts";
import { giveUp, undoneStep } from "./undoing.ts";
import { type Decided, heldBack, parked, pausedBy } from "./waiting.ts";

/** Schedules an activity; scheduling reaches the interceptor before it returns. */
export type Schedule = (input: unknown) => Promise<unknown>;

/** @throws the step's declared or retryable error, or the failure that Temporal gives. */
export async function runStep(schedule: Schedule, input: unknown, record: StepRecord): Promise<unknown> {
  const firstKey = record.current.key;
  const clock = new StepClock(record.step);
  for (;;) {
    if (pausedBy() && !undoneStep()) {
      const skipped = await held(record);
      if (skipped) {
        clock.ends("skipped");
        return skipped.output;
      }
    }
    let failure: unknown;
    try {
      clock.begins();
      const output = await withStepKey(record.current.key, () => schedule(input));
      record.ended(output);
      clock.ends("succeeded");
      return output;
    } catch (error) {
      failure = typedErrorIn(error) ?? error;
      record.failed(error, failure);
      if (!isExhausted(error, failure)) {
        clock.failed(error);
        throw failure;
      }
    }
    const decided = await decisionOn(record, failure, clock);
    if (decided.action === "complete") record.ended(decided.output);
    if (decided.action === "skip") record.skipped();
    if (decided.action === "complete" || decided.action === "skip") {
      clock.ends(decided.action === "skip" ? "skipped" : "succeeded");
      return decided.output;
    }
    if (decided.action === "fail") {
      clock.ends("failed");
      if (undoneStep()) giveUp(failure);
      throw failure;
    }
    // The same input is the same step: a new key would let its effect happen again.
    if ("input" in decided && hashJson(decided.input) !== hashJson(input)) {
      input = decided.input;
      record.tryUnder(nextGenerationKey(firstKey, record.tries.length));
    }
    record.state = "pending";
  }
}

/** What of a failure is told to lists and operators. */
export function toldError(error: unknown): Incident["error"] {
  const reason = error instanceof ActivityFailure ? error.cause : error;
  const type = reason instanceof ApplicationFailure || isTyped(reason) ? reason.type : undefined;
  const message = reason instanceof Error ? reason.message : String(reason);
  return {
    type: type ?? (reason instanceof Error ? reason.name : "NonError"),
    message: message.slice(0, longestMessage),
  };
}

const longestMessage = 1_000;

async function held(record: StepRecord): Promise<{ readonly output: unknown } | undefined> {
  record.state = "held";
  try {
    const skipped = await heldBack({ step: record.step, key: record.current.key });
    if (skipped) record.skipped();
    else record.state = "pending";
    return skipped;
  } catch (error) {
    record.failed(error, error);
    throw error;
  }
}

/** A run that is being canceled parks nothing. */
async function decisionOn(record: StepRecord, failure: unknown, clock: StepClock): Promise<Decided> {
  if (CancellationScope.current().consideredCancelled || !knowsIncidents()) return { action: "fail" };
  const undoes = undoneStep();
  const verdict = await verdictOn({ activityType: record.step, isUndo: undoes !== undefined });
  if (verdict === "fail" || CancellationScope.current().consideredCancelled) return { action: "fail" };
  const { state } = record;
  record.state = "parked";
  clock.ends("parked");
  undoes?.onParked?.();
  try {
    return await parked({
      kind: undoes ? "undo" : "step",
      step: record.step,
      key: record.current.key,
      ...(undoes?.key !== undefined && { undoes: { step: undoes.step, key: undoes.key } }),
      error: toldError(failure),
    });
  } catch (error) {
    clock.ends("canceled");
    throw error;
  } finally {
    record.state = state;
  }
}

function isExhausted(error: unknown, typed: unknown): boolean {
  return error instanceof ActivityFailure && !isCancellation(error) && !isDeclaredError(typed);
}

function isTyped(error: unknown): error is DeclaredError | RetryableError {
  return isDeclaredError(error) || error instanceof RetryableError;
}

/** The error that an activity's contract declares, in the failure that Temporal gives. */
function typedErrorIn(error: unknown): DeclaredError | RetryableError | undefined {
  const cause = error instanceof ActivityFailure ? error.cause : undefined;
  if (!(cause instanceof ApplicationFailure)) return undefined;
  const type = cause.type ?? "Unknown";
  const options = { cause: error, message: cause.message };
  if (isMarkedDeclared(cause.details)) return new DeclaredError(type, cause.details?.[0], options);
  if (isMarkedRetryable(cause.details)) return new RetryableError(type, cause.details?.[0], options);
  return undefined;
}

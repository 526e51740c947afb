import { ActivityCancellationType, type ActivityOptions, proxyActivities } from "@temporalio/workflow";
import type { z } from "zod";
import {
  type ActivitiesContract,
  type ActivityDefinition,
  type ActivityDefinitions,
  activityTypeOf,
} from "../core/define-activities.ts";
import { parseDuration } from "../core/duration.ts";
import { temporalPriority } from "../core/priority.ts";
import { resolveRetryPolicy } from "../core/retry-policy.ts";
import { workerLost, workerLostAfterMs } from "../core/step-failure.ts";
import { runStep, type Schedule } from "./run-step.ts";
import { nextStepKey } from "./step-keys.ts";
import { StepRecord } from "./step-record.ts";
import { taskQueueFor } from "./task-queue.ts";

/** How one call of an activity differs from others. */
export interface CallOptions {
  /** The idempotency key, where code that came later would otherwise shift it. @default made from the run and the call */
  readonly key?: string;
}

/** An activity as workflow code calls it. */
export interface ActivityCall<Input = never, Output = unknown> {
  (input: Input, options?: CallOptions): Promise<Output>;
  readonly activityType: string;
  /** How long a late effect of a timed-out attempt is waited for before the step is undone, in milliseconds. */
  readonly settleMs: number;
}

/** The activities of a contract as workflow code calls them. */
export type ActivityCalls<Definitions extends ActivityDefinitions> = {
  readonly [Name in keyof Definitions]: ActivityCall<
    z.output<Definitions[Name]["input"]>,
    z.output<Definitions[Name]["output"]>
  >;
};

/**
 * The activities of a contract, ready to be called from a workflow, each with its declared timeout and retries.
 *
 * A declared error arrives as the `DeclaredError` that it is, a retryable one whose retries ran out as a
 * `RetryableError`, any other failure as Temporal's `ActivityFailure`.
 *
 * @example
 * ```ts
 * const pay = activities(payments);
 * const { chargeId } = await pay.chargeCard({ amountCents: 1200, card: "ok" });
 * ```
 */
export function activities<Definitions extends ActivityDefinitions>(
  contract: ActivitiesContract<Definitions>,
): ActivityCalls<Definitions> {
  const calls = Object.entries(contract.definitions).map(
    ([name, definition]) => [name, activityCall(activityTypeOf(contract.name, name), definition)] as const,
  );
  return Object.fromEntries(calls) as unknown as ActivityCalls<Definitions>;
}

/** How the activity behind a call is scheduled. */
export function scheduleOf(call: ActivityCall): Schedule {
  const schedule = schedules.get(call);
  if (schedule) return schedule;
  throw new TypeError("A step takes an activity of `activities(contract)`, and not another function");
}

const schedules = new WeakMap<object, Schedule>();

function activityCall(activityType: string, definition: ActivityDefinition): ActivityCall<unknown> {
  const options = optionsOf(definition);
  const schedule: Schedule = (input) => {
    // The app is known by the run.
    const taskQueue = taskQueueFor(definition.queue);
    return (proxyActivities<Record<string, Schedule>>({ ...options, taskQueue })[activityType] as Schedule)(input);
  };
  const call = (input: unknown, { key = nextStepKey(activityType, input) }: CallOptions = {}) =>
    runStep(schedule, input, new StepRecord(activityType, key));
  const settleMs = parseDuration(definition.settle ?? definition.attemptTimeout);
  schedules.set(call, schedule);
  return Object.assign(call, { activityType, settleMs });
}

function optionsOf({ attemptTimeout, totalTimeout, lane, retry }: ActivityDefinition): ActivityOptions {
  const { retries, firstWaitMs, factor, maxWaitMs, on } = resolveRetryPolicy(retry);
  const priority = temporalPriority(lane);
  return {
    startToCloseTimeout: parseDuration(attemptTimeout) + workerLostAfterMs,
    ...(totalTimeout !== undefined && { scheduleToCloseTimeout: parseDuration(totalTimeout) }),
    // What it does not say, the server takes from the run.
    ...(priority && { priority }),
    // Nothing else tells what became of a step that was canceled while it ran.
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: {
      maximumAttempts: retries + 1,
      initialInterval: firstWaitMs,
      backoffCoefficient: factor,
      maximumInterval: maxWaitMs,
      ...(on[workerLost]?.retries === 0 && { nonRetryableErrorTypes: [workerLostInTemporal] }),
    },
  };
}

/** How a retry policy of Temporal names the timeout that a lost worker ends in. */
const workerLostInTemporal = "TemporalTimeout:StartToClose";

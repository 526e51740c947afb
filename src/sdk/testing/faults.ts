import { setTimeout as sleep } from "node:timers/promises";
import type { ActivityContext } from "../activity/index.ts";
import type { ActivityFunction, Fault } from "./compose-activities.ts";

/** How often a fault strikes. */
export interface FaultOptions {
  /** How many attempts of each step it strikes, from the first. @default 1 */
  readonly times?: number;
}

/** How an answer gets lost. */
export interface LostAnswerOptions extends FaultOptions {
  /** Whether the attempt fails at once, or hangs until its time is up. @default "fails" */
  readonly then?: "fails" | "hangs";
}

/** How an effect is delayed. */
export interface DelayOptions extends FaultOptions {
  /** How long after the attempt's time was up the effect happens, in milliseconds. @default 0 */
  readonly lateByMs?: number;
}

/** What a fault raises in an attempt. */
export class InjectedFault extends Error {
  override readonly name = "InjectedFault";
  readonly code = "INJECTED_FAULT";
}

/**
 * The step's attempt fails before its effect.
 *
 * @example failStep("payments.chargeCard", { times: 2 })
 */
export function failStep(step: string, { times = 1 }: FaultOptions = {}): Fault {
  return striking(step, times, () => {
    throw new InjectedFault(`The test rig lets this attempt of "${step}" fail before its effect`);
  });
}

/**
 * The step has its effect, and its answer never arrives.
 *
 * @example loseAnswer("payments.chargeCard", { then: "hangs" })
 */
export function loseAnswer(step: string, { times = 1, then = "fails" }: LostAnswerOptions = {}): Fault {
  return striking(step, times, async (activity, input, context) => {
    await activity(input, context);
    if (then === "hangs") await abortOf(context.signal);
    throw new InjectedFault(`The test rig lost the answer of this attempt of "${step}"`);
  });
}

/**
 * The step has its effect only after the attempt's time was up.
 *
 * @example delayEffect("shipping.book", { lateByMs: 500 })
 */
export function delayEffect(step: string, { times = 1, lateByMs = 0 }: DelayOptions = {}): Fault {
  return striking(step, times, async (activity, input, context) => {
    await abortOf(context.signal);
    await sleep(lateByMs);
    // Nobody can call back what is under way at a provider, so the signal of the attempt stops nothing here.
    return activity(input, { ...context, signal: new AbortController().signal });
  });
}

type Strike = (activity: ActivityFunction, input: never, context: ActivityContext) => Promise<unknown>;

function striking(step: string, times: number, strike: Strike): Fault {
  const struck = new Map<string, number>();
  return {
    step,
    inject: (activity) => async (input, context) => {
      const before = struck.get(context.idempotencyKey) ?? 0;
      if (before >= times) return activity(input, context);
      struck.set(context.idempotencyKey, before + 1);
      return strike(activity, input, context);
    },
  };
}

function abortOf(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

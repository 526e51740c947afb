import { setTimeout as sleep } from "node:timers/promises";
import type { ActivityContext } from "../activity/index.ts";
import { InjectedFault } from "./errors/injected-fault.ts";
import type { Fault } from "./faults.ts";

/** An activity's function, whatever its types. */
export type ActivityFunction = (input: never, context: ActivityContext) => Promise<unknown>;

/** Whether a fault strikes this attempt of the step with that key. */
export type Strikes = (fault: Fault, idempotencyKey: string) => Promise<boolean>;

/** Counts in this process how often each fault struck each step. */
export function countStrikes(): Strikes {
  const struck = new Map<Fault, Map<string, number>>();
  return async (fault, key) => {
    const byKey = struck.get(fault) ?? new Map<string, number>();
    struck.set(fault, byKey);
    const before = byKey.get(key) ?? 0;
    byKey.set(key, before + 1);
    return before < fault.times;
  };
}

/** The activity's function with the fault in it. */
export function injectFault(activity: ActivityFunction, fault: Fault, strikes: Strikes): ActivityFunction {
  return async (input, context) =>
    (await strikes(fault, context.idempotencyKey))
      ? strike(fault, { activity, input, context })
      : activity(input, context);
}

interface Attempt {
  readonly activity: ActivityFunction;
  readonly input: never;
  readonly context: ActivityContext;
}

async function strike(fault: Fault, { activity, input, context }: Attempt): Promise<unknown> {
  switch (fault.kind) {
    case "fail":
      throw new InjectedFault(`The test rig lets this attempt of "${fault.step}" fail before its effect`);
    case "lose-answer":
      await activity(input, context);
      if (fault.then === "hangs") await abortOf(context.signal);
      throw new InjectedFault(`The test rig lost the answer of this attempt of "${fault.step}"`);
    case "delay-effect":
      await abortOf(context.signal);
      await sleep(fault.lateByMs);
      // Nobody can call back what is under way at a provider, so the signal of the attempt stops nothing here.
      return activity(input, { ...context, signal: new AbortController().signal });
    case "kill-worker":
      if (fault.when === "after-effect") await activity(input, context);
      process.kill(process.pid, "SIGKILL");
      return new Promise(() => undefined);
  }
}

function abortOf(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

import { setTimeout as sleep } from "node:timers/promises";
import type { ActivityContext } from "../activity/index.ts";
import { InjectedFault } from "./errors/injected-fault.ts";
import type { FaultHost } from "./fault-host.ts";
import type { Fault } from "./faults.ts";

/** An activity's function, whatever its types. */
export type ActivityFunction = (input: never, context: ActivityContext) => Promise<unknown>;

/** The activity's function with the fault in it. */
export function injectFault(activity: ActivityFunction, fault: Fault, host: FaultHost): ActivityFunction {
  return async (input, context) =>
    (await host.strikes(fault, context.idempotencyKey))
      ? strike(fault, { activity, input, context, host })
      : activity(input, context);
}

interface Attempt {
  readonly activity: ActivityFunction;
  readonly input: never;
  readonly context: ActivityContext;
  readonly host: FaultHost;
}

async function strike(fault: Fault, { activity, input, context, host }: Attempt): Promise<unknown> {
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
    case "restart-server": {
      if (fault.when === "before-effect") await host.restartServer(fault.awayMs);
      const output = await activity(input, context);
      if (fault.when === "after-effect") await host.restartServer(fault.awayMs);
      return output;
    }
  }
}

function abortOf(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

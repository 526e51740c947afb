import type { InjectedSinks } from "@temporalio/worker";
import { createWorker, type TenutoWorker, type WorkerOptions } from "../worker/index.ts";
import type { StepKeySinks } from "./step-keys.ts";

/** A rig's worker, wherever it runs. */
export interface WorkerControl {
  /** Returns when it polls; at once when it does already. */
  start(): Promise<void>;
  /** Lets it end what it does, if it runs. */
  stop(): Promise<void>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
}

/** The bundle of a rig tells keys; only replays compare them. */
const ignoredStepKeys: InjectedSinks<StepKeySinks> = {
  tenutoStepKeys: { scheduled: { fn: () => undefined } },
};

/** A worker on workflow code that `bundleForTests` made. */
export function createRigWorker(options: WorkerOptions): Promise<TenutoWorker> {
  // A server that skips time would skip from one look for failures to the next, and can list nothing.
  return createWorker({ ...options, shutdownGrace: "1s", sinks: ignoredStepKeys, reconcileEvery: "never" });
}

/** A worker in the test's own process. */
export function workerHere(options: WorkerOptions): WorkerControl {
  let current: { readonly worker: TenutoWorker; readonly running: Promise<void> } | undefined;
  return {
    start: async () => {
      if (current) return;
      const worker = await createRigWorker(options);
      const running = worker.run();
      running.catch(() => undefined); // Told by stop.
      current = { worker, running };
    },
    stop: async () => {
      const stopping = current;
      current = undefined;
      stopping?.worker.shutdown();
      await stopping?.running;
    },
    kill: async () => {
      throw new Error(
        "The rig's worker runs in the test's process, so it can't be killed alone. Give it a process of its own: " +
          "createTestRig({ …, worker: { module } }).",
      );
    },
  };
}

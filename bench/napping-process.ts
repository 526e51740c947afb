import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A process of `napping-worker.ts`. */
export interface NappingProcess {
  stop(): Promise<void>;
}

/** Starts one, and returns when it polls. */
export async function startNappingProcess(env: Readonly<Record<string, string>>): Promise<NappingProcess> {
  const child = fork(fileURLToPath(new URL("./napping-worker.ts", import.meta.url)), {
    env: { ...process.env, ...env },
    execArgv: process.execArgv,
  });
  const exited = once(child, "exit");
  await Promise.race([
    once(child, "message"),
    exited.then(() => Promise.reject(new Error("The worker ended before it polled"))),
  ]);
  return {
    stop: async () => {
      child.disconnect();
      await exited;
    },
  };
}

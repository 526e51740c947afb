import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { bundleSystemWorkflows } from "../../src/sdk/worker/system-worker.ts";
import type { SystemTask } from "./fixtures/system-process.ts";

const file = fileURLToPath(new URL("./fixtures/system-process.ts", import.meta.url));

/** A process that works on Tenuto's own workflows, and that can be killed. */
export class SystemWork {
  readonly #place: Omit<SystemTask, "bundle">;
  #child: ChildProcess | undefined;

  constructor(place: Omit<SystemTask, "bundle">) {
    this.#place = place;
  }

  async start(): Promise<void> {
    const task: SystemTask = { ...this.#place, bundle: await bundleSystemWorkflows() };
    const child = fork(file, { stdio: ["ignore", "inherit", "inherit", "ipc"], serialization: "advanced" });
    this.#child = child;
    const ended = once(child, "exit").then(([code]) => {
      throw new Error(`The system process ended with ${String(code)} before it was ready`);
    });
    // Told while it is awaited only.
    ended.catch(() => undefined);
    child.send(task);
    await Promise.race([once(child, "message"), ended]);
  }

  /** Ends it as a crash would. */
  async kill(): Promise<void> {
    await this.#end((child) => child.kill("SIGKILL"));
  }

  async stop(): Promise<void> {
    await this.#end((child) => {
      child.disconnect();
    });
  }

  async #end(how: (child: ChildProcess) => unknown): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    how(child);
    await exited;
  }
}

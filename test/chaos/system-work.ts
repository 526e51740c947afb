import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A process that works on Tenuto's own workflows, and that can be killed. */
export class SystemWork {
  readonly #place: readonly string[];
  #child: ChildProcess | undefined;

  constructor({ address, namespace }: { readonly address: string; readonly namespace: string }) {
    this.#place = [address, namespace];
  }

  async start(): Promise<void> {
    const file = fileURLToPath(new URL("./fixtures/system-process.ts", import.meta.url));
    this.#child = fork(file, [...this.#place], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    const ended = once(this.#child, "exit").then(([code]) => {
      throw new Error(`The system process ended with ${String(code)} before it was ready`);
    });
    ended.catch(() => undefined);
    await Promise.race([once(this.#child, "message"), ended]);
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
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    how(child);
    await exited;
  }
}

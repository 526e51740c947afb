import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { environmentOfChild } from "./environment.ts";
import { WorkerEnded } from "./errors/worker-ended.ts";
import type { FaultHost } from "./fault-host.ts";
import type { WorkerControl } from "./worker-control.ts";
import type { FromWorkerProcess, ToWorkerProcess, WorkerTask } from "./worker-messages.ts";

const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
const entryPoint = fileURLToPath(new URL(`./run-worker-process.${extension}`, import.meta.url));

/** What a worker's process is to run, and how Node starts it. */
export interface WorkerProcessOptions {
  readonly task: WorkerTask;
  readonly host: FaultHost;
  readonly nodeFlags: readonly string[];
}

/** A process from its start to its end. */
interface Life {
  readonly child: ChildProcess;
  readonly exited: Promise<void>;
  /** The end that was asked for. */
  asked: "none" | "stop" | "kill";
}

/** A worker in a process of its own; killed by a fault, it is started again. */
export class WorkerProcess implements WorkerControl {
  readonly #options: WorkerProcessOptions;
  #life: Life | undefined;
  #starting: Promise<void> = Promise.resolve();
  #failure: WorkerEnded | undefined;

  /** @throws DataCloneError when the data holds what can't cross to another process, such as a function. */
  constructor(options: WorkerProcessOptions) {
    structuredClone(options.task.data);
    this.#options = options;
  }

  async start(): Promise<void> {
    if (!this.#life) this.#starting = this.#begin();
    await this.#settled();
  }

  async stop(): Promise<void> {
    await this.#settled();
    const life = this.#ask("stop");
    if (life) send(life.child, { kind: "stop" });
    await life?.exited;
    if (this.#failure) throw this.#failure;
  }

  async kill(): Promise<void> {
    await this.#settled();
    const life = this.#ask("kill");
    life?.child.kill("SIGKILL");
    await life?.exited;
  }

  /** Waits until no start is under way, also none that a kill began meanwhile. */
  async #settled(): Promise<void> {
    for (let last: unknown; last !== this.#starting;) {
      last = this.#starting;
      await this.#starting;
    }
  }

  #ask(end: "stop" | "kill"): Life | undefined {
    const life = this.#life;
    if (life) life.asked = end;
    return life;
  }

  async #begin(): Promise<void> {
    const { task, nodeFlags } = this.#options;
    const child = fork(entryPoint, {
      execArgv: [...nodeFlags],
      env: environmentOfChild(),
      serialization: "advanced",
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    let isStruck = false;
    let reason: string | undefined;
    const polling = new Promise<void>((resolve) => {
      child.on("message", (message: FromWorkerProcess) => {
        switch (message.kind) {
          case "polling":
            resolve();
            break;
          case "failed":
            ({ reason } = message);
            break;
          case "strikes?":
            void this.#answer(child, message).then((isKill) => (isStruck ||= isKill));
            break;
          case "restart-server":
            void this.#options.host.restartServer(message.awayMs).then(() => {
              send(child, { kind: "server-away", question: message.question });
            });
        }
      });
    });
    const exited = new Promise<void>((resolve) => {
      // Unlike "exit", "close" comes when everything that the process said has been heard.
      child.once("close", (code, signal) => {
        this.#life = undefined;
        const isKilled = signal === "SIGKILL" && (isStruck || life.asked === "kill");
        const isStopped = code === 0 && life.asked === "stop";
        if (isKilled && life.asked === "none") {
          // Whoever waits for a start is told how it went, at the latest stop.
          this.start().catch(() => undefined);
        } else if (!isKilled && !isStopped) {
          this.#failure ??= new WorkerEnded({ module: task.module, exit: code ?? signal, reason });
        }
        resolve();
      });
    });
    const life: Life = { child, exited, asked: "none" };
    this.#life = life;
    send(child, { kind: "run", task });
    await Promise.race([polling, exited]);
    if (this.#failure) throw this.#failure;
  }

  /** Answers whether a fault strikes; whether it kills. */
  async #answer(
    child: ChildProcess,
    { question, fault: index, idempotencyKey }: Extract<FromWorkerProcess, { kind: "strikes?" }>,
  ): Promise<boolean> {
    const fault = this.#options.task.faults[index];
    const strikes = fault !== undefined && (await this.#options.host.strikes(fault, idempotencyKey));
    send(child, { kind: "strike", question, strikes });
    return strikes && fault?.kind === "kill-worker";
  }
}

function send(child: ChildProcess, message: ToWorkerProcess): void {
  // It may have been killed meanwhile, which "close" tells.
  child.send(message, () => undefined);
}

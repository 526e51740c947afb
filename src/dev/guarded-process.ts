import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { readLines } from "./lines.ts";
import type { Exit, RunningProcess } from "./running-process.ts";

const guard = fileURLToPath(new URL("../../scripts/server-guard.mjs", import.meta.url));

export interface GuardedOptions {
  readonly env: Readonly<Record<string, string>>;
  /** @default that of this process */
  readonly cwd?: string;
  /** Where its log goes. @default "stderr" */
  readonly log?: "stdout" | "stderr";
  /** Takes each line of its log, until a signal is sent: what it breaks off on its way out reads like errors. */
  readonly onLine: (line: string) => void;
}

/** A process that ends with this one, even when this one is killed. */
export interface GuardedProcess extends RunningProcess {
  /** Its own process id. */
  readonly started: Promise<number>;
  readonly stdout: Readable | null;
  /** The last ten lines of its log. */
  lastLines(): readonly string[];
}

/** Starts a command under `scripts/server-guard.mjs`. */
export function spawnGuarded(
  command: string,
  args: readonly string[],
  { env, cwd, log = "stderr", onLine }: GuardedOptions,
): GuardedProcess {
  const child = spawn(process.execPath, [guard, command, ...args], {
    env,
    cwd,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    detached: true,
  });
  const lastLines: string[] = [];
  let isEnding = false;
  readLines(child[log], (line) => {
    if (isEnding) return;
    lastLines.push(line);
    lastLines.splice(0, lastLines.length - 10);
    onLine(line);
  });
  const started = new Promise<number>((resolve) =>
    child.on("message", (message: { kind: string; pid: number }) => {
      if (message.kind === "started") resolve(message.pid);
    }),
  );
  return {
    started,
    stdout: child.stdout,
    exited: new Promise<Exit>((resolve) => child.once("exit", (code, signal) => resolve({ code, signal }))),
    lastLines: () => lastLines,
    kill(signal) {
      isEnding = true;
      if (child.connected) child.send({ kind: "signal", signal }, () => undefined);
    },
  };
}

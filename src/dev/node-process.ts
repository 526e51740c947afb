import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { readLines } from "./lines.ts";
import type { Exit, RunningProcess } from "./running-process.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const stripTypes = new URL("../../scripts/strip-types.mjs", import.meta.url).href;
const exitWithParent = new URL("../../scripts/exit-with-parent.mjs", import.meta.url).href;

/** A Node process of `npm run dev`, with a channel for messages. */
export interface NodeProcess extends RunningProcess {
  /** Resolves with the first message of this kind; never, when none comes. */
  received(kind: string): Promise<void>;
  send(message: { readonly kind: string }): void;
}

/** What to run and where its output goes. */
export interface NodeProcessOptions {
  /** A TypeScript file. */
  readonly script: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onLine: (line: string) => void;
}

/**
 * Starts a TypeScript file. The process has a group of its own, so that a Ctrl-C in the terminal doesn't reach it before
 * its turn, and ends when this process is gone.
 */
export function spawnNode({ script, env, onLine }: NodeProcessOptions): NodeProcess {
  const child = spawn(
    process.execPath,
    ["--conditions=tenuto-source", "--import", exitWithParent, "--import", stripTypes, script],
    { cwd: root, env, stdio: ["ignore", "pipe", "pipe", "ipc"], detached: true },
  );
  readLines(child.stdout, onLine);
  readLines(child.stderr, onLine);
  return {
    // Not "exit": the last lines of a process that failed are still on their way then.
    exited: new Promise<Exit>((resolve) => child.once("close", (code, signal) => resolve({ code, signal }))),
    kill: (signal) => void child.kill(signal),
    received: (kind) =>
      new Promise((resolve) =>
        child.on("message", (message: { readonly kind?: unknown }) => {
          if (message.kind === kind) resolve();
        }),
      ),
    send(message) {
      if (child.connected) child.send(message, () => undefined);
    },
  };
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { testFlags } from "../../scripts/source-flags.mjs";
import { eventually } from "./eventually.ts";

/** A process of ours, started as users start it. */
export interface EntryPoint {
  /** Everything it printed. */
  output(): string;
  /** Ends it at once, as a crash would, and waits for its end. */
  crash(): Promise<void>;
  /** Asks it to end, and waits; its exit code. */
  stop(): Promise<number | null>;
}

interface SpawnOptions {
  readonly env: Readonly<Record<string, string>>;
  /** Modules that are loaded before it. */
  readonly imports?: readonly string[];
}

/** Starts `src/bin/NAME.ts` and waits for nothing; `exited` is its exit code. */
export function spawnEntryPoint(name: string, { env, imports = [] }: SpawnOptions) {
  const file = fileURLToPath(new URL("./run-entry-point.ts", import.meta.url));
  const own = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(TEMPORAL|TENUTO)_/.test(key)));
  const before = imports.flatMap((each) => ["--import", each]);
  const child = spawn(process.execPath, [...testFlags, ...before, file, name], {
    env: { ...own, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const exited = once(child, "exit").then(() => child.exitCode);
  return { child, exited, output: () => output };
}

/** Starts `src/bin/NAME.ts` and waits until its readiness URL answers 200. */
export async function startEntryPoint(
  name: string,
  { readyUrl, ...options }: SpawnOptions & { readonly readyUrl: string },
): Promise<EntryPoint> {
  const { child, exited, output } = spawnEntryPoint(name, options);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
    return child.exitCode;
  };
  const isReady = async () => {
    if (child.exitCode !== null)
      throw new Error(`${name} ended with ${child.exitCode} before it was ready:\n${output()}`);
    return fetch(readyUrl).then(
      ({ ok }) => ok,
      () => false,
    );
  };
  await eventually(`${name} is ready at ${readyUrl}`, isReady).catch(async (error: unknown) => {
    await end("SIGKILL");
    throw new Error(`${name} did not get ready:\n${output()}`, { cause: error });
  });
  return {
    output,
    crash: async () => {
      await end("SIGKILL");
    },
    stop: () => end("SIGTERM"),
  };
}

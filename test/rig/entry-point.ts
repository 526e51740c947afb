import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
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

/** Starts `src/bin/NAME.ts` and waits until its readiness URL answers 200. */
export async function startEntryPoint(
  name: string,
  { readyUrl, env }: { readonly readyUrl: string; readonly env: Readonly<Record<string, string>> },
): Promise<EntryPoint> {
  const file = fileURLToPath(new URL(`../../src/bin/${name}.ts`, import.meta.url));
  const own = Object.fromEntries(Object.entries(process.env).filter(([key]) => !/^(TEMPORAL|TENUTO)_/.test(key)));
  const child = spawn(process.execPath, ["--conditions=tenuto-source", "--import", "tsx", file], {
    env: { ...own, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const exited = once(child, "exit");
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
    return child.exitCode;
  };
  const isReady = async () => {
    if (child.exitCode !== null)
      throw new Error(`${name} ended with ${child.exitCode} before it was ready:\n${output}`);
    return fetch(readyUrl).then(
      ({ ok }) => ok,
      () => false,
    );
  };
  await eventually(`${name} is ready at ${readyUrl}`, isReady).catch(async (error: unknown) => {
    await end("SIGKILL");
    throw new Error(`${name} did not get ready:\n${output}`, { cause: error });
  });
  return {
    output: () => output,
    crash: async () => {
      await end("SIGKILL");
    },
    stop: () => end("SIGTERM"),
  };
}

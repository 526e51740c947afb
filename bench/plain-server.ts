import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Connection } from "@temporalio/client";
import { freePort } from "../src/sdk/worker/free-port.ts";
import { describeExit, stopProcess, type Exit } from "../src/dev/running-process.ts";

const guard = fileURLToPath(new URL("../scripts/server-guard.mjs", import.meta.url));

/** A `temporal server start-dev` as it comes: in memory, with the server's own defaults. */
export interface PlainServer {
  readonly address: string;
  stop(): Promise<void>;
}

/**
 * Starts `temporal server start-dev` on loopback and waits until it answers. It ends with this process.
 *
 * @throws Error when it ends before it answers.
 */
export async function startPlainServer(binary: string): Promise<PlainServer> {
  const port = await freePort();
  const place = ["--ip", "127.0.0.1", "--port", String(port), "--headless", "--log-level", "error"];
  const child = spawn(process.execPath, [guard, binary, "server", "start-dev", ...place], {
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("TEMPORAL_"))),
    stdio: ["ignore", "pipe", "inherit", "ipc"],
    detached: true,
  });
  const exited = new Promise<Exit>((resolve) => child.once("exit", (code, signal) => resolve({ code, signal })));
  // The banner comes when the server has got its ports.
  const hasPorts = new Promise((resolve) => child.stdout?.once("data", resolve).resume());
  const address = `127.0.0.1:${port}`;
  const stop = () =>
    stopProcess(
      { exited, kill: (signal) => child.connected && child.send({ kind: "signal", signal }, () => undefined) },
      10_000,
    );
  try {
    await Promise.race([hasPorts, endOf(exited)]);
    await Promise.race([answers(address), endOf(exited)]);
    return { address, stop };
  } catch (error) {
    if (child.connected) await stop();
    throw error;
  }
}

async function endOf(exited: Promise<Exit>): Promise<never> {
  throw new Error(`the plain Temporal server ended before it answered (${describeExit(await exited)})`);
}

async function answers(address: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await (await Connection.connect({ address, connectTimeout: "2s" })).close();
      return;
    } catch (error) {
      if (tries === 50) throw error;
      await sleep(100);
    }
  }
}

import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, Connection } from "@temporalio/client";
import { NativeConnection } from "@temporalio/worker";
import { setUpNamespace } from "../client/index.ts";
import { freePort } from "../worker/index.ts";
import { testEnvironment } from "./environment.ts";
import type { TestServer, TestServerOptions } from "./test-server.ts";

const startWithinMs = 60_000;

/**
 * A namespace of its own on the server at an address, or on one that is started from `TEMPORAL_CLI_PATH`.
 *
 * @throws Error when there is neither, or the server does not answer.
 */
export async function useRealServer({
  address: given,
  ...clientOptions
}: TestServerOptions & { readonly address: string | undefined }): Promise<TestServer> {
  const own = given === undefined ? await startOwnServer() : undefined;
  const address = given ?? own?.address ?? "";
  try {
    const connection = await Connection.connect({ address });
    const namespace = `test-${randomUUID()}`;
    await setUpNamespace(connection, { namespace, retentionDays: 1 });
    const native = await NativeConnection.connect({ address });
    return {
      connection,
      client: new Client({ connection, namespace, ...clientOptions }),
      native,
      namespace,
      address,
      skipping: (wait) => wait(),
      now: async () => Date.now(),
      advance: (ms) => sleep(ms),
      kill: () => (own ?? notOwn()).kill(),
      restart: () => (own ?? notOwn()).start(),
      close: async () => {
        await native.close();
        await connection.close();
        await own?.remove();
      },
    };
  } catch (error) {
    await own?.remove();
    throw error;
  }
}

interface OwnServer {
  readonly address: string;
  start(): Promise<void>;
  kill(): Promise<void>;
  remove(): Promise<void>;
}

async function startOwnServer(): Promise<OwnServer> {
  const binary = testEnvironment("TEMPORAL_CLI_PATH");
  if (binary === undefined) {
    throw new Error(
      "There is no Temporal server for the rig. Set TEMPORAL_CLI_PATH to a temporal binary whose server is 1.31 or " +
        'newer, or give the address of a running server: createTestRig({ …, server: "real", address }).',
    );
  }
  const directory = await mkdtemp(join(tmpdir(), "tenuto-rig-"));
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const place = ["--ip", "127.0.0.1", "--port", String(port), "--headless", "--log-level", "never"];
  const data = ["--db-filename", join(directory, "temporal.db"), "--sqlite-pragma", "journal_mode=WAL"];
  let child: ChildProcess | undefined;
  const killAtExit = () => {
    child?.kill("SIGKILL");
  };
  const kill = async () => {
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  };
  const start = async () => {
    const started = spawn(binary, ["server", "start-dev", ...place, ...data], { stdio: "ignore" });
    child = started;
    started.once("error", ignore);
    await answers(address, () => started.pid !== undefined && started.exitCode === null);
  };
  const remove = async () => {
    process.off("exit", killAtExit);
    await kill();
    await rm(directory, { recursive: true, force: true });
  };
  process.on("exit", killAtExit);
  await start().catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  return { address, start, kill, remove };
}

function ignore(): void {
  // Told by the server not being alive.
}

async function answers(address: string, isAlive: () => boolean): Promise<void> {
  const deadline = Date.now() + startWithinMs;
  for (;;) {
    if (!isAlive()) throw new Error(`The Temporal server at ${address} ended before it answered.`);
    try {
      await (await Connection.connect({ address, connectTimeout: "2s" })).close();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await sleep(100);
  }
}

function notOwn(): never {
  throw new Error("The rig did not start this server, so it does not stop it. Leave out `address`.");
}

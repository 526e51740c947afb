// A whole Tenuto for one test file: a namespace of its own, the sandbox and the worker as processes of their own.
import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, Connection } from "@temporalio/client";
import { setUpNamespace } from "../../src/sdk/client/set-up-namespace.ts";
import { freePort } from "../../src/sdk/worker/free-port.ts";
import { startEntryPoint, type EntryPoint } from "./entry-point.ts";
import { eventually } from "./eventually.ts";
import { replayAll } from "./replay.ts";
import { wholeLines } from "./whole-lines.ts";

/** A server with many namespaces, on a machine with two cores, may take its time. */
export const connectTimeout = "60s";

/** One line of the sandbox's ledger. */
export interface LedgerLine {
  readonly service: string;
  readonly operation: string;
  readonly key: string;
  readonly orderId: string;
  readonly undoes?: string;
}

/** What a test file has of its own. */
export interface Stack {
  readonly client: Client;
  readonly connection: Connection;
  readonly namespace: string;
  readonly sandboxUrl: string;
  /** Environment for further entry points of this stack. */
  readonly env: Readonly<Record<string, string>>;
  /** The effects of an order, oldest first, as `service.operation`. */
  effects(orderId: string): Promise<readonly string[]>;
  /** The ledger's lines of an order, as the file has them. */
  ledger(orderId: string): Promise<readonly LedgerLine[]>;
  /** Starts a worker and waits until it polls. */
  startWorker(more?: Readonly<Record<string, string>>): Promise<EntryPoint>;
  /** Starts an API and waits until it reaches the server; `url` is where it listens. */
  startApi(more?: Readonly<Record<string, string>>): Promise<EntryPoint & { readonly url: string }>;
  /** Replays every run of the namespace, then ends all processes. */
  close(): Promise<void>;
}

/** Starts a stack on the test run's Temporal server, or on another one; `replay` is how its runs are replayed at the end. */
export async function startStack(
  address = testServer(),
  replay: (client: Client) => Promise<unknown> = replayAll,
): Promise<Stack> {
  const namespace = `test-${randomUUID()}`;
  const dataDir = await mkdtemp(join(tmpdir(), "tenuto-stack-"));
  const connection = await Connection.connect({ address, connectTimeout });
  await setUpNamespace(connection, { namespace, retentionDays: 1 });
  const client = new Client({ connection, namespace });
  const sandboxPort = await freePort();
  const env = {
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    TENUTO_DATA_DIR: dataDir,
    TENUTO_SANDBOX_PORT: String(sandboxPort),
  };
  const started: EntryPoint[] = [];
  const start = async (name: string, options: { readyUrl: string; env?: Record<string, string> }) => {
    const entryPoint = await startEntryPoint(name, { ...options, env: { ...env, ...options.env } });
    started.push(entryPoint);
    return entryPoint;
  };
  const sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
  await start("sandbox", { readyUrl: `${sandboxUrl}/healthz` });
  const ledger = async (orderId: string) => {
    const lines = wholeLines(await readFile(join(dataDir, "ledger.jsonl"), "utf8")) as readonly LedgerLine[];
    return lines.filter((line) => line.orderId === orderId);
  };
  return {
    client,
    connection,
    namespace,
    sandboxUrl,
    env,
    ledger,
    effects: async (orderId) => (await ledger(orderId)).map(({ service, operation }) => `${service}.${operation}`),
    startWorker: async (more = {}) => {
      const port = more["TENUTO_METRICS_PORT"] ?? String(await freePort());
      return start("worker", {
        readyUrl: `http://127.0.0.1:${port}/readyz`,
        env: { TENUTO_METRICS_PORT: port, ...more },
      });
    },
    startApi: async (more = {}) => {
      const port = String(await freePort());
      const url = `http://127.0.0.1:${port}`;
      return { ...(await start("api", { readyUrl: `${url}/readyz`, env: { TENUTO_PORT: port, ...more } })), url };
    },
    close: async () => {
      try {
        await replay(client);
      } finally {
        await Promise.all(started.map((each) => each.stop()));
        await connection.close();
        await rm(dataDir, { recursive: true, force: true });
      }
    },
  };
}

/** The address of the Temporal server that `npm test` gives. */
export function testServer(): string {
  const address = process.env["TENUTO_TEST_TEMPORAL_ADDRESS"];
  if (!address) throw new Error("No Temporal server for tests. Run them by `npm test -- FILE`.");
  return address;
}

/** Waits until the ledger shows an effect of an order. */
export async function effectOf(stack: Pick<Stack, "effects">, orderId: string, effect: string): Promise<void> {
  await eventually(`${effect} of ${orderId} is in the ledger`, async () =>
    (await stack.effects(orderId)).includes(effect),
  );
}

/** Breaks, slows or heals one of the sandbox's services. */
export async function changeService(
  { sandboxUrl }: Pick<Stack, "sandboxUrl">,
  name: string,
  change: { readonly available?: boolean; readonly delayMs?: number },
): Promise<void> {
  await tellSandbox(new URL(`/admin/services/${name}`, sandboxUrl), change);
}

/** Heals or breaks the sandbox's value `unavailable`. */
export async function changeUnavailable(
  { sandboxUrl }: Pick<Stack, "sandboxUrl">,
  unavailable: "healed" | "failing",
): Promise<void> {
  await tellSandbox(new URL("/admin/magic", sandboxUrl), { unavailable });
}

async function tellSandbox(url: URL, body: object): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method: "PUT", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`The sandbox refused ${url.pathname}: ${await response.text()}`);
}

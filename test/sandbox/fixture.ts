import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createSandbox, type RunningSandbox } from "../../src/sandbox/sandbox.ts";

export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export type Line = Readonly<Record<string, unknown>>;

export interface Fixture {
  readonly dataDir: string;
  readonly ledgerPath: string;
  url(): string;
  /** POSTs an effect with the key. */
  post(path: string, key: string, body: unknown): Promise<Reply>;
  put(path: string, body: unknown): Promise<Reply>;
  get(path: string): Promise<Reply>;
  /** What the ledger file holds now. */
  ledger(): Promise<readonly Line[]>;
  undoneKeys(): Promise<readonly Line[]>;
  close(): Promise<void>;
  restart(): Promise<void>;
}

/** A sandbox with a data directory of its own, closed and removed when the test ends. */
export async function startSandbox(context: TestContext): Promise<Fixture> {
  // Registered before the folder's removal, because clean-ups run in order.
  const closing: { sandbox?: RunningSandbox } = {};
  context.after(() => closing.sandbox?.close());
  const dataDir = await makeDataDir(context);
  const ledgerPath = join(dataDir, "ledger.jsonl");
  const listen = async (): Promise<RunningSandbox> =>
    (closing.sandbox = await createSandbox({ dataDir }).listen({ port: 0 }));
  let sandbox = await listen();
  return {
    dataDir,
    ledgerPath,
    url: () => sandbox.url,
    post: (path, key, body) => send(sandbox.url + path, { method: "POST", key, body }),
    put: (path, body) => send(sandbox.url + path, { method: "PUT", body }),
    get: (path) => send(sandbox.url + path, { method: "GET" }),
    ledger: () => readLines(ledgerPath),
    undoneKeys: () => readLines(join(dataDir, "undone-keys.jsonl")),
    close: () => sandbox.close(),
    async restart() {
      await sandbox.close();
      sandbox = await listen();
    },
  };
}

export async function makeDataDir(context: TestContext): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), "tenuto-sandbox-"));
  context.after(() => rm(dataDir, { recursive: true, force: true }));
  return dataDir;
}

interface Sending {
  readonly method: string;
  readonly key?: string;
  readonly body?: unknown;
}

export async function send(url: string, { method, key, body }: Sending): Promise<Reply> {
  const response = await fetch(url, {
    method,
    headers: { "content-type": "application/json", ...(key === undefined ? {} : { "idempotency-key": key }) },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return {
    status: response.status,
    contentType: response.headers.get("content-type") ?? "",
    body: (await response.json()) as Readonly<Record<string, unknown>>,
  };
}

/** Every line must be whole JSON with its newline: a torn file fails the test. */
export async function readLines(path: string): Promise<readonly Line[]> {
  const text = await readFile(path, "utf8");
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
}

export async function until(isTrue: () => Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (Date.now() < end) {
    if (await isTrue()) return;
    await sleep(10);
  }
  throw new Error(`It was not so within ${timeoutMs} ms.`);
}

/** Waits until a `late-N` step is pending under a key; a declined card leaves a key that nobody has as it was. */
export async function untilPending(url: string, key: string): Promise<void> {
  await until(async () => {
    const body = charge("nobody's", "declined");
    const reply = await send(`${url}/payments/charge`, { method: "POST", key, body });
    return reply.body["code"] === "KeyReused";
  });
}

/** When the ledger's only line says that its effect was. */
export function effectAt(lines: readonly Line[]): number {
  assert.equal(lines.length, 1);
  return Date.parse(String(lines[0]?.["at"]));
}

export const charge = (orderId: string, card = "ok") => ({ orderId, amountCents: 1_250, card });
export const reserve = (orderId: string, sku = "tea") => ({ orderId, lines: [{ sku, quantity: 2 }] });
export const book = (orderId: string, address = "1 Main Street") => ({ orderId, address });
export const repay = (orderId: string, chargeId = "ch-1") => ({ orderId, chargeId, amountCents: 1_250 });

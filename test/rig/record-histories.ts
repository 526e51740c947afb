// Run by `npm run histories`: plays the shop's main paths and writes what the server recorded to test/histories; then what
// operators do, to test/workflow/histories/incidents. `npm run histories -- shop` or `-- incidents` does one of them. What is
// recorded already stays, without `--replace`: runs of released code must replay for ever.
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { createClient, type TenutoClient } from "tenuto/client";
import { historyFixture, type HistoryFixture } from "tenuto/testing";
import { app } from "../../src/app.ts";
import { startEmbeddedServer } from "../../src/dev/embedded-server.ts";
import { eventually } from "./eventually.ts";
import { anOrder, startOrder } from "./orders.ts";
import { recordIncidents } from "./record-incidents.ts";
import { changeService, effectOf, type Stack, startStack } from "./stack.ts";

type OrderChanges = Parameters<typeof anOrder>[0];
type Run = Awaited<ReturnType<typeof startOrder>>;

/** A path that an order can take. */
interface Path {
  readonly order?: OrderChanges;
  /** What somebody does to the run. */
  readonly then?: (run: Run, stack: Stack, orderId: string, client: TenutoClient) => Promise<unknown>;
}

const sofa = [{ sku: "sofa", quantity: 1, unitCents: 50_001 }];

const paths: Readonly<Record<string, Path>> = {
  ok: {},
  "card-declined": { order: { card: "declined" } },
  "card-flaky": { order: { card: "flaky-2" } },
  "address-declined": { order: { address: "declined" } },
  "out-of-stock": { order: { lines: [{ sku: "declined", quantity: 1, unitCents: 100 }] } },
  canceled: {
    order: { address: "slow-60" },
    then: async (run, stack, orderId) => {
      await effectOf(stack, orderId, "shipping.book");
      await run.cancel();
    },
  },
  approved: {
    order: { lines: sofa },
    then: async (run, stack, orderId) => {
      await effectOf(stack, orderId, "payments.charge");
      await run.signal("approve", { approved: true, by: "grace" });
    },
  },
  rejected: {
    order: { lines: sofa },
    then: (run) => run.signal("approve", { approved: false, by: "grace" }),
  },
  "signals-dropped": {
    order: { lines: sofa },
    then: async (run) => {
      await run.signal("approve", { approved: "yes" });
      await run.signal("aprove", { approved: true, by: "grace" });
      await run.signal("approve", { approved: true, by: "grace" });
    },
  },
  "parked-retried": {
    order: { card: "flaky-6" },
    then: async ({ workflowId }, _stack, _orderId, client) => {
      await parked(client, workflowId);
      await client.decide(workflowId, { action: "retry", reason: "the provider is back" });
    },
  },
  "parked-canceled": {
    order: { card: "unavailable" },
    then: async ({ workflowId }, _stack, _orderId, client) => {
      await parked(client, workflowId);
      await client.cancel(workflowId, { reason: "the customer called" });
    },
  },
  "undo-given-up": {
    order: { card: "slow-5", address: "declined" },
    then: async ({ workflowId }, stack, orderId, client) => {
      await effectOf(stack, orderId, "payments.charge");
      await changeService(stack, "stock", { available: false });
      await parked(client, workflowId);
      await client.decide(workflowId, { action: "fail", reason: "released by hand" });
      await changeService(stack, "stock", { available: true });
    },
  },
  "paused-skipped": {
    order: { lines: sofa },
    then: async (run, stack, orderId, client) => {
      const { workflowId } = run;
      await effectOf(stack, orderId, "payments.charge");
      await client.pause(workflowId, { reason: "the carrier is on strike" });
      await run.signal("approve", { approved: true, by: "grace" });
      await eventually("the shipment is held", async () => (await client.describe(workflowId)).account?.held.length);
      const output = { shipmentId: "by-hand", trackingNumber: "T-1" };
      await client.skip(workflowId, { step: "shipping.book", output, reason: "sent by courier" });
      await client.resume(workflowId, { reason: "the rest goes on" });
    },
  },
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { replace: { type: "boolean" } } });
const [asked] = positionals;
const directory = await mkdtemp(join(tmpdir(), "tenuto-histories-"));
const binary = process.env["TEMPORAL_CLI_PATH"];
if (!binary) throw new Error("No Temporal server. Run this by `npm run histories`.");
const server = await startEmbeddedServer({ binary, dbFile: join(directory, "temporal.db") });
try {
  if (asked !== "incidents") await recordShop(server.address);
  if (asked !== "shop") {
    const folder = new URL("../workflow/histories/incidents/", import.meta.url);
    await recordIncidents(server.address, (name, fixture) => write(new URL(`${name}.json`, folder), fixture));
  }
} finally {
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}

async function recordShop(address: string): Promise<void> {
  const stack = await startStack(address);
  try {
    await stack.startWorker();
    const { connection, namespace } = stack;
    const client = await createClient(app, { connection, namespace, identity: "ada" });
    for (const [name, path] of Object.entries(paths)) {
      if (!isKept(fileOf(name))) await record({ stack, client }, name, path);
    }
  } finally {
    await stack.close();
  }
}

async function record(
  { stack, client }: { readonly stack: Stack; readonly client: TenutoClient },
  name: string,
  { order, then }: Path,
): Promise<void> {
  const placed = anOrder(order);
  const run = await startOrder(stack, placed);
  await then?.(run, stack, placed.id, client);
  await run.result().catch(() => undefined);
  const { namespace } = stack;
  const fixture = historyFixture({ namespace, workflowId: run.workflowId, history: await run.fetchHistory() });
  await write(fileOf(name), fixture);
}

async function write(file: URL, fixture: HistoryFixture): Promise<void> {
  if (isKept(file)) return;
  await writeFile(file, `${JSON.stringify(fixture, null, 1)}\n`);
  console.log(`${basename(file.pathname)}: ${fixture.history.events.length} events`);
}

function parked(client: TenutoClient, workflowId: string): Promise<unknown> {
  return eventually("it is parked", async () => (await client.describe(workflowId)).incidents.length > 0, {
    withinMs: 180_000,
  });
}

function fileOf(name: string): URL {
  return new URL(`../histories/${name}.json`, import.meta.url);
}

function isKept(file: URL): boolean {
  return existsSync(file) && !values.replace;
}

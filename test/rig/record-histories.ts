// Run by `npm run histories`: plays the shop's main paths and writes what the server recorded to test/histories; then what
// operators do, to test/workflow/histories/incidents. `npm run histories -- shop` or `-- incidents` does one of them.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { historyFixture, type HistoryFixture } from "tenuto/testing";
import { startEmbeddedServer } from "../../src/dev/embedded-server.ts";
import { anOrder, startOrder } from "./orders.ts";
import { recordIncidents } from "./record-incidents.ts";
import { effectOf, type Stack, startStack } from "./stack.ts";

type OrderChanges = Parameters<typeof anOrder>[0];
type Run = Awaited<ReturnType<typeof startOrder>>;

/** A path that an order can take. */
interface Path {
  readonly order?: OrderChanges;
  /** What somebody does to the run. */
  readonly then?: (run: Run, stack: Stack, orderId: string) => Promise<unknown>;
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
};

const directory = await mkdtemp(join(tmpdir(), "tenuto-histories-"));
const binary = process.env["TEMPORAL_CLI_PATH"];
if (!binary) throw new Error("No Temporal server. Run this by `npm run histories`.");
const server = await startEmbeddedServer({ binary, dbFile: join(directory, "temporal.db") });
const [, , asked] = process.argv;
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
    for (const [name, path] of Object.entries(paths)) await record(stack, name, path);
  } finally {
    await stack.close();
  }
}

async function record(stack: Stack, name: string, { order, then }: Path): Promise<void> {
  const placed = anOrder(order);
  const run = await startOrder(stack, placed);
  await then?.(run, stack, placed.id);
  await run.result().catch(() => undefined);
  const { namespace } = stack;
  const fixture = historyFixture({ namespace, workflowId: run.workflowId, history: await run.fetchHistory() });
  await write(new URL(`../histories/${name}.json`, import.meta.url), fixture);
}

async function write(file: URL, fixture: HistoryFixture): Promise<void> {
  await writeFile(file, `${JSON.stringify(fixture, null, 1)}\n`);
  console.log(`${basename(file.pathname)}: ${fixture.history.events.length} events`);
}

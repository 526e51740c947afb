// Run by `npm run histories`: plays what becomes of a return of the shop, for test/histories.
import { createClient } from "tenuto/client";
import { historyFixture } from "tenuto/testing";
import { app } from "../../src/app.ts";
import type { HistoryFolder } from "./history-folder.ts";
import { startStack } from "./stack.ts";

interface Path {
  readonly chargeId?: string;
  readonly sku?: string;
  /** What the run is told, in turn. */
  readonly events: readonly (readonly [string, object])[];
}

/** What becomes of a return, by the name of its file. */
export const returnPaths: Readonly<Record<string, Path>> = {
  "return-closed": { events: [["inspect", { ok: true }]] },
  "return-approved": {
    events: [
      ["inspect", { ok: false, note: "a chip" }],
      ["decide", { approved: true }],
    ],
  },
  "return-not-sellable": { sku: "declined", events: [["inspect", { ok: true }]] },
  "return-settled": {
    chargeId: "declined",
    sku: "slow-1",
    events: [
      ["inspect", { ok: true }],
      ["decide", { approved: true, note: "once more" }],
      ["settle", { note: "a bank transfer" }],
    ],
  },
};

/** Plays those paths on a server, and writes what it recorded. */
export async function recordReturns(address: string, names: readonly string[], folder: HistoryFolder): Promise<void> {
  const stack = await startStack(address);
  try {
    await stack.startWorker();
    const { connection, namespace } = stack;
    const client = await createClient(app, { connection, namespace, identity: "ada" });
    for (const name of names) {
      const { chargeId = `ch_${name}`, sku = "mug", events } = returnPaths[name] ?? { events: [] };
      const input = { orderId: name, chargeId, amountCents: 1_200, lines: [{ sku, quantity: 1 }] };
      const { workflowId } = await client.start("returnRequest", input);
      for (const [event, data] of events) await client.update(workflowId, event, data, { waitMs: 30_000 });
      const run = stack.client.workflow.getHandle(workflowId);
      await run.result();
      await folder.write(name, historyFixture({ namespace, workflowId, history: await run.fetchHistory() }));
    }
  } finally {
    await stack.close();
  }
}

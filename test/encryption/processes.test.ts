// The shop's worker and API as processes of their own, with TENUTO_ENCRYPTION_KEYS.
import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, describe, test } from "node:test";
import { Client } from "@temporalio/client";
import { createEncryption } from "tenuto/client";
import { checkHistories, type RecordedHistory } from "tenuto/testing";
import { app } from "../../src/app.ts";
import { spawnApi } from "../api/fixtures/api-process.ts";
import { type Calls, callsTo } from "../api/fixtures/http.ts";
import type { EntryPoint } from "../rig/entry-point.ts";
import { anOrder } from "../rig/orders.ts";
import { place, resultOf, runPath } from "../rig/parked.ts";
import { type Stack, startStack } from "../rig/stack.ts";
import { Canaries } from "./fixtures/canaries.ts";
import { aKey } from "./fixtures/keys.ts";

const workflows = new URL("../../src/workflows/index.ts", import.meta.url);

describe("the shop's processes with encryption keys", { timeout: 300_000 }, () => {
  const canaries = new Canaries();
  const keys = aKey("env");
  const encryption = createEncryption(keys);
  const recorded: RecordedHistory[] = [];
  let stack: Stack, worker: EntryPoint, api: EntryPoint & { readonly url: string }, calls: Calls;
  before(async () => {
    stack = await startStack(undefined, async ({ connection, options: { namespace } }) => {
      const { dataConverter } = encryption;
      const client = new Client({ connection, namespace, dataConverter });
      const ofTheShop = client.workflow.list({ query: `TaskQueue = '${app.name}'` });
      for await (const { workflowId, history } of ofTheShop.intoHistories())
        recorded.push({ namespace, workflowId, history: history as RecordedHistory["history"] });
      assert.ok((await checkHistories({ workflows, encryption }, recorded)) > 0);
    });
    const env = { TENUTO_ENCRYPTION_KEYS: keys };
    [worker, api] = await Promise.all([stack.startWorker(env), stack.startApi(env)]);
    calls = callsTo(api.url);
  });
  after(() => stack.close());

  test("orders end as they do in clear, and neither the server nor a log has what is in them", async () => {
    const [customer = "", address = "", sku = "", message = ""] = canaries.some(4);
    const order = anOrder({ customer, address, lines: [{ sku, quantity: 1, unitCents: 60_000 }] });
    await place(calls, order);
    const approval = { input: { approved: true, by: message } };
    assert.equal((await calls.post(`${runPath(order)}/signals/approve`, approval)).status, 202);
    const declined = anOrder({ card: "declined", customer });
    await place(calls, declined);

    assert.equal((await resultOf(calls, order)).status, "completed");
    const refused = await resultOf(calls, declined);
    assert.deepEqual([refused.status, refused.error?.type], ["failed", "CardDeclined"]);

    const { body } = await calls.get(`${runPath(order)}/history`);
    assert.ok([customer, address, sku, message].every((text) => JSON.stringify(body).includes(text)));
    const { events } = await stack.client.workflow.getHandle(`order-${order.id}`).fetchHistory();
    const bytes = (events ?? []).flatMap(payloadsIn).map((data) => Buffer.from(data).toString("latin1"));
    assert.ok(bytes.length > 5);
    assert.ok(!bytes.join().includes(canaries.prefix));
    assert.doesNotMatch(worker.output() + api.output(), new RegExp(canaries.prefix));
  });

  test("keys that can't be used end a process with 1, and are not told", async (t) => {
    const { child, output } = spawnApi(t, { TENUTO_ENCRYPTION_KEYS: "k1:canary-of-the-keys" });

    const [code] = (await once(child, "exit")) as [number | null];

    assert.equal(code, 1);
    assert.match(output(), /^api: Encryption key 1 .*base64/m);
    assert.doesNotMatch(output(), /canary|\n {4}at /);
    await assert.rejects(
      stack.startWorker({ TENUTO_ENCRYPTION_KEYS: "k1:canary-of-the-keys" }),
      ({ message }: Error) => message.includes("worker: Encryption key 1") && !message.includes("canary"),
    );
  });
});

/** The bytes of every payload in a message, headers too. */
function payloadsIn(value: unknown): readonly Uint8Array[] {
  if (value instanceof Uint8Array) return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(payloadsIn) : [];
}

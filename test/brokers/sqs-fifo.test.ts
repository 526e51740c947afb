import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { randomUUID } from "node:crypto";
import { createClient, type TenutoClient } from "tenuto/client";
import { startConsumers } from "tenuto/events";
import { describeEventConsumer } from "../contracts/event-consumer.ts";
import { parcelApp } from "../contracts/fixtures/parcel-events.ts";
import { eventually } from "../rig/eventually.ts";
import { workerRig } from "../workflow/fixtures/worker-rig.ts";
import { sqsQueues } from "./fixtures/sqs-queues.ts";

const queues = sqsQueues({ isFifo: true });

describeEventConsumer("a FIFO queue of SQS", queues);

describe("message groups", { skip: queues.skip }, () => {
  const rig = workerRig(new URL("../events/fixtures/parcels-workflows.ts", import.meta.url));
  const name = `groups-${randomUUID()}`;
  let client: TenutoClient;
  before(async () => {
    const app = parcelApp(name, { kind: "none" });
    await rig.startWorker({ app, activities: [] });
    client = await createClient(app, { connection: rig.connection, namespace: rig.namespace });
  });

  test("are taken in turn, each for itself", async (t) => {
    const queue = await queues.open(t);
    const groups = [randomUUID(), randomUUID(), randomUUID()];
    const numbers = Array.from({ length: 8 }, (_, index) => index + 1);
    const count = (id: string, n: number) =>
      queue.put(JSON.stringify({ id, n }), { attributes: { id: `${id}-${n}`, type: "counted" }, group: id });
    for (const n of numbers) for (const id of groups) await count(id, n);

    const { transport, variables } = queue;
    const consumers = await startConsumers({ app: parcelApp(name, transport), client, variables });
    t.after(() => consumers.stop(0));
    for (const id of groups) await count(id, 0);
    await eventually("all are deleted", async () => (await queue.left()) === 0);

    for (const id of groups) {
      const { result } = await client.result(`counter-${id}`, { waitMs: 30_000 });
      assert.deepEqual(result, numbers);
    }
  });
});

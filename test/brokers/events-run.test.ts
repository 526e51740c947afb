import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { connect } from "amqplib";
import { defineApp } from "tenuto";
import { spawnTenuto } from "../cli/fixtures/tenuto-command.ts";
import { counter, parcel } from "../events/fixtures/parcels.contract.ts";
import { brokerOrSkip } from "../rig/brokers.ts";
import { eventually } from "../rig/eventually.ts";
import { testServer } from "../rig/stack.ts";
import { workerRig } from "../workflow/fixtures/worker-rig.ts";

const rabbit = brokerOrSkip("rabbitmq");

describe("tenuto events run", { timeout: 300_000, skip: rabbit.skip }, () => {
  const rig = workerRig(new URL("../events/fixtures/parcels-workflows.ts", import.meta.url));

  test("loses nothing of what it had when it is killed, and ends orderly on SIGTERM", async (t) => {
    const name = `parcels-${randomUUID()}`;
    await rig.startWorker({ app: defineApp({ name, workflows: [parcel, counter], activities: [] }), activities: [] });
    const { url } = await rabbit.broker();
    const module = fileURLToPath(new URL("./fixtures/parcel-app.ts", import.meta.url));
    const env = { TEMPORAL_ADDRESS: testServer(), TEMPORAL_NAMESPACE: rig.namespace, RABBIT: url, PARCELS: name };
    const run = () => {
      const started = spawnTenuto(["events", "run", "--app", module], { env });
      t.after(() => started.child.kill("SIGKILL"));
      return started;
    };
    const killed = run();
    const broker = await connect(url);
    t.after(() => broker.close());
    const waits = async () => {
      // A queue that is not there closes the channel.
      const channel = await broker.createChannel();
      channel.on("error", () => undefined);
      return channel.checkQueue(name).finally(() => channel.close().catch(() => undefined));
    };
    await eventually("it has made its queue", () => waits().catch(() => undefined));
    const channel = await broker.createConfirmChannel();
    const ids = Array.from({ length: 60 }, () => randomUUID());
    for (const id of ids)
      channel.sendToQueue(name, Buffer.from(JSON.stringify({ id })), {
        ...{ persistent: true, messageId: id, type: "parcel.new" },
      });
    await channel.waitForConfirms();
    const hasBegun = (id: string) =>
      rig.client.workflow
        .getHandle(`parcel-${id}`)
        .describe()
        .then(
          () => true,
          () => false,
        );
    await eventually("the first has begun", () => hasBegun(ids[0] ?? ""), { everyMs: 5 });
    killed.child.kill("SIGKILL");
    await killed.ended;

    const second = run();
    await eventually("the queue is empty", async () => (await waits()).messageCount === 0);
    for (const id of ids) await eventually(`parcel ${id} has begun`, () => hasBegun(id));
    const askedAt = Date.now();
    second.child.kill("SIGTERM");
    const { code, stdout, stderr } = await second.ended;
    assert.equal(code, 0, stderr);
    assert.ok(Date.now() - askedAt < 12_500);
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { readonly msg: string });
    assert.equal(lines.at(-1)?.msg, "taking no more events");
    assert.equal((await waits()).messageCount, 0);
  });
});

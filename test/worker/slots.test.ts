import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { implementActivities } from "tenuto/activity";
import { createClient, type TenutoClient } from "tenuto/client";
import { freePort } from "tenuto/worker";
import { spawnTenuto } from "../cli/fixtures/tenuto-command.ts";
import { eventually } from "../rig/eventually.ts";
import { testServer } from "../rig/stack.ts";
import { workerRig } from "../workflow/fixtures/worker-rig.ts";
import { heavy, queuedApp } from "./fixtures/queued.contract.ts";

const workflows = new URL("./fixtures/queued-workflows.ts", import.meta.url);

describe("what a worker does at once", { timeout: 300_000 }, () => {
  const rig = workerRig(workflows);
  const app = queuedApp(`slots-${randomUUID()}`);
  const activities = [implementActivities(heavy, { crunch: async (text) => text, note: async (text) => text })];
  let client: TenutoClient;
  before(async () => {
    client = await createClient(app, { connection: rig.connection, namespace: rig.namespace });
  });
  const completes = async (text: string) => {
    const { workflowId } = await client.start("mixes", text);
    const { status } = await client.result(workflowId, { waitMs: 60_000 });
    assert.equal(status, "completed", text);
  };

  test("is as much as the machine's memory and processor bear, on all of its queues", async () => {
    const stop = await rig.startWorker({ app, activities, slots: { memory: 0.95, cpu: 1 }, reconcileEvery: "never" });
    await Promise.all(Array.from({ length: 20 }, (_, place) => completes(`memory ${place}`)));
    await stop();
  });

  test("is polled for by so many polls, or by as many as load asks for", async () => {
    for (const pollers of ["autoscaling", { workflows: 2, activities: 1 }] as const) {
      const stop = await rig.startWorker({ app, activities, pollers, reconcileEvery: "never" });
      await Promise.all(["a", "b", "c"].map(completes));
      await stop();
    }
  });
});

describe("the variables of a worker", { timeout: 300_000 }, () => {
  const rig = workerRig(workflows);
  const app = queuedApp(`variables-${randomUUID()}`);
  const module = new URL("./fixtures/queued-worker.ts", import.meta.url).pathname;
  const started: ReturnType<typeof spawnTenuto>[] = [];
  const start = async (more: Readonly<Record<string, string>>) => {
    const port = String(await freePort());
    const own = { TEMPORAL_ADDRESS: testServer(), TEMPORAL_NAMESPACE: rig.namespace, TEST_APP: app.name };
    const env = { ...own, TENUTO_METRICS_PORT: port, ...more };
    const spawned = spawnTenuto(["worker", "--app", module], { env });
    started.push(spawned);
    return { ...spawned, readyz: () => fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined) };
  };
  after(async () => {
    for (const { child } of started) child.kill("SIGTERM");
    await Promise.all(started.map(({ ended }) => ended));
  });

  test("say which queues it works on, and how much at once", async () => {
    const client = await createClient(app, { connection: rig.connection, namespace: rig.namespace });
    const slow = await start({ TENUTO_QUEUES: "slow", TENUTO_SLOTS: "activities=2", TEST_WORKER: "slow" });
    const others = await start({
      TENUTO_QUEUES: "main,bulk",
      TENUTO_SLOTS: "memory=0.95,cpu=1",
      TEST_WORKER: "others",
    });
    for (const { readyz } of [slow, others])
      await eventually("it is ready", async () => (await readyz())?.ok, { withinMs: 120_000 });

    const { workflowId } = await client.start("mixes", "x");
    const { status, result } = await client.result(workflowId, { waitMs: 60_000 });

    assert.deepEqual([status, result], ["completed", ["crunch x in slow", "note x in others", "note x in others"]]);
  });

  test("that mean nothing end it with what can be written", async () => {
    for (const [variable, value, says] of [
      ["TENUTO_SLOTS", "activities=many", /activities=many[^]*whole numbers/],
      ["TENUTO_QUEUES", "slwo", /"slwo": there are main, bulk, slow/],
      ["TENUTO_MAX_STEPS_PER_SECOND", "-1", /TENUTO_MAX_STEPS_PER_SECOND/],
    ] as const) {
      const { code, stderr } = await (await start({ [variable]: value })).ended;
      assert.equal(code, 2, `${variable}: ${stderr}`);
      assert.match(stderr, says);
    }
  });
});

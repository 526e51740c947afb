import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Client, Connection } from "@temporalio/client";
import { NativeConnection } from "@temporalio/worker";
import { defineActivities, defineApp, defineWorkflow, InvalidDefinition, queuesOf, UnknownQueue } from "tenuto";
import { implementActivities } from "tenuto/activity";
import { createApi, listenApi, type RunningApi } from "tenuto/api";
import { createClient, setUpNamespace, type TaskQueue, type TenutoClient } from "tenuto/client";
import { createWorker, freePort, parseSlots, type WorkerOptions } from "tenuto/worker";
import { z } from "zod";
import { spawnTenuto } from "../cli/fixtures/tenuto-command.ts";
import { eventually } from "../rig/eventually.ts";
import { replayAll } from "../rig/replay.ts";
import { testServer } from "../rig/stack.ts";
import "../rig/worker-log.ts";
import { heavy, queuedApp } from "./fixtures/queued.contract.ts";

const workflows = new URL("./fixtures/queued-workflows.ts", import.meta.url);
const module = fileURLToPath(new URL("./fixtures/queued-worker.ts", import.meta.url));
const step = { input: z.string(), output: z.string(), attemptTimeout: "20s" } as const;

describe("queues of an app", { timeout: 300_000 }, () => {
  const namespace = `queues-${randomUUID()}`;
  const app = queuedApp(`queues-${randomUUID()}`);
  const env = { TEMPORAL_ADDRESS: testServer(), TEMPORAL_NAMESPACE: namespace, TEST_APP: app.name };
  const closing = new AbortController();
  const started: ReturnType<typeof spawnTenuto>[] = [];
  let connection: Connection, native: NativeConnection, raw: Client, client: TenutoClient, api: RunningApi;

  before(async () => {
    connection = await Connection.connect({ address: testServer(), interceptors: [] });
    native = await NativeConnection.connect({ address: testServer() });
    await setUpNamespace(connection, { namespace, retentionDays: 30 });
    raw = new Client({ connection, namespace });
    client = await createClient(app, { connection, namespace });
    api = await listenApi(createApi({ client, app, closing: closing.signal }), { host: "127.0.0.1", port: 0 });
  });
  after(async () => {
    closing.abort();
    await api.close();
    for (const { child } of started) child.kill("SIGTERM");
    const ends = await Promise.all(started.map(({ ended }) => ended));
    assert.deepEqual(
      ends.map(({ code, stderr }) => [code, stderr]),
      ends.map(() => [0, ""]),
    );
    await replayAll(raw, workflows);
    await native.close();
    await connection.close();
  });

  const command = (...args: string[]) => spawnTenuto(args, { env: { TENUTO_URL: api.url } }).ended;
  const startProcess = async (queue: string) => {
    const port = String(await freePort());
    const more = { TEST_WORKER: queue, TENUTO_METRICS_PORT: port };
    const spawned = spawnTenuto(["worker", "--app", module, "--queues", queue, "--slots", "activities=5"], {
      env: { ...env, ...more },
    });
    started.push(spawned);
    const readyz = () => fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    await eventually(`the worker of ${queue} is ready`, async () => (await readyz())?.ok, { withinMs: 120_000 });
    return readyz;
  };
  const queue = async (name: string): Promise<TaskQueue | undefined> =>
    (await client.taskQueues()).find((each) => each.name === name);

  test("are known by contracts, and names that are none are refused when they are defined", () => {
    assert.deepEqual(
      queuesOf(app).map(({ queue: name, taskQueue, hasWorkflows, hasActivities }) => [
        ...[name, taskQueue.replace(app.name, "APP"), hasWorkflows, hasActivities],
      ]),
      [
        ["main", "APP", true, true],
        ["bulk", "APP.bulk", true, false],
        ["slow", "APP.slow", false, true],
      ],
    );
    for (const name of ["", "a.b", "tenuto-x", "with space"]) {
      assert.throws(
        () => defineWorkflow("x", { input: z.string(), output: z.string(), queue: name }),
        InvalidDefinition,
      );
      assert.throws(() => defineActivities("x", { y: { ...step, queue: name } }), InvalidDefinition);
      assert.throws(() => defineActivities("x", { y: step }, { queue: name }), InvalidDefinition);
    }
  });

  test("a worker of a queue that there is not, or of slots that mean nothing, is refused, and told what there is", async () => {
    const options = { app, workflows, activities: [], connection: native, namespace };
    await assert.rejects(createWorker({ ...options, queues: ["slwo"] }), (error) => {
      assert.ok(error instanceof UnknownQueue);
      assert.deepEqual([error.queue, error.known], ["slwo", ["main", "bulk", "slow"]]);
      return true;
    });
    await assert.rejects(createWorker({ ...options, queues: [] }), InvalidDefinition);
    for (const text of [
      "",
      "activities",
      "activities=0",
      "activities=1.5",
      "workflows=1",
      "memory=1",
      "memory=0.5,activities=1",
    ])
      assert.throws(() => parseSlots(text), InvalidDefinition, text);
    assert.deepEqual(parseSlots("workflows=4, activities=10"), { workflows: 4, activities: 10 });
    assert.deepEqual(parseSlots("memory=0.8"), { memory: 0.8 });
    const { code, stderr } = await spawnTenuto(["worker", "--app", module, "--queues", "slwo"], {
      env: { ...env, TENUTO_METRICS_PORT: String(await freePort()) },
    }).ended;
    assert.equal(code, 2);
    assert.match(stderr, /"slwo": there are main, bulk, slow/);
  });

  test("what waits is told by priority, and the doctor says which workers are missing", async () => {
    const start = (priorityKey: number) =>
      raw.workflow.start("mixes", {
        ...{ taskQueue: app.name, workflowId: randomUUID(), args: [`p${priorityKey}`] },
        priority: { priorityKey },
      });
    await Promise.all([1, 1, 5, 5, 5].map(start));

    const waiting = await eventually("five runs wait", async () => {
      const found = await queue(app.name);
      return found?.workflow.backlog === 5 && found;
    });

    const byPriority = waiting.workflow.byPriority?.map(({ priority, backlog }) => [priority, backlog]);
    assert.deepEqual(
      byPriority?.filter(([, backlog]) => backlog),
      [
        [1, 2],
        [5, 3],
      ],
    );
    const listed = await command("queues", "list");
    assert.match(listed.stdout, /workflow\s+5\s.*1:2 5:3/);
    const { stdout, code } = await command("doctor", "--json");
    const { findings } = JSON.parse(stdout) as { findings: readonly { what: string; status: string; todo?: string }[] };
    const failed = findings
      .filter(({ status }) => status === "failed")
      .map(({ what }) => what.replace(app.name, "APP"));
    assert.deepEqual(
      [code, failed],
      [1, ['queue "APP"', 'queue "APP.bulk"', 'queue "APP.slow"', 'queue "tenuto-system"']],
    );
  });

  test("a process for each works on its own only, and runs with steps on two of them go through", async () => {
    const [readyz] = await Promise.all(["main", "slow", "bulk"].map(startProcess));

    const { workflowId } = await client.start("mixes", "x");
    const { status, result } = await client.result(workflowId, { waitMs: 60_000 });

    assert.deepEqual([status, result], ["completed", ["crunch x in slow", "note x in main", "note x in main"]]);
    const { body: lacks } = { body: (await (await readyz?.())?.json()) as { lacks?: readonly string[] } };
    assert.ok(Array.isArray(lacks.lacks));
    const { stdout, code } = await command("doctor");
    assert.equal(code, 0, stdout);
    assert.match(stdout, new RegExp(`ok {6}queue "${app.name}\\.slow": 1 worker`));
    const ready = (await (await fetch(`${api.url}/readyz`)).json()) as {
      checks: { workers: { queues: readonly { ok: boolean }[] } };
    };
    assert.deepEqual(
      ready.checks.workers.queues.map(({ ok }) => ok),
      [true, true, true],
    );
    // What waited is worked on before the processes end.
    await eventually("nothing waits", async () => (await queue(app.name))?.workflow.backlog === 0, {
      withinMs: 60_000,
    });
  });
});

test("a second worker takes steps that the first has no slots for", { timeout: 120_000 }, async () => {
  const namespace = `queues-${randomUUID()}`;
  const app = defineApp({ ...queuedApp(`queues-${randomUUID()}`) });
  const connection = await Connection.connect({ address: testServer(), interceptors: [] });
  await setUpNamespace(connection, { namespace, retentionDays: 1 });
  const client = await createClient(app, { connection, namespace });
  let inWork = 0;
  let most = 0;
  let isOpen = false;
  const gate = new EventEmitter();
  const crunch = async (text: string) => {
    inWork += 1;
    most = Math.max(most, inWork);
    if (!isOpen) await once(gate, "open");
    inWork -= 1;
    return text;
  };
  const activities = [implementActivities(heavy, { crunch, note: async (text) => text })];
  const start = async (queues: WorkerOptions["queues"]) => {
    const native = await NativeConnection.connect({ address: testServer() });
    const options = { app, workflows, activities, connection: native, namespace, slots: { activities: 1 } };
    const worker = await createWorker({ ...options, ...(queues && { queues }) });
    const running = worker.run();
    return async () => {
      worker.shutdown();
      await running;
      await native.close();
    };
  };
  const stops = [await start(undefined)];
  const runs = await Promise.all(["a", "b", "c"].map((text) => client.start("mixes", text)));
  await eventually("two steps wait", async () => {
    const slow = (await client.taskQueues()).find(({ name }) => name === `${app.name}.slow`);
    return inWork === 1 && slow?.activity.backlog === 2;
  });
  assert.equal(most, 1);

  stops.push(await start(["slow"]));

  await eventually("two steps are in work", () => inWork === 2);
  isOpen = true;
  gate.emit("open");
  for (const { workflowId } of runs)
    assert.equal((await client.result(workflowId, { waitMs: 30_000 })).status, "completed");
  await Promise.all(stops.map((stop) => stop()));
  await connection.close();
});

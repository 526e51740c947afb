import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, describe, test } from "node:test";
import { defineApp } from "tenuto";
import { createClient, type TenutoClient } from "tenuto/client";
import { startSystemWorker } from "tenuto/worker";
import { readRollups } from "../../src/sdk/client/read-rollups.ts";
import { Temporal } from "../../src/sdk/client/temporal.ts";
import { rollupsWorkflowId, rollupWorkflow } from "../../src/sdk/core/rollup.ts";
import { totalOf } from "../../src/sdk/core/rollup-state.ts";
import { addTotals, closedIn, type RunTotals } from "../../src/sdk/core/run-totals.ts";
import { eventually } from "../rig/eventually.ts";
import { replaySystemWorkflows } from "../rig/replay.ts";
import { workerRig } from "../workflow/fixtures/worker-rig.ts";
import { chained, counted, plain } from "./fixtures/counted.contract.ts";

describe("the numbers of runs that have closed", { timeout: 300_000 }, () => {
  const rig = workerRig(new URL("./fixtures/counted-workflows.ts", import.meta.url));
  const app = defineApp({ name: `counted-${randomUUID()}`, workflows: [counted, chained, plain], activities: [] });
  let client: TenutoClient;
  let stopCounting: () => Promise<void>;
  const startCounting = () =>
    startSystemWorker(rig.native, rig.namespace, { reconcileEvery: "never", rollUpEvery: "500ms", app });
  before(async () => {
    client = await createClient(app, { connection: rig.connection, namespace: rig.namespace });
    await rig.startWorker({ app, activities: [], reconcileEvery: "never" });
    stopCounting = await startCounting();
  });

  const temporal = () => new Temporal({ connection: rig.connection, namespace: rig.namespace, identity: "test" });
  const totals = async (type: string, of = temporal()): Promise<RunTotals> => {
    const rollups = await readRollups(of, { from: "2020-01-01" });
    return rollups
      .filter(({ subject }) => subject.type === type)
      .flatMap(({ day }) => Object.values(day).map(totalOf))
      .reduce(addTotals, {});
  };
  const counts = async (type: string, closed: number, of = temporal()) =>
    eventually(`${closed} runs of ${type} are counted`, async () => {
      const found = await totals(type, of);
      return closedIn(found) >= closed && found;
    });
  /** How long the closed runs of a query took, as the server tells it. */
  const tookMs = async (query: string) => {
    const took: number[] = [];
    for await (const { startTime, closeTime } of rig.client.workflow.list({ query }))
      took.push((closeTime?.getTime() ?? NaN) - startTime.getTime());
    return took;
  };

  test("runs of every fate are counted once, in time or late, with what they have recorded", async () => {
    const start = (input: object) =>
      client.start(counted, { end: "complete", ...input } as never, { workflowId: randomUUID() });
    for (const values of [[129], [1, 2], []]) await start({ values });
    await start({ afterMs: 2_500, values: [10] });
    await start({ end: "fail", values: [0.5] });
    const canceled = await start({ end: "wait", values: [1_000] });
    const terminated = await start({ end: "wait" });
    await rig.client.workflow.start("counted", {
      workflowId: randomUUID(),
      taskQueue: app.name,
      args: [{ end: "wait" }],
      workflowExecutionTimeout: "1s",
    });
    // Not before it has recorded what it has.
    await eventually("it goes", async () => (await client.history(canceled.workflowId)).length > 5);
    await client.cancel(canceled.workflowId, { reason: "by a test" });
    await client.terminate(terminated.workflowId, { reason: "by a test" });
    const { durations, longestMs, ...found } = await counts("counted", 8);
    const took = await tookMs("WorkflowType = 'counted'");
    const completed = await tookMs("WorkflowType = 'counted' AND ExecutionStatus = 'Completed'");
    assert.deepEqual(found, {
      completed: 4,
      failed: 1,
      canceled: 1,
      terminated: 1,
      timedOut: 1,
      judged: 8,
      late: took.filter((each) => each > 2_000).length,
      sumMs: completed.reduce((sum, each) => sum + each, 0),
      metrics: { "orders.value": { count: 6, sum: 1_142.5 } },
    });
    assert.ok(completed.some((each) => each >= 2_500));
    assert.equal(longestMs, Math.max(...completed));
    assert.equal(
      Object.values(durations ?? {}).reduce((sum, count) => sum + count, 0),
      4,
    );
  });

  test("runs that continue each other are one, from the first start on; a type without an SLA has none late", async () => {
    const { workflowId } = await client.start(chained, { more: 2, eachMs: 500 }, { workflowId: randomUUID() });
    await client.start(plain, {}, { workflowId: randomUUID() });
    const found = await counts("chained", 1);
    assert.deepEqual(
      [found.completed, found.judged, found.late, found.metrics],
      [1, 1, 1, { links: { count: 3, sum: 3 } }],
    );
    assert.equal(found.sumMs, await chainTookMs(workflowId));
    const { durations: _, longestMs: __, sumMs: ___, ...others } = await counts("plain", 1);
    assert.deepEqual(others, { completed: 1 });
  });

  test("who counts may be cut anywhere, begin anew or count twice: the numbers stay", async () => {
    const before = await totals("counted");
    await stopCounting();
    await rig.client.workflow.getHandle(rollupsWorkflowId).terminate("by a test");
    for (let n = 0; n < 20; n += 1) await client.start(plain, {}, { workflowId: randomUUID() });
    stopCounting = await startCounting();
    assert.equal((await counts("plain", 21)).completed, 21);
    assert.deepEqual(await totals("counted"), before);
  });

  test("a rollup that somebody has ended begins anew, and has all that it had", async () => {
    const before = await totals("counted");
    const query = `WorkflowType = '${rollupWorkflow}' AND ExecutionStatus = 'Running'`;
    for await (const { workflowId } of rig.client.workflow.list({ query }))
      await rig.client.workflow.getHandle(workflowId).terminate("by a test");
    await client.start(plain, {}, { workflowId: randomUUID() });
    assert.deepEqual((await counts("plain", 22)).completed, 22);
    // Nothing of its type has closed since: the one that was ended tells what it had.
    assert.deepEqual(await totals("counted"), before);
  });

  test("a tenant has the numbers of its own runs, and who has none those of all", async () => {
    const acme = client.forTenant("acme");
    await acme.start(plain, {}, { workflowId: randomUUID() });
    assert.equal((await counts("plain", 23)).completed, 23);
    assert.equal((await counts("plain", 1, temporal().forTenant("acme"))).completed, 1);
    assert.deepEqual(await totals("counted", temporal().forTenant("acme")), {});
  });

  test("every rollup, and who counts, replays without a cache", async () => {
    await stopCounting();
    const { runs: replayed } = await replaySystemWorkflows(rig.client, rollupWorkflow, "tenutoRollups");
    assert.ok(replayed >= 6, String(replayed));
  });

  /** From the start of the first run of an id to the end of the last one. */
  async function chainTookMs(workflowId: string): Promise<number> {
    let [first, last] = [Infinity, 0];
    for await (const { startTime, closeTime } of rig.client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) {
      first = Math.min(first, startTime.getTime());
      last = Math.max(last, closeTime?.getTime() ?? NaN);
    }
    return last - first;
  }
});

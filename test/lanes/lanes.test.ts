import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { before, describe, test } from "node:test";
import { implementActivities } from "tenuto/activity";
import { createClient, type TenutoClient } from "tenuto/client";
import { laneIdOf } from "../../src/sdk/core/lane.ts";
import { laneMemo, type LaneRecord, laneWorkflow } from "../../src/sdk/core/lane-record.ts";
import { systemTaskQueue } from "../../src/sdk/core/dead-letter.ts";
import { eventually } from "../rig/eventually.ts";
import { replaySystemWorkflows } from "../rig/replay.ts";
import { workerRig } from "../workflow/fixtures/worker-rig.ts";
import { jobsApp, journal } from "./fixtures/jobs.contract.ts";

describe("lanes", { timeout: 300_000 }, () => {
  const rig = workerRig(new URL("./fixtures/jobs-workflows.ts", import.meta.url));
  const app = jobsApp(`lanes-${randomUUID()}`);
  const written: string[] = [];
  let client: TenutoClient;
  before(async () => {
    const write = ({ id, what }: { readonly id: string; readonly what: string }) => {
      written.push(`${what} ${id}`);
      return Promise.resolve(null);
    };
    const activities = [implementActivities(journal, { write })];
    await rig.startWorker({ app, activities, maxCachedWorkflows: 0, reconcileEvery: "never" });
    client = await createClient(app, { connection: rig.connection, namespace: rig.namespace });
  });

  const start = (type: string, customer: string, id: string) =>
    client.start(type, { customer, id: `${customer}-${id}` });
  const end = (type: string, customer: string, id: string) =>
    client.signal(`${type}-${customer}-${id}`, "go", { on: "end" });
  /** Those of a customer that have begun, in the order in which they did. */
  const begun = (customer: string) =>
    written.flatMap((line) => (line.startsWith(`begin ${customer}-`) ? [line.slice(`begin ${customer}-`.length)] : []));
  const begin = (customer: string, ids: readonly string[]) =>
    eventually(`${ids.join(", ")} have begun`, () => begun(customer).join() === ids.join());
  const lane = async (type: string, key?: string): Promise<LaneRecord | undefined> => {
    const { memo } = await rig.client.workflow
      .getHandle(laneIdOf({ type, ...(key !== undefined && { key }) }))
      .describe();
    return memo?.[laneMemo] as LaneRecord | undefined;
  };
  const wait = (type: string, customer: string, ids: readonly string[]) =>
    eventually(`${ids.join(", ")} wait`, async () => {
      const first = (await lane(type, customer).catch(() => undefined))?.waiting.first ?? [];
      return first.map(({ workflowId }) => workflowId).join() === ids.map((id) => `${type}-${customer}-${id}`).join();
    });

  test("runs of a key begin in the order in which they came, never more than the limit; other keys do not wait", async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    for (const id of ["a", "b", "c", "d", "e"]) {
      await start("job", one, id);
      await eventually("the lane knows it", async () => {
        const record = await lane("job", one).catch(() => undefined);
        return [...(record?.holders ?? []), ...(record?.waiting.first ?? [])].some(({ workflowId }) =>
          workflowId.endsWith(id),
        );
      });
    }
    await wait("job", one, ["c", "d", "e"]);
    await start("job", other, "x");
    await begin(other, ["x"]);
    await begin(one, ["a", "b"]);
    await end("job", one, "b");
    await begin(one, ["a", "b", "c"]);
    await wait("job", one, ["d", "e"]);
    await end("job", one, "a");
    await begin(one, ["a", "b", "c", "d"]);
    for (const id of ["c", "d", "e"]) await end("job", one, id);
    await end("job", other, "x");
    assert.deepEqual(await client.result(`job-${one}-e`, { waitMs: 10_000 }), {
      status: "completed",
      result: [`${one}-e`],
    });
    assert.deepEqual(begun(one), ["a", "b", "c", "d", "e"]);
    await eventually("the lane that nobody is in ends", async () => {
      const { status } = await rig.client.workflow.getHandle(laneIdOf({ type: "job", key: one })).describe();
      return status.name === "COMPLETED";
    });
  });

  test("without a key all runs of the type share one lane; one that is told meanwhile is told when it begins", async () => {
    const of = randomUUID();
    await start("alone", of, "a");
    await begin(of, ["a"]);
    await start("alone", of, "b");
    await eventually("it waits", async () => (await lane("alone"))?.waiting.runs === 1);
    await end("alone", of, "b");
    await sleep(300);
    assert.deepEqual(begun(of), ["a"]);
    await end("alone", of, "a");
    assert.equal((await client.result(`alone-${of}-b`, { waitMs: 10_000 })).status, "completed");
  });

  test("a waiting run that is canceled ends so without having begun, and one that is terminated takes no slot", async () => {
    const of = randomUUID();
    for (const id of ["a", "b"]) await start("job", of, id);
    await eventually("two have begun", () => begun(of).length === 2);
    for (const id of ["c", "d", "e"]) {
      await start("job", of, id);
      await wait("job", of, ["c", "d", "e"].slice(0, ["c", "d", "e"].indexOf(id) + 1));
    }
    await client.cancel(`job-${of}-c`, { reason: "by a test" });
    assert.equal((await client.result(`job-${of}-c`, { waitMs: 10_000 })).status, "canceled");
    await client.terminate(`job-${of}-d`, { reason: "by a test" });
    await end("job", of, "a");
    await eventually("the one behind them has begun", () => begun(of).includes("e"));
    assert.deepEqual(written.filter((line) => line.includes(of)).length, 3);
    for (const id of ["b", "e"]) await end("job", of, id);
  });

  test("a slot is free when its run was terminated, has failed, or was deleted; not when it continues as new", async () => {
    const of = randomUUID();
    await start("job", of, "a");
    await start("job", of, "b");
    await eventually("two have begun", () => begun(of).length === 2);
    await start("job", of, "c");
    await wait("job", of, ["c"]);
    await client.signal(`job-${of}-a`, "go", { on: "as-new" });
    await eventually("it has begun once more", () => begun(of).filter((id) => id === "a").length === 2);
    await sleep(500);
    assert.ok(!begun(of).includes("c"));
    await client.terminate(`job-${of}-a`, { reason: "by a test" });
    await eventually("the next has begun", () => begun(of).includes("c"));
    await start("job", of, "d");
    await wait("job", of, ["d"]);
    await rig.connection.workflowService.deleteWorkflowExecution({
      namespace: rig.namespace,
      workflowExecution: { workflowId: `job-${of}-b` },
    });
    await eventually("the one behind the deleted has begun", () => begun(of).includes("d"));
    for (const id of ["c", "d"]) await end("job", of, id);
  });

  test("an update of a waiting run is answered when it begins; refused when it never does", async () => {
    const of = randomUUID();
    for (const id of ["a", "b"]) await start("job", of, id);
    await eventually("two have begun", () => begun(of).length === 2);
    for (const id of ["c", "d"]) await start("job", of, id);
    await eventually("two wait", async () => (await lane("job", of))?.waiting.runs === 2);
    const handle = (id: string) => rig.client.workflow.getHandle(`job-${of}-${id}`);
    const answer = handle("c").executeUpdate("ask", { args: [{}] });
    const refused = assert.rejects(handle("d").executeUpdate("ask", { args: [{}] }));
    await sleep(300);
    await client.cancel(`job-${of}-d`, { reason: "by a test" });
    await refused;
    await end("job", of, "a");
    assert.equal(await answer, `job ${of}-c`);
    for (const id of ["b", "c"]) await end("job", of, id);
  });

  test("children, and runs that nobody has stamped, are in their lane, too", async () => {
    const of = randomUUID();
    const raw = { taskQueue: app.name, args: [{ customer: of, id: `${of}-raw` }] };
    await rig.client.workflow.start("job", { ...raw, workflowId: `job-${of}-raw` });
    await start("parent", of, "p");
    await eventually("two have begun", () => begun(of).length === 2);
    await start("job", of, "c");
    await wait("job", of, ["c"]);
    const child = (await lane("job", of))?.holders.find(({ workflowId }) => !workflowId.endsWith("raw"))?.workflowId;
    assert.ok(child);
    await client.signal(child, "go", { on: "end" });
    await begin(of, begun(of).slice(0, 2).concat("c"));
    for (const id of ["raw", "c"]) await end("job", of, id);
  });

  test("a lane that somebody ends begins anew with the runs that are at work", async () => {
    const of = randomUUID();
    for (const id of ["a", "b"]) await start("job", of, id);
    await eventually("two have begun", () => begun(of).length === 2);
    await rig.client.workflow.getHandle(laneIdOf({ type: "job", key: of })).terminate("by a test");
    await start("job", of, "c");
    await wait("job", of, ["c"]);
    await sleep(500);
    assert.equal(begun(of).length, 2);
    await end("job", of, "a");
    await eventually("the next has begun", () => begun(of).includes("c"));
    for (const id of ["b", "c"]) await end("job", of, id);
  });

  test("lanes continue as new, and lose nobody", async () => {
    const of = randomUUID();
    const subject = { type: "job", key: of };
    await rig.client.workflow.start(laneWorkflow, {
      workflowId: laneIdOf(subject),
      taskQueue: systemTaskQueue,
      args: [{ subject, eventsPerRun: 40 }],
    });
    const ids = Array.from({ length: 12 }, (_, place) => String(place));
    for (const id of ids) {
      await start("job", of, id);
      await end("job", of, id);
    }
    await eventually("all have ended", () => begun(of).length === ids.length, { withinMs: 60_000 });
  });

  test("a start that its lane refuses starts nothing; with the key of an earlier one it is that one", async () => {
    const of = randomUUID();
    const input = (id: string) => ({ customer: of, id: `${of}-${id}` });
    const first = await client.start("picky", input("a"), { idempotencyKey: `${of}-a` });
    await begin(of, ["a"]);
    await assert.rejects(start("picky", of, "b"), { name: "ConcurrencyLimit", type: "picky", limit: 1, holders: 1 });
    await assert.rejects(client.describe(`picky-${of}-b`), { name: "RunNotFound" });
    const again = await client.start("picky", input("a"), { idempotencyKey: `${of}-a` });
    assert.deepEqual([again.runId, again.existing], [first.runId, true]);
    // What no start of ours has asked for is refused before its code begins.
    const raw = { taskQueue: app.name, workflowId: `picky-${of}-raw`, args: [input("raw")] };
    await rig.client.workflow.start("picky", raw);
    const refused = await client.result(`picky-${of}-raw`, { waitMs: 10_000 });
    assert.deepEqual([refused.status, refused.error?.type], ["failed", "ConcurrencyLimit"]);
    await end("picky", of, "a");
    assert.equal((await client.result(`picky-${of}-a`, { waitMs: 10_000 })).status, "completed");
    await start("picky", of, "c");
    await begin(of, ["a", "c"]);
    await end("picky", of, "c");
  });

  test("many starts at once: as many as the limit are taken, the others refused", async () => {
    const of = randomUUID();
    const ids = ["a", "b", "c", "d", "e", "f"];
    const outcomes = await Promise.allSettled(ids.map((id) => start("picky", of, id)));
    const taken = ids.filter((_, place) => outcomes[place]?.status === "fulfilled");
    assert.equal(taken.length, 1);
    await begin(of, taken);
    for (const id of taken) await end("picky", of, id);
  });

  test("the newest run takes the place of the oldest, when that has undone what it did", async () => {
    const of = randomUUID();
    await start("latest", of, "a");
    await begin(of, ["a"]);
    await start("latest", of, "b");
    await begin(of, ["a", "b"]);
    const own = written.filter((line) => line.includes(of)).map((line) => line.replace(` ${of}-`, " "));
    assert.deepEqual(own, ["begin a", "undo a", "begin b"]);
    assert.equal((await client.result(`latest-${of}-a`, { waitMs: 10_000 })).status, "canceled");
    await end("latest", of, "b");
    assert.equal((await client.result(`latest-${of}-b`, { waitMs: 10_000 })).status, "completed");
  });

  test("who waits, and where, is told without a worker", async () => {
    const of = randomUUID();
    for (const id of ["a", "b"]) await start("job", of, id);
    await eventually("two have begun", () => begun(of).length === 2);
    await start("job", of, "c");
    await wait("job", of, ["c"]);
    const id = laneIdOf({ type: "job", key: of });
    const run = await eventually("it says what it waits for", async () => {
      const now = await client.describe(`job-${of}-c`);
      return now.waitingFor && now;
    });
    assert.deepEqual(run.waitingFor, { lane: id, position: 1 });
    assert.deepEqual([run.marks, run.pendingSteps], [["waiting"], []]);
    const shown = await client.lane(id);
    assert.deepEqual(
      [shown.type, shown.key, shown.limit, shown.holders.length, shown.waiting.runs],
      ["job", of, 2, 2, 1],
    );
    await eventually("it is listed", async () => {
      const { items } = await client.list({ mark: "waiting", type: "job" });
      return items.some(({ workflowId }) => workflowId === `job-${of}-c`);
    });
    assert.ok((await client.lanes()).items.some((lane) => lane.id === id));
    for (const each of ["a", "b", "c"]) await end("job", of, each);
    await eventually("the lane is gone", async () => {
      const lost = await client.lane(id).catch((error: unknown) => error);
      return lost instanceof Error && lost.name === "LaneNotFound";
    });
    assert.deepEqual((await client.describe(`job-${of}-c`)).marks, []);
  });

  test("a run that is reset gets its slot again before it goes on", async () => {
    const of = randomUUID();
    for (const id of ["a", "b"]) await start("job", of, id);
    await eventually("two have begun", () => begun(of).length === 2);
    await start("job", of, "c");
    await wait("job", of, ["c"]);
    await client.terminate(`job-${of}-a`, { reason: "by a test" });
    await eventually("the next has begun", () => begun(of).includes("c"));
    await client.reset(`job-${of}-a`, { by: "ann", reason: "by a test" });
    await wait("job", of, ["a"]);
    await sleep(500);
    assert.equal((await client.describe(`job-${of}-a`)).status, "terminated");
    await end("job", of, "b");
    await eventually("it goes on", async () => (await client.describe(`job-${of}-a`)).status === "running");
    await start("job", of, "d");
    await wait("job", of, ["d"]);
    for (const id of ["a", "c", "d"]) await end("job", of, id);
    assert.equal((await client.result(`job-${of}-a`, { waitMs: 10_000 })).status, "completed");
    await eventually("the one behind it has begun", () => begun(of).includes("d"));
  });

  test("tenants have lanes of their own", async () => {
    const of = randomUUID();
    const [acme, other] = ["acme", "other"].map((tenant) => client.forTenant(tenant));
    assert.ok(acme && other);
    const input = (id: string) => ({ customer: of, id: `${of}-${id}` });
    await acme.start("picky", input("a"));
    await other.start("picky", input("b"));
    await eventually("both have begun", () => begun(of).length === 2);
    await assert.rejects(acme.start("picky", input("c")), { name: "ConcurrencyLimit" });
    const lane = await acme.lane(laneIdOf({ type: "picky", key: of }));
    assert.deepEqual(
      lane.holders.map(({ workflowId }) => workflowId),
      [`picky-${of}-a`],
    );
    await acme.signal(`picky-${of}-a`, "go", { on: "end" });
    await other.signal(`picky-${of}-b`, "go", { on: "end" });
  });

  test("every lane replays", async () => {
    const { runs } = await replaySystemWorkflows(rig.client, laneWorkflow);
    assert.ok(runs > 7, `${runs} runs of lanes`);
  });
});

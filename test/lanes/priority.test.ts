import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { cron, defineEventSource, defineSchedule, defineWorkflow, InvalidDefinition, type Lane, onEvent } from "tenuto";
import { deliver } from "tenuto/client";
import { standardWebhooks, webhook } from "tenuto/events";
import { z } from "zod";
import { inParallel } from "../../src/sdk/client/in-parallel.ts";
import { eventually } from "../rig/eventually.ts";
import { job, laned } from "./fixtures/lanes.contract.ts";
import { lanesRig } from "./fixtures/lanes-rig.ts";

describe("priority and fairness", { timeout: 300_000 }, () => {
  const rig = lanesRig();
  const lanesIn = async (workflowId: string, activityType: string): Promise<unknown> => {
    const { history } = await rig.connection.workflowService.getWorkflowExecutionHistory({
      namespace: rig.namespace,
      execution: { workflowId },
    });
    const scheduled = history?.events?.flatMap(({ activityTaskScheduledEventAttributes: it }) => (it ? [it] : []));
    return scheduled?.find((each) => each.activityType?.name === activityType)?.priority;
  };

  test("20 runs of priority 1 are among the next 60 that begin, before 500 that waited with priority 5", async () => {
    const { app, client } = await rig.open("urgency");
    const start = (prefix: string, count: number, lane: Lane) =>
      inParallel([...Array(count).keys()], 25, (index) => client.start(job, { id: `${prefix}-${index}` }, { lane }));
    await start("low", 500, { priority: 5 });
    await start("high", 20, { priority: 1 });

    const stop = await rig.startWorker(app);
    const begun = await eventually("60 have begun", () => {
      const own = rig.ledger.filter(({ id }) => /^(low|high)-/.test(id));
      return own.length >= 60 && own;
    });
    await stop();

    const places = begun.flatMap(({ id }, place) => (id.startsWith("high-") ? [place] : []));
    assert.equal(places.length, 20, `in the ledger at ${places.join()}`);
    assert.ok(Math.max(...places) < 60, `in the ledger at ${places.join()}`);
  });

  test("10 runs of a tenant are done before 5 % of the 1,000 of another that waited before them", async () => {
    const { app, client } = await rig.open("sharing");
    const start = (tenant: string, count: number) =>
      inParallel([...Array(count).keys()], 25, (index) =>
        client.forTenant(tenant).start(job, { id: `${tenant}-${index}` }),
      );
    await start("big", 1_000);
    await start("small", 10);

    const stop = await rig.startWorker(app);
    const idOf = ({ id }: { readonly id: string }) => id;
    const begun = await eventually("the small one has begun all", () => {
      const own = rig.ledger.filter(({ id }) => /^(big|small)-/.test(id));
      return own.filter(({ id }) => id.startsWith("small-")).length === 10 && own;
    });
    await stop();

    const last = begun.map(idOf).findLastIndex((id) => id.startsWith("small-"));
    const ofBig = begun.slice(0, last).filter(({ id }) => id.startsWith("big-")).length;
    assert.ok(ofBig < 50, `${ofBig} of the big one had begun`);
  });

  test("a start's own wins over its type's, a step's and a child's over the run's, field by field; the rest is inherited", async () => {
    const { app, client } = await rig.open("lanes");
    const stop = await rig.startWorker(app, { maxCachedWorkflows: 0 });
    const acme = client.forTenant("acme");
    const input = { id: randomUUID(), customer: "c-1", childPriority: 2 as const };

    const run = await acme.start(laned, input, { lane: { priority: 5 } });
    const { child } = await run.value();
    const plain = await acme.start(laned, { id: randomUUID() });
    await plain.value();
    const none = await client.start(job, { id: randomUUID() });
    await none.value();
    await stop();

    const key = { fairnessKey: "c-1", fairnessWeight: 2.5 };
    assert.deepEqual((await acme.describe(run.workflowId)).lane, { priority: 5, ...key });
    assert.deepEqual((await client.describe(child)).lane, { priority: 2, ...key });
    const priorityOf = async (step: string) => ({ ...((await lanesIn(`acme:${run.workflowId}`, step)) as object) });
    assert.deepEqual(await priorityOf("marks.note"), {});
    assert.deepEqual(await priorityOf("marks.urgent"), { priorityKey: 1 });
    const ofType = { priority: 4, fairnessKey: "acme", fairnessWeight: 2.5 };
    assert.deepEqual((await acme.describe(plain.workflowId)).lane, ofType);
    assert.equal((await client.describe(none.workflowId)).lane, undefined);
  });

  test("schedules and event sources start in a lane, and a deploy tells what differs of it", async () => {
    const at = cron("0 3 1 1 *");
    const scheduled = (lane: Lane) =>
      defineSchedule("yearly", { at, start: laned, input: { id: "x", customer: "c-2" }, lane });
    const action = { start: job, input: ({ id }: { readonly id: string }) => ({ id }) };
    const placed = onEvent(z.object({ id: z.string() }), {
      ...action,
      lane: { priority: 2, fairnessKey: ({ id }) => `k-${id}` },
    });
    const signature = standardWebhooks({ secrets: "SECRET" });
    const source = defineEventSource("orders", { from: webhook({ signature }), on: { placed } });
    const { client } = await rig.open("sources", { schedules: [scheduled({ priority: 1 })], sources: [source] });

    await client.deploySchedules({ by: "ada", reason: "new" });
    const { spec, isEdited } = await client.schedule("yearly");
    const again = await client.deploySchedules({ dryRun: true });
    const other = await rig.open("sources", { schedules: [scheduled({ priority: 3, fairnessWeight: 0.1 })] });
    const changed = await other.client.deploySchedules({ dryRun: true });
    const delivery = await deliver(client, source, { id: "e-1", type: "placed", data: { id: "7" } });

    const key = { fairnessKey: "c-2", fairnessWeight: 2.5 };
    assert.deepEqual([spec.lane, isEdited], [{ priority: 1, ...key }, false]);
    assert.deepEqual(
      again.changes.map(({ change }) => change),
      ["unchanged"],
    );
    assert.deepEqual(changed.changes[0]?.differences, [
      {
        field: "lane",
        server: { priority: 1, ...key },
        code: { priority: 3, fairnessKey: "c-2", fairnessWeight: 0.1 },
      },
    ]);
    assert.equal(delivery.outcome, "accepted");
    const { workflowId } = delivery as { readonly workflowId: string };
    assert.deepEqual((await client.describe(workflowId)).lane, { priority: 2, fairnessKey: "k-7" });
  });

  for (const [what, lane, pointer] of [
    ["a priority of 0", { priority: 0 }, "/lane/priority"],
    ["a priority of 2.5", { priority: 2.5 }, "/lane/priority"],
    ["a key of 65 bytes", { fairnessKey: `${"é".repeat(32)}x` }, "/lane/fairnessKey"],
    ["an empty key", { fairnessKey: "" }, "/lane/fairnessKey"],
    ["a weight of 0", { fairnessWeight: 0 }, "/lane/fairnessWeight"],
    ["a weight that is text", { fairnessWeight: "1" }, "/lane/fairnessWeight"],
  ] as const) {
    test(`${what} is refused by a start, and by a definition`, async () => {
      const { client } = await rig.open("refusals");
      const given = { lane: lane as Lane };
      const define = () => defineWorkflow("bad", { input: z.null(), output: z.null(), ...given });

      await assert.rejects(client.start(job, { id: "x" }, given), (error: { readonly issues: readonly object[] }) => {
        assert.deepEqual(
          error.issues.map((issue) => (issue as { readonly pointer: string }).pointer),
          [pointer],
        );
        return true;
      });
      assert.throws(define, (error) => error instanceof InvalidDefinition && error.message.includes("`lane."));
    });
  }

  test("a key of exactly 64 bytes is taken; one that a type makes of the input and that is too long is refused", async () => {
    const { client } = await rig.open("refusals");
    const lane = { fairnessKey: "é".repeat(32) };

    const run = await client.start(job, { id: randomUUID() }, { lane });

    assert.deepEqual((await client.describe(run.workflowId)).lane, lane);
    await assert.rejects(client.start(laned, { id: "x", customer: "c".repeat(65) }), { code: "INVALID_INPUT" });
  });
});

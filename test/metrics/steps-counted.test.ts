import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, describe, test } from "node:test";
import { defineApp } from "tenuto";
import { createClient, type TenutoClient } from "tenuto/client";
import { workerExposition } from "tenuto/worker";
import { parseExposition } from "../../src/api/step-metrics/parse-exposition.ts";
import { eventually } from "../rig/eventually.ts";
import { IncidentWorld } from "../workflow/fixtures/incident-world.ts";
import {
  branches,
  patientPayment,
  payment,
  provider,
  rounds,
  timedPayment,
} from "../workflow/fixtures/incidents.contract.ts";
import { workerRig } from "../workflow/fixtures/worker-rig.ts";
import { stubborn } from "./fixtures/stepped.contract.ts";

describe("a worker counts steps by how they ended, with every task replayed from history (no cache)", () => {
  const rig = workerRig(new URL("./fixtures/stepped-workflows.ts", import.meta.url));
  const world = new IncidentWorld();
  const workflows = [payment, timedPayment, patientPayment, branches, rounds, stubborn];
  const app = defineApp({ name: `counted-${randomUUID()}`, workflows, activities: [provider] });
  let client: TenutoClient;
  before(async () => {
    await rig.startWorker({ app, activities: [world.activities()], maxCachedWorkflows: 0, reconcileEvery: "never" });
    client = await createClient(app, { connection: rig.connection, namespace: rig.namespace, identity: "ada" });
  });

  /** What is counted of an activity, without what is 0; `timed` is how many of its steps have a duration. */
  const counted = async (activity: string) => {
    const { text } = await workerExposition();
    const own = parseExposition(text, (name) => name.startsWith("tenuto_step")).filter(
      ({ labels }) => labels["namespace"] === rig.namespace && labels["activity"] === activity,
    );
    const named = own.flatMap(({ name, labels, value }) => {
      if (name === "tenuto_steps_total") return [[labels["outcome"] ?? "", value] as const];
      if (name === "tenuto_step_attempts_total") return [["attempts", value] as const];
      if (name === "tenuto_step_retries_total") return [["retries", value] as const];
      return name === "tenuto_step_duration_seconds_count" ? [["timed", value] as const] : [];
    });
    return Object.fromEntries(named.filter(([, value]) => value > 0));
  };
  /** How much of each was counted by something that is done. */
  const countedBy = async (activity: string, work: () => Promise<unknown>) => {
    const before = await counted(activity);
    await work();
    const after = await counted(activity);
    const more = Object.entries(after).map(([name, value]) => [name, value - (before[name] ?? 0)] as const);
    return Object.fromEntries(more.filter(([, value]) => value > 0));
  };
  const start = async (input: object, type = "payment") => {
    const workflowId = randomUUID();
    await client.start(type, input, { workflowId });
    return workflowId;
  };
  const over = async (workflowId: string) => (await client.result(workflowId, { waitMs: 60_000 })).status;
  const parkedAt = (workflowId: string) =>
    eventually("it is parked", async () => (await client.describe(workflowId)).incidents.length === 1);

  test("before anything has happened, everything is there and 0", async () => {
    const { text } = await workerExposition();
    const own = parseExposition(text, (name) => name === "tenuto_steps_total").filter(
      ({ labels }) => labels["namespace"] === rig.namespace,
    );
    assert.deepEqual([own.length, own.every(({ value }) => value === 0)], [4 * 5, true]);
  });

  test("a step that succeeds counts once, in whatever many replays", async () => {
    const by = await countedBy("provider.charge", async () => assert.equal(await over(await start({})), "completed"));
    assert.deepEqual(by, { succeeded: 1, attempts: 1, timed: 1 });
  });

  test("of a step that is retried, each attempt counts, and its end once", async () => {
    const by = await countedBy("provider.note", async () => {
      const workflowId = await start({ then: "broken-then" });
      await eventually("an attempt has failed", async () => ((await counted("provider.note"))["attempts"] ?? 0) > 0);
      assert.equal(await over(workflowId), "failed");
    });
    // Two notes, and the second one with its retry.
    assert.deepEqual(by, { succeeded: 1, failed: 1, attempts: 3, retries: 1, timed: 2 });
  });

  test("a declared error is a step that failed, and is attempted once", async () => {
    const by = await countedBy("provider.charge", async () => {
      const workflowId = await start({ cards: ["declined-later", "broken-beside"] }, "branches");
      await parkedAt(workflowId);
      assert.equal(await over(workflowId), "failed");
    });
    assert.deepEqual(by, { failed: 1, parked: 1, canceled: 1, attempts: 3, retries: 1, timed: 1 });
  });

  test("a parked step counts as parked, and as what it ends as when somebody has decided", async () => {
    const decisions = [
      [{ action: "retry" }, { parked: 1, succeeded: 1, attempts: 3, retries: 1, timed: 1 }],
      [
        { action: "complete", output: { chargeId: "by hand" } },
        { parked: 1, succeeded: 1, attempts: 2, retries: 1, timed: 1 },
      ],
      [{ action: "fail" }, { parked: 1, failed: 1, attempts: 2, retries: 1, timed: 1 }],
    ] as const;
    for (const [decision, expected] of decisions) {
      const card = `broken-${decision.action}`;
      const by = await countedBy("provider.charge", async () => {
        const workflowId = await start({ card });
        await parkedAt(workflowId);
        if (decision.action === "retry") world.heal(card);
        await client.decide(workflowId, { ...decision, reason: "by a test" });
        await over(workflowId);
      });
      assert.deepEqual(by, expected, decision.action);
    }
  });

  test("a step that is skipped while its run is parked is neither", async () => {
    const by = await countedBy("provider.charge", async () => {
      const workflowId = await start({ card: "broken-skipped" });
      await parkedAt(workflowId);
      const output = { chargeId: "none" };
      await client.skip(workflowId, { step: "provider.charge", output, reason: "by a test" });
      assert.equal(await over(workflowId), "completed");
    });
    assert.deepEqual(by, { parked: 1, skipped: 1, attempts: 2, retries: 1 });
  });

  test("while the workflow task after a step fails again and again, the step counts once", async () => {
    const by = await countedBy("provider.note", async () => {
      const workflowId = await start({ untilMs: Date.now() + 6_000 }, "stubborn");
      assert.equal(await over(workflowId), "completed");
      const { events } = await rig.client.workflow.getHandle(workflowId).fetchHistory();
      assert.ok(events?.some(({ workflowTaskFailedEventAttributes: failed }) => failed));
    });
    assert.deepEqual(by, { succeeded: 1, attempts: 1, timed: 1 });
  });
});

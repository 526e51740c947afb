import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, describe, test } from "node:test";
import { CancelledFailure } from "@temporalio/common";
import { defineApp } from "tenuto";
import { createClient, sagaDiagram, type TenutoClient } from "tenuto/client";
import { eventually } from "../rig/eventually.ts";
import { failureOfRun } from "../rig/orders.ts";
import { IncidentWorld } from "./fixtures/incident-world.ts";
import { branches, patientPayment, payment, provider, rounds, timedPayment } from "./fixtures/incidents.contract.ts";
import { workerRig } from "./fixtures/worker-rig.ts";

const workflows = new URL("./fixtures/incident-workflows.ts", import.meta.url);
const taskQueue = `incidents-${randomUUID()}`;
const app = defineApp({
  name: taskQueue,
  workflows: [payment, timedPayment, patientPayment, branches, rounds],
  activities: [provider],
});

describe(
  "incidents, pauses and deadlines, with almost every task replayed from history (a cache of one run)",
  { concurrency: 4 },
  () => {
    const rig = workerRig(workflows);
    const world = new IncidentWorld();
    let client: TenutoClient;
    before(async () => {
      // Without any cache, two local activities of one run at once stop the worker for good (temporalio/sdk-rust#1482, mended after 1.24).
      await rig.startWorker({ app, activities: [world.activities()], maxCachedWorkflows: 1 });
      client = await createClient(app, { connection: rig.connection, namespace: rig.namespace, identity: "ada" });
    });

    const parkedAt = async (workflowId: string, count = 1) =>
      eventually(`${count} incidents are open`, async () => {
        const { incidents } = await client.describe(workflowId);
        return incidents.length === count ? incidents : undefined;
      });
    const start = async (input: object = {}, type = "payment") => {
      const workflowId = randomUUID();
      await client.start(type, input, { workflowId });
      return workflowId;
    };
    const completed = async (workflowId: string) => {
      const { status, result, error } = await client.result(workflowId, { waitMs: 20_000 });
      assert.equal(status, "completed", JSON.stringify(error));
      return result;
    };

    test("retries run out: the run is parked, and lists find it by mark and memo without a query", async () => {
      const workflowId = await start({ card: "broken-1" });
      const [incident] = await parkedAt(workflowId);
      assert.equal(incident?.step, "provider.charge");
      assert.equal(incident.kind, "step");
      assert.deepEqual(incident.error, { type: "Broken", message: "broken-1 is broken" });
      await eventually("the list has its mark", async () =>
        (await client.list({ type: "payment" })).items.some(
          (run) => run.workflowId === workflowId && run.marks.includes("parked"),
        ),
      );
      world.heal("broken-1");
      assert.deepEqual(await client.decide(workflowId, { action: "retry", reason: "the provider is back" }), {
        id: "1",
        step: "provider.charge",
        action: "retry",
      });
      await completed(workflowId);
      const described = await client.describe(workflowId);
      assert.deepEqual([described.incidents, described.marks], [[], []]);
      const keys = world.keysOf(workflowId, "charge");
      assert.deepEqual([keys.length, new Set(keys).size], [3, 1], "the same key in every attempt");
      assert.equal(world.effectsOf(workflowId).filter((effect) => effect === "charge broken-1").length, 1);
    });

    test("who decided, and why, is in the run's history", async () => {
      const workflowId = await start({ card: "broken-2" });
      await parkedAt(workflowId);
      await client.decide(workflowId, {
        action: "complete",
        output: { chargeId: "by hand" },
        by: "grace",
        reason: "called",
      });
      assert.deepEqual(await completed(workflowId), { chargeId: "by hand", noted: "ok" });
      const events = await client.history(workflowId);
      const accepted = events.find((event) => "workflowExecutionUpdateAcceptedEventAttributes" in event);
      assert.match(JSON.stringify(accepted), /"by":"grace","reason":"called"/);
      assert.match(sagaDiagram(events), /grace did 2 by hand \(called\)/);
    });

    test("a step completed by hand is undone when the run fails later", async () => {
      const workflowId = await start({ card: "broken-3", then: "fails" });
      await parkedAt(workflowId);
      await client.decide(workflowId, { action: "complete", output: { chargeId: "by hand" }, reason: "called" });
      await failureOfRun(rig.client.workflow.getHandle(workflowId));
      assert.ok(world.effectsOf(workflowId).includes("refund (done)"));
    });

    test("failed by an operator: the run undoes what it did, the parked step as unknown", async () => {
      const workflowId = await start({ card: "broken-4" });
      await parkedAt(workflowId);
      await client.decide(workflowId, { action: "fail", reason: "the customer left" });
      const failure = await failureOfRun(rig.client.workflow.getHandle(workflowId));
      assert.equal((failure.cause as Error).message, "broken-4 is broken");
      assert.deepEqual(world.effectsOf(workflowId), ["note begin", "refund (unknown)", "unnote begin"]);
      const { account } = await client.describe(workflowId);
      assert.deepEqual(
        account?.steps.map(({ step, state }) => [step, state]),
        [
          ["provider.note", "undone"],
          ["provider.charge", "undone"],
        ],
      );
      assert.deepEqual(
        account.decided.map(({ action, by }) => [action, by]),
        [["fail", "ada"]],
      );
    });

    test("other input: needs a confirmation, runs under a new key, and both keys are undone", async () => {
      const workflowId = await start({ card: "broken-5", then: "fails" });
      await parkedAt(workflowId);
      const input = { card: "ok", amountCents: 1_200 };
      await assert.rejects(
        client.decide(workflowId, { action: "retry", input, reason: "typo" } as never),
        (error: Error & { issues?: { pointer: string }[] }) =>
          error.name === "InvalidInput" && error.issues?.[0]?.pointer === "/confirmNoEffect",
      );
      await client.decide(workflowId, { action: "retry", input, confirmNoEffect: true, reason: "typo" });
      await failureOfRun(rig.client.workflow.getHandle(workflowId));
      assert.deepEqual(world.effectsOf(workflowId).slice(1), [
        "charge ok",
        "unnote fails",
        "refund (done)",
        "refund (unknown)",
        "unnote begin",
      ]);
      const [first, , second] = world.keysOf(workflowId, "charge");
      assert.notEqual(first, second);
      assert.deepEqual(world.undoneKeysOf(workflowId), [second, first]);
    });

    test("the same input given again is the same step, under its key", async () => {
      const workflowId = await start({ card: "broken-6" });
      await parkedAt(workflowId);
      world.heal("broken-6");
      const input = { amountCents: 1_200, card: "broken-6" };
      await client.decide(workflowId, { action: "retry", input, confirmNoEffect: true, reason: "again" });
      await completed(workflowId);
      assert.equal(new Set(world.keysOf(workflowId, "charge")).size, 1);
    });

    test("an output that the contract does not take is refused with pointers, and the run waits on", async () => {
      const workflowId = await start({ card: "broken-7" });
      await parkedAt(workflowId);
      const isRefusal = (error: Error & { issues?: { pointer: string }[] }) =>
        error.name === "InvalidInput" && error.issues?.[0]?.pointer === "/output/chargeId";
      await assert.rejects(
        client.decide(workflowId, { action: "complete", output: { chargeId: 1 }, reason: "r" }),
        isRefusal,
      );
      const raw = rig.client.workflow.getHandle(workflowId).executeUpdate("__tenuto_decide", {
        args: [{ incidentId: "1", action: "complete", output: { chargeId: 1 }, by: "cli", reason: "r" }],
      });
      await assert.rejects(raw, (error: Error) => /InvalidInput|can't be used/.test(String(error.cause)));
      assert.equal((await parkedAt(workflowId)).length, 1);
      await client.cancel(workflowId, { reason: "over" });
      await failureOfRun(rig.client.workflow.getHandle(workflowId));
    });

    test("two operators decide at the same instant: one wins, the other is told what was decided", async () => {
      for (let round = 0; round < 5; round++) {
        const workflowId = await start({ card: `broken-race-${round}` });
        await parkedAt(workflowId);
        const decisions = await Promise.allSettled([
          client.decide(workflowId, { action: "complete", output: { chargeId: "left" }, by: "left", reason: "l" }),
          client.decide(workflowId, { action: "complete", output: { chargeId: "right" }, by: "right", reason: "r" }),
        ]);
        const won = decisions.findIndex(({ status }) => status === "fulfilled");
        const lost = decisions.find((each) => each.status === "rejected");
        const winner = ["left", "right"][won] ?? "";
        assert.ok(lost);
        const error = lost.reason as Error & { code: string; decided?: { by: string } };
        // A run that closed meanwhile says so, too.
        assert.ok(["INCIDENT_DECIDED", "RUN_CLOSED", "INCIDENT_NOT_FOUND"].includes(error.code), String(error));
        if (error.code === "INCIDENT_DECIDED") assert.equal(error.decided?.by, winner);
        assert.deepEqual(await completed(workflowId), { chargeId: winner, noted: "ok" });
      }
    });

    test("an incident that is not there: named are those that are", async () => {
      const workflowId = await start({ card: "broken-8" });
      await parkedAt(workflowId);
      await assert.rejects(
        client.decide(workflowId, { incidentId: "7", action: "retry", reason: "r" }),
        /Name one that is open: "1" \(step "provider.charge"\)/,
      );
      await assert.rejects(client.decide(workflowId, { action: "retry", reason: " " }), /\/reason/);
      await client.cancel(workflowId, { reason: "over" });
      await failureOfRun(rig.client.workflow.getHandle(workflowId));
    });

    test("one of three branches is parked: the others go on", async () => {
      const workflowId = await start({ cards: ["ok", "broken-9", "fine"] }, "branches");
      await parkedAt(workflowId);
      await eventually("the others have charged", () => world.effectsOf(workflowId).length === 2);
      world.heal("broken-9");
      await client.decide(workflowId, { action: "retry", reason: "r" });
      await completed(workflowId);
    });

    test("a parked run is canceled: the incident closes as canceled, then everything is undone", async () => {
      const workflowId = await start({ card: "broken-10" });
      await parkedAt(workflowId);
      await client.cancel(workflowId, { reason: "not needed" });
      assert.ok((await failureOfRun(rig.client.workflow.getHandle(workflowId))) instanceof CancelledFailure);
      assert.deepEqual(world.effectsOf(workflowId), ["note begin", "refund (unknown)", "unnote begin"]);
      const { incidents, marks, account } = await client.describe(workflowId);
      assert.deepEqual([incidents, marks, account?.decided.map(({ action }) => action)], [[], [], ["cancel"]]);
    });

    test("another branch fails while one is parked: the incident closes, and both are undone", async () => {
      const workflowId = await start({ cards: ["broken-11", "declined-later"] }, "branches");
      await failureOfRun(rig.client.workflow.getHandle(workflowId));
      assert.deepEqual(world.effectsOf(workflowId), ["refund (unknown)"]);
      assert.deepEqual((await client.describe(workflowId)).marks, []);
    });

    test("an undo fails: it is parked while the others go on, and goes again when told to", async () => {
      const workflowId = await start({ then: "fails", refund: "broken-12" });
      const [incident] = await parkedAt(workflowId);
      assert.equal(incident?.kind, "undo");
      assert.equal(incident.step, "provider.refund");
      assert.equal(incident.undoes?.step, "provider.charge");
      await eventually("the others are undone", () => world.effectsOf(workflowId).includes("unnote begin"));
      world.heal("broken-12");
      await client.decide(workflowId, { action: "retry", reason: "the provider is back" });
      const failure = await failureOfRun(rig.client.workflow.getHandle(workflowId));
      assert.notEqual(typeOf(failure), "SagaPartial");
      assert.deepEqual(world.effectsOf(workflowId).slice(-3), ["unnote fails", "unnote begin", "refund (done)"]);
    });

    test("an undo is given up: the others go on, the run fails as SagaPartial, and its dead letter is open", async () => {
      const workflowId = await start({ then: "fails", refund: "broken-13" });
      await parkedAt(workflowId);
      await client.decide(workflowId, { action: "fail", reason: "refunded in cash" });
      const failure = await failureOfRun(rig.client.workflow.getHandle(workflowId));
      assert.equal(typeOf(failure), "SagaPartial");
      assert.equal(world.effectsOf(workflowId).at(-1), "unnote begin");
      assert.deepEqual((await client.describe(workflowId)).marks, ["partial"]);
      const letter = await eventually("the dead letter is listed", async () =>
        (await client.deadLetters()).items.find((each) => each.workflowId === workflowId),
      );
      assert.deepEqual([letter.status, letter.kind, letter.count], ["open", "partial", 1]);
      const [key] = world.keysOf(workflowId, "charge");
      assert.deepEqual(letter.openEffects, [
        { step: "provider.charge", key, error: { type: "Broken", message: "broken-13 is broken" } },
      ]);
      const discarded = await client.discard(letter.id, { by: "grace", reason: "paid back in cash" });
      assert.equal(discarded.status, "discarded");
      await eventually(
        "no dead letter is open",
        async () => !(await client.deadLetters()).items.some(({ id }) => id === letter.id),
      );
    });

    test("an undo that is declared to fail does not park: the run closes as SagaPartial with a dead letter", async () => {
      const workflowId = await start({ then: "fails-for-good" });
      const failure = await failureOfRun(rig.client.workflow.getHandle(workflowId));
      assert.equal(typeOf(failure), "SagaPartial");
      const letter = await eventually("the dead letter is listed", async () =>
        (await client.deadLetters()).items.find((each) => each.workflowId === workflowId),
      );
      await client.discard(letter.id, { reason: "the test is over" });
    });

    test("a run's deadline: canceled from within, undone, and it says so", async () => {
      const workflowId = await start({ waitMs: 60_000 }, "patientPayment");
      const failure = await failureOfRun(rig.client.workflow.getHandle(workflowId));
      assert.equal(typeOf(failure), "DeadlineExceeded");
      assert.deepEqual(world.effectsOf(workflowId), ["note begin", "charge ok", "refund (done)", "unnote begin"]);
      const { status, error } = await client.result(workflowId);
      assert.deepEqual([status, error?.type], ["failed", "DeadlineExceeded"]);
      assert.deepEqual((await client.describe(workflowId)).account?.deadline, { ms: 25_000, exceeded: true });
    });

    test("a deadline also holds for a run that the CLI or another SDK started", async () => {
      const run = await rig.client.workflow.start("timedPayment", {
        taskQueue,
        workflowId: randomUUID(),
        args: [{ waitMs: 60_000 }],
      });
      assert.equal(typeOf(await failureOfRun(run)), "DeadlineExceeded");
    });

    test("the deadline's clock stands still while the run is parked", async () => {
      const workflowId = await start({ card: "broken-14" }, "patientPayment");
      await parkedAt(workflowId);
      await eventually("the deadline's timer has fired", async () =>
        (await client.history(workflowId)).some((event) => "timerFiredEventAttributes" in event),
      );
      world.heal("broken-14");
      await client.decide(workflowId, { action: "retry", reason: "r" });
      await completed(workflowId);
    });

    test("paused: no new step starts until it is resumed; the history says who paused it", async () => {
      const workflowId = await start({ waitMs: 1 });
      await client.pause(workflowId, { by: "grace", reason: "the provider is down for an hour" });
      await eventually("the next step is held", async () => {
        const { account } = await client.describe(workflowId);
        return account?.steps.some(({ state }) => state === "held");
      });
      const { marks, paused } = await client.describe(workflowId);
      assert.deepEqual([marks, paused?.by], [["paused"], "grace"]);
      await client.resume(workflowId, { reason: "it is back" });
      await completed(workflowId);
      assert.deepEqual((await client.describe(workflowId)).marks, []);
    });

    test("paused while a step waits for its next attempt: it is not attempted until resumed", async () => {
      const workflowId = await start({ card: "slow-then-broken" });
      await eventually("the first attempt is under way", () => world.keysOf(workflowId, "charge").length === 1);
      await client.pause(workflowId, { reason: "r" });
      world.release(workflowId);
      await eventually("the server holds it", async () =>
        (await client.describe(workflowId)).pendingSteps.some(({ state }) => state === "paused"),
      );
      assert.equal(world.keysOf(workflowId, "charge").length, 1);
      world.heal("slow-then-broken");
      await client.resume(workflowId, { reason: "r" });
      await completed(workflowId);
    });

    test("skipped while paused: the run goes on with the given output, and does not undo the step", async () => {
      const workflowId = await start({ waitMs: 1, then: "fails" });
      await client.pause(workflowId, { reason: "r" });
      const held = await eventually("a step is held", async () =>
        (await client.describe(workflowId)).account?.steps.find(({ state }) => state === "held"),
      );
      await assert.rejects(
        client.skip(workflowId, { step: "provider.refund", output: { refunded: true }, reason: "r" }),
        {
          code: "STEP_NOT_WAITING",
        },
      );
      const outputs: Record<string, unknown> = { "provider.note": "given", "provider.charge": { chargeId: "given" } };
      await client.skip(workflowId, { step: held.step, output: outputs[held.step], reason: "done by hand" });
      await client.resume(workflowId, { reason: "r" });
      await client.result(workflowId, { waitMs: 60_000 });
      const { account } = await client.describe(workflowId);
      assert.ok(account?.steps.some(({ step, state }) => step === held.step && state === "skipped"));
    });

    test("a paused run is canceled: undos are not held", async () => {
      const workflowId = await start({ waitMs: 60_000 });
      await eventually("the charge is done", () => world.effectsOf(workflowId).includes("charge ok"));
      await client.pause(workflowId, { reason: "r" });
      await client.cancel(workflowId, { reason: "r" });
      assert.ok((await failureOfRun(rig.client.workflow.getHandle(workflowId))) instanceof CancelledFailure);
      assert.deepEqual(world.effectsOf(workflowId).slice(-2), ["refund (done)", "unnote begin"]);
    });

    test("a paused run that continues as new stays paused", async () => {
      const workflowId = await start({}, "rounds");
      await client.pause(workflowId, { by: "grace", reason: "r" });
      await client.signal(workflowId, "next", {});
      const paused = await eventually("the second run holds its step", async () => {
        const { account, paused: by, pendingSteps } = await client.describe(workflowId);
        assert.deepEqual(pendingSteps, []);
        return account?.held.length === 1 ? by : undefined;
      });
      assert.equal(paused.by, "grace");
      await client.resume(workflowId, { reason: "r" });
      await completed(workflowId);
    });
  },
);

function typeOf(failure: Error): unknown {
  return "type" in failure ? failure.type : failure.name;
}

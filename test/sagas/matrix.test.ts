// Every way in which a saga of five steps can be stopped, at each of its steps; judged by the outside's ledger alone.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { createClient, type TenutoClient } from "tenuto/client";
import { createTestRig } from "tenuto/testing";
import { eventually } from "../rig/eventually.ts";
import { workerRig } from "../workflow/fixtures/worker-rig.ts";
import { concurrently, oneAfterAnother } from "./fixtures/concurrently.ts";
import type { StepFault } from "./fixtures/fault-proxy.ts";
import { judge, judgeAccount } from "./fixtures/judge.ts";
import { matrixActivities } from "./fixtures/matrix-activities.ts";
import { appNamed } from "./fixtures/matrix.contract.ts";
import { anOrder, OutsideWorld } from "./fixtures/outside-world.ts";
import { accountOf, type Cell, type CellRun, play } from "./fixtures/play.ts";

const fixture = (name: string) => new URL(`./fixtures/${name}`, import.meta.url);
const workflows = fixture("matrix-workflows.ts");
const steps = [1, 2, 3, 4, 5];
const allInFlight = 12;

const below = (n: number) => steps.filter((step) => step < n);
const upTo = (n: number) => steps.filter((step) => step <= n);

/** The step itself goes wrong, the run fails, and the steps before it are undone. */
function faultAt(name: string, fault: StepFault, { leavesEffect }: { readonly leavesEffect: boolean }) {
  return (at: number): Cell => ({
    name,
    at,
    plan: { step: at, fault },
    status: "failed",
    verdict: { stay: [], undone: leavesEffect ? upTo(at) : below(at) },
  });
}

/** All is well until a step is done; then the workflow function throws, and one undo goes wrong. */
function undoFaultAt(name: string, more: Pick<Cell, "plan" | "meanwhile" | "error" | "isPartial">) {
  return (at: number): Cell => ({
    name,
    at,
    input: { stop: at, by: "throw" },
    plan: { step: at, ...more.plan },
    status: "failed",
    error: more.error ?? "Enough",
    ...(more.meanwhile && { meanwhile: more.meanwhile }),
    verdict: more.isPartial ? { stay: [at], undone: below(at) } : { stay: [], undone: upTo(at) },
    ...(more.isPartial && { isPartial: true }),
  });
}

function waitingAt(name: string, more: Partial<Cell> & Pick<Cell, "status">) {
  return (at: number): Cell => ({
    name,
    at,
    input: { stop: at, by: "wait" },
    verdict: { stay: [], undone: upTo(at) },
    ...more,
  });
}

const cancelThere = async ({ client, world, workflowId, orderId, at }: CellRun) => {
  await world.effectOf(orderId, at);
  await client.cancel(workflowId, { reason: "the matrix says so" });
};
const giveUp = async ({ client, workflowId }: CellRun) => {
  await eventually("the undo is parked", async () => (await client.describe(workflowId)).incidents.length === 1);
  await client.decide(workflowId, { action: "fail", by: "grace", reason: "done by hand" });
};

describe("the matrix of sagas", { timeout: 600_000 }, () => {
  const rig = workerRig(workflows);
  const outside = new OutsideWorld();
  let cells = 0;
  before(() => outside.open());
  after(() => outside.close());

  describe("its cells", { concurrency: 2 }, () => {
    describe("on one worker", () => {
      const app = appNamed(`matrix-${randomUUID()}`);
      let client: TenutoClient;
      before(async () => {
        await rig.startWorker({ app, workflows, activities: [matrixActivities(outside.proxyUrl)] });
        client = await createClient(app, { connection: rig.connection, namespace: rig.namespace });
      });

      const kinds: ((at: number) => Cell)[] = [
        faultAt("declared error", "refused", { leavesEffect: false }),
        faultAt("undeclared failure after all retries", "fails", { leavesEffect: false }),
        faultAt("lost answer after the effect", "answer lost", { leavesEffect: true }),
        faultAt("effect that lands after the timeout", "late", { leavesEffect: true }),
        faultAt("effect that lands after the undo", "after its undo", { leavesEffect: false }),
        waitingAt("cancellation", {
          status: "canceled",
          meanwhile: cancelThere,
        }),
        (at) => ({
          name: "cancellation in flight",
          at,
          plan: { step: at, fault: "no answer" },
          status: "canceled",
          meanwhile: cancelThere,
          verdict: { stay: [], undone: upTo(at) },
        }),
        waitingAt("deadline", { status: "failed", error: "DeadlineExceeded", type: "timedMatrix" }),
        (at) => ({
          name: "deadline in flight",
          at,
          type: "timedMatrix",
          plan: { step: at, fault: "no answer" },
          status: "failed",
          error: "DeadlineExceeded",
          verdict: { stay: [], undone: upTo(at) },
        }),
        undoFaultAt("undo fails twice", { plan: { undoFault: "fails twice" } }),
        undoFaultAt("undo fails for good", {
          plan: { undoFault: "fails for good" },
          meanwhile: giveUp,
          error: "SagaPartial",
          isPartial: true,
        }),
      ];
      const all = kinds.flatMap((kind) => steps.map(kind));

      const parallel = (cell: Cell): Cell => ({
        ...cell,
        name: `parallel: ${cell.name}`,
        input: { ...cell.input, shape: "parallel" },
        verdict: { ...cell.verdict, undone: "any", isOrdered: false },
      });
      const nested = (cell: Cell): Cell => ({
        ...cell,
        name: `nested: ${cell.name}`,
        input: { ...cell.input, shape: "nested" },
      });
      const nestedAll = kinds
        .slice(0, 3)
        .concat(kinds.slice(5, 6), kinds.slice(9))
        .flatMap((kind) => steps.map(kind).map(nested));
      // Which of the other two had its effect is for the race to say: that nothing of it stays is what counts.
      const parallelAll = kinds
        .slice(0, 6)
        .concat(kinds.slice(9))
        .flatMap((kind) => [1, 2, 3].map(kind).map(parallel));

      for (const [what, list, least] of [
        ["five steps in sequence", all, 55],
        ["a nested saga", nestedAll, 30],
        ["three steps in parallel", parallelAll, 24],
      ] as const) {
        test(`${what}: in every cell nothing happens twice, and nothing is left without an open dead letter`, async () => {
          assert.equal(list.length, least);
          await concurrently(list, allInFlight, (cell) => play(outside, client, cell));
          cells += list.length;
          console.log(`${what}: ${list.length} cells`);
        });
      }

      test("continue-as-new between sagas keeps nothing open; within one it is refused, and loses nothing", async () => {
        const between = anOrder({ shape: "rounds" });
        await client.start("matrix", between, { workflowId: between.orderId });
        const { status } = await client.result(between.orderId, { waitMs: 30_000 });
        assert.equal(status, "completed");
        judge(await outside.ledger(between.orderId), { stay: [1, 2], undone: [] });

        const within = anOrder({ shape: "rounds", stop: 9, by: "throw" });
        await client.start("matrix", within, { workflowId: within.orderId });
        await eventually("continue-as-new is refused: the workflow task fails", async () =>
          (await client.history(within.orderId)).some((event) =>
            JSON.stringify(event["workflowTaskFailedEventAttributes"] ?? "").includes("SagaOpen"),
          ),
        );
        judge(await outside.ledger(within.orderId), { stay: [2, 3], undone: [] });
        await rig.client.workflow.getHandle(within.orderId).terminate("the test is over");
      });
    });

    test("programming error: nothing is undone, and after the fix each effect is there once", async () => {
      const app = appNamed(`matrix-broken-${randomUUID()}`);
      const activities = [matrixActivities(outside.proxyUrl)];
      const stop = await rig.startWorker({ app, workflows: fixture("matrix-broken-workflows.ts"), activities });
      const client = await createClient(app, { connection: rig.connection, namespace: rig.namespace });
      const orders = steps.map((at) => anOrder({ stop: at, by: "bug" }));
      for (const order of orders) await client.start("matrix", order, { workflowId: order.orderId });
      for (const [index, { orderId }] of orders.entries()) {
        await eventually("its workflow task fails", async () =>
          (await client.history(orderId)).some((event) => "workflowTaskFailedEventAttributes" in event),
        );
        judge(await outside.ledger(orderId), { stay: upTo(index + 1), undone: [] });
      }
      await stop();
      await rig.startWorker({ app, workflows, activities });
      for (const { orderId } of orders) {
        const { status } = await client.result(orderId, { waitMs: 60_000 });
        assert.equal(status, "completed");
        const lines = await outside.ledger(orderId);
        judge(lines, { stay: steps, undone: [] });
        judgeAccount(await accountOf(client, orderId), lines);
      }
      cells += orders.length;
      console.log(`programming error: ${orders.length} cells`);
    });

    test("worker and server killed -9 at each step and at each undo: each effect once, each undo once", async () => {
      const killRig = await createTestRig({
        server: "real",
        worker: { module: fixture("matrix-worker.ts"), data: { proxyUrl: outside.proxyUrl } },
      });
      try {
        const killWorker = oneAfterAnother(async () => {
          await killRig.killWorker();
          await killRig.startWorker();
        });
        const killServer = oneAfterAnother(async () => {
          await killRig.stopServer();
          await killRig.restartServer();
        });
        const killed = [
          ["worker", killWorker],
          ["server", killServer],
        ] as const;
        for (const [what, kill] of killed) {
          const atSteps = steps.map((at): Cell => ({
            name: `${what} kill -9`,
            at,
            plan: { step: at, fault: "kill", kill },
            status: "completed",
            verdict: { stay: steps, undone: [] },
          }));
          const atUndos = steps.map(undoFaultAt(`${what} kill -9 at an undo`, { plan: { undoFault: "kill", kill } }));
          const list = [...atSteps, ...atUndos];
          await concurrently(list, list.length, (cell) => play(outside, killRig.client, cell));
          cells += list.length;
          console.log(`${what} killed: ${list.length} cells`);
        }
      } finally {
        await killRig.close();
      }
    });
  });

  test("the matrix is whole", () => {
    console.log(`the matrix: ${cells} cells`);
    assert.equal(cells, 55 + 30 + 24 + 5 + 20);
  });
});

// What a redrive does when the reset, or the worker that asks for it, gets lost on the way.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Connection } from "@temporalio/client";
import { createClient } from "tenuto/client";
import { createTestRig } from "tenuto/testing";
import { eventually } from "../rig/eventually.ts";
import { testServer } from "../rig/stack.ts";
import { judge } from "../sagas/fixtures/judge.ts";
import { anOrder, OutsideWorld } from "../sagas/fixtures/outside-world.ts";
import { LateProxy, type ResetFate } from "./fixtures/late-proxy.ts";
import { openLetterOf } from "./fixtures/open-letter.ts";
import { app } from "./fixtures/redrive-worker.ts";

const withinMs = 240_000;

interface Case {
  readonly title: string;
  readonly fate: ResetFate["fate"];
  readonly isKilled: boolean;
}

const cases: readonly Case[] = [
  { title: "delivered after its caller's timeout and after the next describe", fate: "late", isKilled: false },
  { title: "lost with the worker that asked for it, between describe and reset", fate: "lost", isKilled: true },
  { title: "done, when its worker is killed before it hears of it", fate: "unanswered", isKilled: true },
];

describe("a reset is not done twice", { concurrency: 3 }, () => {
  const world = new OutsideWorld();
  let connection: Connection;
  before(async () => {
    await world.open();
    // Not through the proxy: what the test asks is not what a reset waits for.
    connection = await Connection.connect({ address: testServer() });
  });
  after(async () => {
    await connection.close();
    await world.close();
  });

  for (const { title, fate, isKilled } of cases) {
    test(title, async (t) => {
      const proxy = new LateProxy(testServer());
      const address = await proxy.listen();
      t.after(() => proxy.close());
      const module = new URL("./fixtures/redrive-worker.ts", import.meta.url);
      const worker = { module, data: { proxyUrl: world.proxyUrl } };
      const rig = await createTestRig({ worker, server: "real", address, openRuns: "allow" });
      const { namespace } = rig;
      const client = await createClient(app, { connection, namespace });
      const order = anOrder({ waitBefore: 3 });
      const { orderId: id } = order;
      world.proxy.plan(id, {});
      const { runId } = await rig.client.start("trip", order, { workflowId: id });
      await world.effectOf(id, 2);
      await client.terminate(id, { reason: "a test" });
      const letterId = await openLetterOf({ connection, namespace }, id);
      let isAsked = false;
      proxy.nextReset({
        fate,
        onAsked: async () => {
          if (isKilled) await rig.killWorker();
          isAsked = true;
        },
      });
      await client.redrive(letterId, { mode: "continue", reason: "a test" });
      await eventually("the server is asked for a reset", () => isAsked, { withinMs });
      if (isKilled) await rig.startWorker();

      const isRunning = async () => (await client.describe(id)).status === "running";
      await eventually("the run goes on", isRunning, { withinMs });
      await client.signal(id, "go", {});
      const isResolved = async () => (await client.deadLetter(letterId)).status === "resolved";
      await eventually("the letter is resolved", isResolved, { withinMs });

      assert.equal((await client.result(id)).status, "completed");
      judge(await world.ledger(id), { stay: [1, 2, 3], undone: [] });
      assert.equal(proxy.resets, 1, "one reset has reached the server");
      const keysOf = async (run: string) => {
        const told = async () => (await client.describe(id, { runId: run })).account?.steps.map(({ key }) => key);
        return eventually("a worker tells of the run", told);
      };
      const now = await keysOf((await client.describe(id)).runId);
      assert.deepEqual((await keysOf(runId)).slice(0, 2), now.slice(0, 2), "the keys are equal in both runs");
      await rig.close();
    });
  }
});

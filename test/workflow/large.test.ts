import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, describe, test } from "node:test";
import { WorkflowUpdateFailedError } from "@temporalio/client";
import { ApplicationFailure } from "@temporalio/common";
import { defineApp } from "tenuto";
import { implementActivities } from "tenuto/activity";
import { failureOfRun } from "../rig/orders.ts";
import { sends, store, takes } from "./fixtures/large.contract.ts";
import { workerRig } from "./fixtures/worker-rig.ts";

describe("what is too large for Temporal", () => {
  const rig = workerRig(new URL("./fixtures/large-workflows.ts", import.meta.url));
  const taskQueue = `large-${randomUUID()}`;
  let letGo: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (letGo = resolve));
  before(async () => {
    const app = defineApp({ name: taskQueue, workflows: [sends, takes], activities: [store] });
    const put = async ({ text }: { text: string }) => {
      if (text === "small") await released;
      return { length: text.length };
    };
    await rig.startWorker({ app, activities: [implementActivities(store, { put })], maxCachedWorkflows: 0 });
  });
  const start = (to: string, characters = 1_950_000) =>
    rig.client.workflow.start("sends", { taskQueue, workflowId: randomUUID(), args: [{ to, characters }] });

  for (const [to, what] of [
    ["step", 'The input of activity "store.put"'],
    ["child", 'The input of workflow "takes"'],
    ["next run", 'The input of workflow "sends"'],
    ["caller", 'The output of workflow "sends"'],
  ] as const) {
    test(`sent to a ${to}: the run fails as PayloadTooLarge before anything is scheduled`, async () => {
      const run = await start(to);
      const failure = await failureOfRun(run);
      assert.ok(failure instanceof ApplicationFailure);
      assert.equal(failure.type, "PayloadTooLarge");
      assert.ok(failure.message.startsWith(what), failure.message);
      const { events } = await run.fetchHistory();
      const sent = events?.filter(
        (event) =>
          event.activityTaskScheduledEventAttributes ??
          event.startChildWorkflowExecutionInitiatedEventAttributes ??
          event.workflowTaskFailedEventAttributes,
      );
      assert.deepEqual(sent, []);
    });
  }

  test("as the answer of an update: the update fails, and the run goes on", async () => {
    const run = await start("updater", 1);
    const error: unknown = await run
      .executeUpdate("grow", { args: [{ characters: 1_950_000 }] })
      .catch((reason: unknown) => reason);
    assert.ok(error instanceof WorkflowUpdateFailedError);
    assert.ok(error.cause instanceof ApplicationFailure);
    assert.equal(error.cause.type, "PayloadTooLarge");
    letGo();
    assert.equal(await run.result(), "sent");
  });

  test("what is just not too large arrives", async () => {
    assert.equal(await (await start("step", 1_899_000)).result(), "sent");
  });
});

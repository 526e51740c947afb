import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, describe, test } from "node:test";
import { Worker } from "@temporalio/worker";
import { implementActivities } from "tenuto/activity";
import { createClient, type TenutoClient } from "tenuto/client";
import { bundleForTests } from "tenuto/testing";
import { systemTaskQueue } from "../../src/sdk/core/dead-letter.ts";
import { waitActivityId } from "../../src/sdk/core/lane-record.ts";
import { eventually } from "../rig/eventually.ts";
import { ignoredStepKeys, workerRig } from "../workflow/fixtures/worker-rig.ts";
import { jobsApp, journal } from "./fixtures/jobs.contract.ts";

/** Where it asked again only when a wait was over, that took two minutes. */
const soonMs = 60_000;

describe("the ask of a run", { timeout: 120_000 }, () => {
  const workflows = new URL("./fixtures/jobs-workflows.ts", import.meta.url);
  const rig = workerRig(workflows);
  const app = jobsApp(`lost-ask-${randomUUID()}`);
  let client: TenutoClient;
  before(async () => {
    client = await createClient(app, { connection: rig.connection, namespace: rig.namespace });
  });

  /** The attempt of the only wait, as a worker has it that is then killed. */
  const takeAsk = async () => {
    const asked = { namespace: rig.namespace, taskQueue: { name: systemTaskQueue }, identity: "killed" };
    const { taskToken, activityId } = await rig.connection.withDeadline(Date.now() + soonMs, () =>
      rig.connection.workflowService.pollActivityTaskQueue(asked),
    );
    assert.equal(activityId, waitActivityId);
    return taskToken;
  };

  test("that was lost with its worker is made again soon; the run begins once, and the lost attempt changes nothing", async () => {
    const begun: string[] = [];
    const id = randomUUID();
    const own = { connection: rig.native, namespace: rig.namespace, taskQueue: app.name };
    const bundle = await bundleForTests(workflows);
    const workflowBundle = "code" in bundle ? { code: bundle.code } : bundle;
    const onlyRuns = await Worker.create({ ...own, workflowBundle, sinks: ignoredStepKeys });
    const taskToken = await onlyRuns.runUntil(async () => {
      await client.start("job", { id, customer: id });
      return takeAsk();
    });
    const write = ({ id: of, what }: { readonly id: string; readonly what: string }) => {
      begun.push(`${what} ${of}`);
      return Promise.resolve(null);
    };
    await rig.startWorker({ app, activities: [implementActivities(journal, { write })], reconcileEvery: "never" });
    await eventually("it has begun", () => begun.length > 0, { withinMs: soonMs });
    await assert.rejects(rig.client.workflowService.respondActivityTaskCompleted({ taskToken }));
    await client.signal(`job-${id}`, "go", { on: "end" });
    await eventually("it is over", async () => (await client.result(`job-${id}`)).status === "completed");
    assert.deepEqual(begun, [`begin ${id}`]);
  });
});

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import type { WorkflowHandle } from "@temporalio/client";
import { defaultPayloadConverter } from "@temporalio/common";
import { tsToMs } from "@temporalio/common/lib/time.js";
import { Worker } from "@temporalio/worker";
import { defineApp } from "tenuto";
import { implementActivities } from "tenuto/activity";
import { bundleForTests } from "tenuto/testing";
import { parsedHeader } from "../../src/sdk/client/payloads.ts";
import { eventually } from "../rig/eventually.ts";
import { ignoredStepKeys, workerRig } from "../workflow/fixtures/worker-rig.ts";
import { buys, till } from "./fixtures/till.contract.ts";

const workflows = new URL("./fixtures/till-workflows.ts", import.meta.url);

describe(
  "no worker for longer than all attempts and waits of a step, as in a long deploy",
  { concurrency: true },
  () => {
    const rig = workerRig(workflows);
    /** What happened outside, by order. */
    const ledger = new Map<string, string[]>();

    const implementation = (chargeSlowly: () => Promise<string> = async () => "charged") => {
      const write = (order: string, effect: string) => {
        ledger.set(order, [...(ledger.get(order) ?? []), effect]);
        return effect;
      };
      return implementActivities(till, {
        charge: async ({ order }) => write(order, "charged"),
        chargeSlowly: async ({ order }) => write(order, await chargeSlowly()),
        refund: async ({ order }) => write(order, "refunded"),
      });
    };
    const startWorker = (name: string, activities = implementation()) => {
      const app = defineApp({ name, workflows: [buys], activities: [till] });
      return rig.startWorker({ app, activities: [activities] });
    };
    /** Parsed by its sender, so that a worker without activities can begin it. */
    const start = async (taskQueue: string, input: { readonly order: string; readonly slowly: boolean }) => {
      const { namespace, client } = rig;
      await client.workflowService.startWorkflowExecution({
        namespace,
        workflowId: input.order,
        workflowType: { name: "buys" },
        taskQueue: { name: taskQueue },
        input: { payloads: [defaultPayloadConverter.toPayload(input)] },
        header: parsedHeader,
        requestId: randomUUID(),
      });
      return client.workflow.getHandle(input.order);
    };
    const waitSinceScheduled = async (run: WorkflowHandle, ms: number) => {
      const { events } = await run.fetchHistory();
      const scheduled = events?.find((event) => event.activityTaskScheduledEventAttributes);
      const until = tsToMs(scheduled?.eventTime) + ms;
      await eventually(`${ms} ms have gone by`, () => Date.now() > until);
    };

    test("a step that was never attempted runs when a worker is there, and is not undone", async () => {
      const taskQueue = `never-${randomUUID()}`;
      const { namespace, native: connection } = rig;
      const workflowBundle = await bundleForTests(workflows);
      const deciding = await Worker.create({
        connection,
        namespace,
        taskQueue,
        workflowBundle,
        sinks: ignoredStepKeys,
      });
      const order = randomUUID();
      const run = await deciding.runUntil(async () => {
        const started = await start(taskQueue, { order, slowly: false });
        await eventually(
          "the step is scheduled",
          async () => ((await started.describe()).raw.pendingActivities ?? []).length > 0,
        );
        return started;
      });
      // Twice the attempt with the time after which Temporal takes a worker for lost, and the wait.
      await waitSinceScheduled(run, 2 * (100 + 5_000) + 10);
      await startWorker(taskQueue);
      assert.equal(await run.result(), "charged");
      assert.deepEqual(ledger.get(order), ["charged"]);
    });

    test("a step whose first attempt has failed runs when a worker is there, and is not undone", async () => {
      const taskQueue = `between-${randomUUID()}`;
      let began = false;
      let fail: (reason: Error) => void = () => undefined;
      const failing = new Promise<never>((_, reject) => (fail = reject));
      const stop = await startWorker(
        taskQueue,
        implementation(() => {
          began = true;
          return failing;
        }),
      );
      const order = randomUUID();
      const run = await start(taskQueue, { order, slowly: true });
      await eventually("the first attempt is under way", () => began);
      const stopping = stop();
      fail(new Error("broken"));
      await stopping;
      await waitSinceScheduled(run, 2 * 4_000 + 1_000);
      const [pending] = (await run.describe()).raw.pendingActivities ?? [];
      assert.equal(pending?.attempt, 2);
      await startWorker(taskQueue);
      assert.equal(await run.result(), "charged");
      assert.deepEqual(ledger.get(order), ["charged"]);
    });
  },
);

// Tracing must not change what a run does: what was recorded with it replays without it, and the other way round.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { temporal } from "@temporalio/proto";
import { defineApp, defineWorkflow, InvalidDefinition, type RecordedSpan, type Tracing } from "tenuto";
import { implementActivities } from "tenuto/activity";
import { createClient } from "tenuto/client";
import { checkHistories, type RecordedHistory } from "tenuto/testing";
import { bundleWorkflows, createWorker, type WorkflowBundle } from "tenuto/worker";
import { z } from "zod";
import { eventually } from "../rig/eventually.ts";
import { hands, nested, raced } from "./fixtures/traced.contract.ts";
import { workerRig } from "./fixtures/worker-rig.ts";

const workflows = new URL("./fixtures/traced-workflows.ts", import.meta.url);
const stepKeys = new URL("../../src/sdk/testing/step-keys.ts", import.meta.url);
const kinds = ["traced", "untraced"] as const;
type Kind = (typeof kinds)[number];

describe("runs with and without tracing", () => {
  const rig = workerRig(workflows);
  const bundles = new Map<Kind, WorkflowBundle>();
  before(async () => {
    for (const kind of kinds) {
      const isTraced = kind === "traced";
      bundles.set(kind, await bundleWorkflows(workflows, { isTraced, interceptors: [stepKeys] }));
    }
  });
  const bundle = (kind: Kind) => bundles.get(kind) ?? assert.fail();

  /** Runs until a history is recorded in which a step and a timer came to their ends in one workflow task. */
  const record = async (kind: Kind, tracing: Tracing): Promise<RecordedHistory> => {
    const [held, checked] = [latch(), latch()];
    const checks = z.object({}).refine(async () => {
      checked.enter();
      await checked.opened;
      return true;
    });
    const contract = defineWorkflow("raced", {
      input: raced.input,
      output: raced.output,
      updates: raced.updates,
      signals: { check: checks },
    });
    const app = defineApp({ name: `traced-${randomUUID()}`, workflows: [contract, nested], activities: [hands] });
    const done = async () => null;
    const hold = async () => {
      held.enter();
      await held.opened;
      return null;
    };
    const stop = await rig.startWorker({
      app,
      activities: [implementActivities(hands, { hold, follow: done, count: done })],
      ...(kind === "traced" && { tracing }),
      maxCachedWorkflows: 0,
    });
    const { connection, namespace } = rig;
    const client = await createClient(app, { connection, namespace, tracing });
    const run = await client.start(contract, { branches: 40 }, { workflowId: randomUUID() });
    const raw = rig.client.workflow.getHandle(run.workflowId);
    await held.entered;
    await run.update("add", { cents: 1 });
    await raw.signal("check", {});
    await checked.entered;
    // The workflow task is at work until the check is over; what happens meanwhile comes together in the next one.
    held.open();
    await eventually("the step is done", async () => (await raw.describe()).raw.pendingActivities?.length === 0);
    // Nothing tells that the timer has fired while the task is at work; when it has not, the round is played again.
    await sleep(3_000);
    checked.open();
    assert.equal((await run.value({ waitMs: 60_000 })).length, 2);
    await stop();
    return { namespace, workflowId: run.workflowId, history: await raw.fetchHistory() };
  };

  for (const recordedWith of kinds) {
    test(`what was recorded ${recordedWith} replays traced and untraced, with the same commands, keys and random numbers`, async () => {
      const recorder = recordingTracing();
      let recorded: RecordedHistory | undefined;
      for (let round = 0; round < 5 && !(recorded && endedTogether(recorded)); round += 1)
        recorded = await record(recordedWith, recorder);
      assert.ok(recorded && endedTogether(recorded), "a step and a timer ended in one workflow task");

      for (const kind of kinds) assert.equal(await checkHistories({ workflows: bundle(kind) }, [recorded]), 1);
      assert.equal(recorder.spans.length > 40, recordedWith === "traced");
    });
  }

  test("a worker refuses a bundle that was made for the other kind", async () => {
    const app = defineApp({ name: `traced-${randomUUID()}`, workflows: [raced, nested], activities: [hands] });
    const done = async () => null;
    const activities = [implementActivities(hands, { hold: done, follow: done, count: done })];
    const tracing = recordingTracing();
    for (const [kind, given] of [
      ["untraced", { tracing }],
      ["traced", {}],
    ] as const) {
      const { native: connection, namespace } = rig;
      const options = { app, activities, connection, namespace, workflows: bundle(kind), ...given };
      await assert.rejects(createWorker(options), (error) => error instanceof InvalidDefinition);
    }
  });
});

/** Keeps what it is given. */
function recordingTracing(): Tracing & { readonly spans: readonly RecordedSpan[] } {
  const spans: RecordedSpan[] = [];
  return {
    spans,
    carrier: () => ({ traceparent: `00-${"a".repeat(32)}-${"b".repeat(16)}-01` }),
    begin: () => ({ traceId: "a".repeat(32), run: (work) => work(), end: () => undefined }),
    record: (span) => void spans.push(span),
    shutdown: async () => undefined,
  };
}

interface Latch {
  readonly entered: Promise<void>;
  readonly opened: Promise<void>;
  enter(): void;
  open(): void;
}

function latch(): Latch {
  let enter = () => {};
  let open = () => {};
  const entered = new Promise<void>((resolve) => (enter = resolve));
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { entered, opened, enter: () => enter(), open: () => open() };
}

/** Whether the end of the step that was held and that of the timer are told by the same workflow task. */
function endedTogether({ history }: RecordedHistory): boolean {
  const { events } = history as temporal.api.history.v1.IHistory;
  let ended = new Set<string>();
  for (const event of events ?? []) {
    if (event.activityTaskCompletedEventAttributes) ended.add("step");
    if (event.timerFiredEventAttributes) ended.add("timer");
    if (!event.workflowTaskStartedEventAttributes) continue;
    if (ended.size === 2) return true;
    ended = new Set();
  }
  return false;
}

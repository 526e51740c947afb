import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { defaultPayloadConverter } from "@temporalio/common";
import type { temporal } from "@temporalio/proto";
import { checkHistories, createTestRig, type TestRig } from "tenuto/testing";
import { idempotencyKeyHeader } from "../../src/sdk/core/step-failure.ts";
import { eventually } from "../rig/eventually.ts";
import { testServer } from "../rig/stack.ts";
import { type Ledger, openLedger } from "../testing/fixtures/ledger.ts";
import { walk } from "../workflow/fixtures/walk.contract.ts";

const count = 200;
const stepsOfRun = 5;
const rounds = 2;
const stepsInAll = count * rounds * stepsOfRun;

test(
  "the key of every step in 200 runs, over kills, replays, resets and continue-as-new",
  { timeout: 900_000 },
  async (t) => {
    const { rig, ledger } = await startRig(t);
    const workflowIds = await Promise.all(
      Array.from({ length: count }, async () => (await rig.client.start(walk, { rounds })).workflowId),
    );
    for (const share of [0.1, 0.3, 0.5, 0.7]) await killWhen(rig, ledger, stepsInAll * share);
    const runs = workflowIds.map((workflowId) => rig.temporal.workflow.getHandle(workflowId));
    for (const run of runs) assert.equal(await run.result(), "home");

    // From the first task on, from the next, and so on: one run in four.
    const before = ledger.lines().length;
    const reset = await Promise.all(
      workflowIds.filter((_, index) => index % 4 === 0).map((workflowId, index) => resetRun(rig, workflowId, index)),
    );
    for (const more of [20, 60]) await killWhen(rig, ledger, before + more);
    for (const { workflowId, runId } of reset) {
      assert.equal(await rig.temporal.workflow.getHandle(workflowId, runId).result(), "home");
    }

    const histories = await allHistories(rig, count * rounds + reset.length);
    const workflows = new URL("../workflow/fixtures/walk-workflows.ts", import.meta.url);
    const { namespace } = rig;
    const recorded = histories.map((history) => ({ namespace, ...history }));
    assert.equal(await checkHistories({ workflows }, recorded), histories.length, "replays compute the recorded keys");
    await rig.close();

    const keys = keysOfSteps(histories);
    assert.equal(keys.size, stepsInAll);
    for (const [step, found] of keys) assert.equal(found.size, 1, `${step} has one key`);
    const distinct = new Set([...keys.values()].flatMap((found) => [...found]));
    assert.equal(distinct.size, stepsInAll, "no two steps have the same key");
    const seen = ledger.lines();
    assert.deepEqual(new Set(seen.map(({ key }) => key)), distinct, "the provider was given these keys and no other");
    assert.ok(seen.length > stepsInAll, "resets repeat steps");
    assert.ok(new Set(seen.map(({ pid }) => pid)).size > 4, "several processes did the steps");
  },
);

async function startRig(t: TestContext) {
  const directory = await mkdtemp(join(tmpdir(), "tenuto-ledger-"));
  t.after(() => rm(directory, { recursive: true, force: true }));
  const data = { ledger: join(directory, "ledger.jsonl") };
  const module = new URL("../workflow/fixtures/walk-worker.ts", import.meta.url);
  const rig = await createTestRig({ server: "real", address: testServer(), worker: { module, data } });
  t.after(() => rig.close().catch(() => undefined)); // Told by the test already.
  return { rig, ledger: openLedger(data.ledger) };
}

async function killWhen(rig: TestRig, ledger: Ledger, lines: number): Promise<void> {
  await eventually(`${lines} attempts were made`, () => ledger.lines().length >= lines, { withinMs: 300_000 });
  await rig.killWorker();
  await rig.startWorker();
}

/** Goes back to one of the run's workflow tasks. */
async function resetRun(rig: TestRig, workflowId: string, index: number) {
  const { runId } = await rig.temporal.workflow.getHandle(workflowId).describe();
  const { events } = await rig.temporal.workflow.getHandle(workflowId, runId).fetchHistory();
  const tasks = (events ?? []).filter((event) => event.workflowTaskCompletedEventAttributes);
  const reset = await rig.temporal.workflowService.resetWorkflowExecution({
    namespace: rig.namespace,
    workflowExecution: { workflowId, runId },
    workflowTaskFinishEventId: tasks[index % tasks.length]?.eventId ?? null,
    reason: "the test goes back",
    requestId: randomUUID(),
  });
  return { workflowId, runId: reset.runId };
}

interface RunHistory {
  readonly workflowId: string;
  readonly history: temporal.api.history.v1.IHistory;
}

async function allHistories(rig: TestRig, expected: number): Promise<readonly RunHistory[]> {
  const query = "WorkflowType = 'walk'";
  await eventually("all runs are listed", async () => (await rig.temporal.workflow.count(query)).count === expected);
  const histories: RunHistory[] = [];
  for await (const { workflowId, runId } of rig.temporal.workflow.list({ query })) {
    histories.push({ workflowId, history: await rig.temporal.workflow.getHandle(workflowId, runId).fetchHistory() });
  }
  return histories;
}

/** The keys of each step, in all runs that had it: equal calls of a round are told apart by their order. */
function keysOfSteps(histories: readonly RunHistory[]): ReadonlyMap<string, ReadonlySet<string>> {
  const keys = new Map<string, Set<string>>();
  for (const { workflowId, history } of histories) {
    const equalCalls = new Map<string, number>();
    const start = history.events?.[0]?.workflowExecutionStartedEventAttributes;
    const round = JSON.stringify(decoded(start?.input?.payloads?.[0]));
    for (const { activityTaskScheduledEventAttributes: step } of history.events ?? []) {
      if (!step) continue;
      const call = `${workflowId} ${round} ${JSON.stringify(decoded(step.input?.payloads?.[0]))}`;
      const ordinal = equalCalls.get(call) ?? 0;
      equalCalls.set(call, ordinal + 1);
      const found = keys.get(`${call} ${ordinal}`) ?? new Set();
      keys.set(`${call} ${ordinal}`, found);
      found.add(String(decoded(step.header?.fields?.[idempotencyKeyHeader])));
    }
  }
  return keys;
}

function decoded(payload: temporal.api.common.v1.IPayload | null | undefined): unknown {
  return payload ? defaultPayloadConverter.fromPayload(payload) : undefined;
}

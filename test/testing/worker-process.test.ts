import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { InvalidDefinition } from "tenuto";
import {
  createTestRig,
  failStep,
  killWorkerAt,
  loseAnswer,
  restartServerAt,
  type RigSettings,
  type TestRig,
  WorkerEnded,
} from "tenuto/testing";
import { eventually } from "../rig/eventually.ts";
import { isAlive } from "../rig/is-alive.ts";
import { testServer } from "../rig/stack.ts";
import { openLedger } from "./fixtures/ledger.ts";
import { app, sale } from "./fixtures/till.contract.ts";

const module = new URL("./fixtures/till-worker.ts", import.meta.url);

describe("a rig whose worker has a process of its own", { timeout: 300_000, concurrency: 3 }, () => {
  test("killed between effect and answer: the effect is there once, the second attempt has the same key", async (t) => {
    const { rig, ledger } = await rigWith(t, { faults: [killWorkerAt("till.take")], maxCachedWorkflows: 100 });
    const { workflowId } = await rig.client.start(sale, { cents: 100 });
    const { status } = await rig.client.result(workflowId, { waitMs: 120_000 });
    const attempts = await attemptsOf(rig, workflowId);
    await rig.close();

    assert.equal(status, "completed");
    const [killed, second, print] = ledger.lines();
    assert.deepEqual([killed?.operation, killed?.attempt, killed?.isEffect], ["take", 1, true]);
    assert.deepEqual([second?.operation, second?.attempt, second?.isEffect], ["take", 2, false]);
    assert.equal(second?.key, killed?.key);
    assert.notEqual(second?.pid, killed?.pid, "another process");
    assert.deepEqual([print?.operation, print?.isEffect], ["print", true]);
    assert.equal(ledger.lines().length, 3);
    assert.deepEqual(attempts, [2, 1]);
    assert.ok(!ledger.lines().some(({ pid }) => isAlive(pid)), "no process is left");
  });

  test("killed before the effect: only the second attempt has it", async (t) => {
    const { rig, ledger } = await rigWith(t, {
      faults: [killWorkerAt("till.take", { when: "before-effect" })],
    });
    const { workflowId } = await rig.client.start(sale, { cents: 100 });
    const { status } = await rig.client.result(workflowId, { waitMs: 120_000 });
    const attempts = await attemptsOf(rig, workflowId);
    await rig.close();

    assert.equal(status, "completed");
    assert.deepEqual(
      ledger.lines().map(({ operation, attempt, isEffect }) => [operation, attempt, isEffect]),
      [
        ["take", 2, true],
        ["print", 1, true],
      ],
    );
    assert.deepEqual(attempts, [2, 1]);
  });

  test("each rule strikes as often as it says, although the process that it struck is gone", async (t) => {
    const faults = [
      failStep("till.take"),
      loseAnswer("till.print"),
      killWorkerAt("till.take", { when: "before-effect" }),
    ];
    const { rig, ledger } = await rigWith(t, { faults });
    const { workflowId } = await rig.client.start(sale, { cents: 100 });
    const { status } = await rig.client.result(workflowId, { waitMs: 120_000 });
    await rig.close();

    assert.equal(status, "completed");
    assert.deepEqual(
      ledger.lines().map(({ operation, attempt, isEffect }) => [operation, attempt, isEffect]),
      [
        ["take", 3, true],
        ["print", 1, true],
        ["print", 2, false],
      ],
    );
  });

  test("killed and started by the test: runs wait meanwhile", async (t) => {
    const { rig, ledger } = await rigWith(t);
    await rig.killWorker();
    const { workflowId } = await rig.client.start(sale, { cents: 100 });
    assert.equal((await rig.client.result(workflowId, { waitMs: 500 })).status, "running");
    assert.deepEqual(ledger.lines(), []);
    await rig.startWorker();
    const { status } = await rig.client.result(workflowId, { waitMs: 120_000 });
    await rig.close();
    assert.equal(status, "completed");
  });

  test("killed while its server is away: the new worker waits for the server, and the run completes", async (t) => {
    const { rig, ledger } = await rigWith(t, {}, "its own server");
    await rig.stopServer();
    await rig.killWorker();
    const started = rig.startWorker();
    await rig.restartServer();
    await started;
    const { workflowId } = await rig.client.start(sale, { cents: 100 });
    const { status } = await rig.client.result(workflowId, { waitMs: 120_000 });
    await rig.close();
    assert.equal(status, "completed");
    assert.equal(ledger.lines().length, 2);
  });

  for (const when of ["before-effect", "after-effect"] as const) {
    test(`its server is killed ${when} by rule, and away for a while: the run completes, each effect is there once`, async (t) => {
      const faults = [restartServerAt("till.take", { when, awayMs: 1_000 })];
      const { rig, ledger } = await rigWith(t, { faults }, "its own server");
      const { workflowId } = await rig.client.start(sale, { cents: 100 });
      await eventually("the receipt is printed", () => ledger.lines().some(({ operation }) => operation === "print"));
      const { status } = await rig.client.result(workflowId, { waitMs: 120_000 });
      await rig.close();
      assert.equal(status, "completed");
      const effects = ledger.lines().filter(({ isEffect }) => isEffect);
      assert.deepEqual(
        effects.map(({ operation }) => operation),
        ["take", "print"],
      );
    });
  }

  test("killed by rule at one step, its server at the next: the run completes, each effect is there once", async (t) => {
    const faults = [killWorkerAt("till.take"), restartServerAt("till.print")];
    const { rig, ledger } = await rigWith(t, { faults }, "its own server");
    const { workflowId } = await rig.client.start(sale, { cents: 100 });
    await eventually("the receipt is printed", () => ledger.lines().some(({ operation }) => operation === "print"));
    const { status } = await rig.client.result(workflowId, { waitMs: 120_000 });
    await rig.close();
    assert.equal(status, "completed");
    const effects = ledger.lines().filter(({ isEffect }) => isEffect);
    assert.deepEqual(
      effects.map(({ operation }) => operation),
      ["take", "print"],
    );
  });

  test("a process that ends by itself: close tells its exit code", async (t) => {
    const { rig, ledger } = await rigWith(t, { openRuns: "allow" });
    await rig.client.start(sale, { cents: 13 });
    await eventually("the worker has ended", () => ledger.lines().some(({ pid }) => !isAlive(pid)));
    await assert.rejects(rig.close(), (error: unknown) => {
      assert.ok(error instanceof WorkerEnded);
      assert.match(error.message, /till-worker\.ts" ended by itself.*\(exit code 3\)/);
      return true;
    });
  });

  test("the guide shows the module of these tests", async () => {
    const guide = await readFile(new URL("../../docs/testing.md", import.meta.url), "utf8");
    assert.ok(guide.includes(await readFile(module, "utf8")));
  });

  test("a module that exports no worker is refused, with what to export", async () => {
    const contract = new URL("./fixtures/till.contract.ts", import.meta.url);
    await assert.rejects(createTestRig({ worker: { module: contract } }), (error: unknown) => {
      assert.ok(error instanceof InvalidDefinition);
      assert.match(error.message, /till\.contract\.ts".*Export this from it: `export const worker: RigWorker/);
      return true;
    });
  });

  test("a kill in a rig whose worker runs in the test's process is refused, with what to do", async () => {
    const workflows = new URL("./fixtures/till-workflows.ts", import.meta.url);
    await assert.rejects(createTestRig({ app, workflows, faults: [killWorkerAt("till.take")] }), (error: unknown) => {
      assert.ok(error instanceof InvalidDefinition);
      assert.match(error.message, /killWorkerAt.*createTestRig\(\{ …, worker: \{ module \} \}\)/);
      return true;
    });
  });
});

describe("a rule that kills the server", () => {
  const faults = [restartServerAt("till.take")];
  const refused = {
    "a server that skips time": { faults },
    "a server that belongs to others": { faults, server: "real", address: "127.0.0.1:7233" },
  } as const;
  for (const [what, settings] of Object.entries(refused)) {
    test(`${what} is refused, with what to do`, async () => {
      await assert.rejects(createTestRig({ worker: { module }, ...settings }), (error: unknown) => {
        assert.ok(error instanceof InvalidDefinition);
        assert.match(error.message, /restartServerAt.*server: "real" \}\), without `address`/);
        return true;
      });
    });
  }
});

async function rigWith(t: TestContext, settings: RigSettings = {}, on: "npm test's" | "its own server" = "npm test's") {
  const directory = await mkdtemp(join(tmpdir(), "tenuto-ledger-"));
  t.after(() => rm(directory, { recursive: true, force: true }));
  const ledger = join(directory, "ledger.jsonl");
  const server = { server: "real", ...(on === "npm test's" && { address: testServer() }) } as const;
  const rig = await createTestRig({ ...server, worker: { module, data: { ledger } }, ...settings });
  return { rig, ledger: openLedger(ledger) };
}

/** Of each step of a run, the number of its last attempt, as the server recorded it. */
async function attemptsOf(rig: TestRig, workflowId: string): Promise<readonly (number | null | undefined)[]> {
  const { events } = await rig.temporal.workflow.getHandle(workflowId).fetchHistory();
  return (events ?? []).flatMap(({ activityTaskStartedEventAttributes: started }) => (started ? started.attempt : []));
}

// Rules about numbers on a real server. Their shortest windows are a minute, so all of them go on at once.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { defineSearchAttributeKey, TypedSearchAttributes } from "@temporalio/common";
import proto from "@temporalio/proto";
import { defineAlertRules } from "tenuto";
import { taskMemoPrefix } from "../../src/sdk/core/human-task.ts";
import { watchWorkflow } from "../../src/sdk/core/watch.ts";
import { eventually } from "../rig/eventually.ts";
import { alertPlace } from "./fixtures/alert-place.ts";
import { watching } from "./fixtures/watching.ts";

const chainStartKey = defineSearchAttributeKey("TenutoChainStart", "DATETIME");
const marksKey = defineSearchAttributeKey("TenutoMarks", "KEYWORD_LIST");
const { CommandType } = proto.temporal.api.enums.v1;
const why = { reason: "a test" };
const at = () => new Date().toISOString();

describe("rules about numbers fire once, and are over when it is not so any more", { concurrency: true }, () => {
  const place = alertPlace();
  const { of, raised, ended } = watching(place);
  const slaMs = 1_500;

  before(async () => {
    const rules = defineAlertRules([
      { id: "late", condition: { kind: "slaBreach", type: "order", window: "1m" } },
      { id: "late-others", condition: { kind: "slaBreach", type: "family", window: "1m" } },
      { id: "late-chain", condition: { kind: "slaBreach", type: "chain", window: "1m" } },
      { id: "slow-chain", condition: { kind: "latency", type: "link", above: "3s", window: "1m", minRuns: 3 } },
      { id: "slow", condition: { kind: "latency", type: "refund", above: "3s", window: "1m", minRuns: 3 } },
      { id: "slower", condition: { kind: "latency", type: "refund", above: "1m", window: "1m", minRuns: 3 } },
      { id: "many", condition: { kind: "backlog", queue: place.app.name, above: 2 } },
      { id: "too-many", condition: { kind: "backlog", above: 10 } },
      { id: "oldest", condition: { kind: "oldestTask", olderThan: "10s" } },
      { id: "unanswered", condition: { kind: "humanTasksOlder", type: "approve", olderThan: "1m" } },
      { id: "lag", condition: { kind: "sourceLag", source: "orders", above: 3 } },
    ]);
    for (const rule of rules) await place.client.putAlertRule(rule, why);
    // As a worker of the app says of itself.
    const deploy = {
      app: place.app.name,
      rules: [],
      slas: { order: slaMs, family: 3_600_000, chain: slaMs },
      hash: "h",
      at: at(),
    };
    await place.raw.workflow.getHandle("tenuto-alert-rules").signal("deploy", deploy);
  });

  const start = (type: string, taskQueue: string) =>
    place.raw.workflow.start(type, { workflowId: randomUUID(), taskQueue });
  /** As one that continues a run that began so long ago. */
  const continueFrom = (type: string, taskQueue: string, agoMs: number) =>
    place.raw.workflow.start(type, {
      ...{ workflowId: randomUUID(), taskQueue },
      typedSearchAttributes: new TypedSearchAttributes([{ key: chainStartKey, value: new Date(Date.now() - agoMs) }]),
    });
  const tried = async (rule: string) => place.client.tryAlertRule(await place.client.alertRule(rule));
  /** Asks a queue for workflow tasks, as a worker does. */
  const poll = async (taskQueue: string) => {
    const { connection } = place.raw;
    const { namespace } = place;
    const request = { namespace, taskQueue: { name: taskQueue }, identity: "a worker" };
    const polling = () => connection.workflowService.pollWorkflowTaskQueue(request);
    return connection.withDeadline(Date.now() + 3_000, polling).catch(() => undefined);
  };
  const complete = async (taskQueue: string) => {
    const task = await eventually("its task comes", async () => {
      const polled = await poll(taskQueue);
      return polled && polled.taskToken.length > 0 && polled;
    });
    await place.raw.connection.workflowService.respondWorkflowTaskCompleted({
      namespace: place.namespace,
      taskToken: task.taskToken,
      commands: [
        {
          commandType: CommandType.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION,
          completeWorkflowExecutionCommandAttributes: {},
        },
      ],
    });
  };
  const once = (rule: string) =>
    assert.deepEqual(
      of(rule).map(({ kind }) => kind),
      ["raise", "end"],
    );

  /** Of the past of what waits, nobody knows anything: a trial finds what is so now, and says so. */
  const triesAsItIs = async (rule: string, subject: string, text: RegExp) => {
    const { alerts, leavesOut, truncated, until } = await tried(rule);
    assert.deepEqual(
      alerts.map((alert) => [alert.subject, alert.at, text.test(alert.text)]),
      [[subject, until, true]],
    );
    assert.deepEqual([typeof leavesOut, truncated], ["string", false]);
  };
  const triesNothing = async (rule: string) => {
    const { alerts, leavesOut } = await tried(rule);
    assert.deepEqual([alerts, typeof leavesOut], [[], "string"]);
  };

  test("runs that take longer than their SLA: while they run, and for a while after they closed", async () => {
    const late = await start("order", "nobody-polls-this");
    const { subject, text } = await raised("late");
    assert.deepEqual([subject, /Still running: 1, closed within 1 min: 0/.test(text ?? "")], ["order", true], text);
    await late.terminate();
    const { alerts } = await tried("late");
    assert.deepEqual(
      alerts.map((alert) => alert.subject),
      ["order"],
    );
    await ended("late");
    once("late");
    assert.deepEqual(of("late-others"), []);
  });

  test("a percentile of a type's durations, when there are enough runs", async () => {
    const queue = `slow-${randomUUID()}`;
    for (let n = 0; n < 3; n += 1) {
      await start("refund", queue);
      if (n > 0) continue;
      // This one is slow; the others are not.
      await sleep(3_300);
      await complete(queue);
    }
    await complete(queue);
    await complete(queue);
    const { subject, text } = await raised("slow");
    assert.deepEqual([subject, /p95 .* is above 3 s: 1 of 3 took longer/.test(text ?? "")], ["refund", true], text);
    const { alerts } = await tried("slow");
    assert.deepEqual(
      alerts.map((alert) => alert.subject),
      ["refund"],
    );
    await ended("slow");
    once("slow");
    assert.deepEqual(of("slower"), []);
  });

  test("runs that continue each other are late from the first start on, and for a while after the last one closed", async () => {
    const queue = `chain-${randomUUID()}`;
    await continueFrom("chain", queue, 600_000);
    await complete(queue);
    const closedMs = Date.now();
    assert.equal((await raised("late-chain")).subject, "chain");
    const { alerts } = await tried("late-chain");
    assert.deepEqual(
      alerts.map(({ subject, at: since }) => [subject, Math.round((closedMs - Date.parse(since)) / 60_000)]),
      [["chain", 10]],
    );
    await ended("late-chain");
    assert.ok(Date.now() - closedMs > 59_000, "it was over before its window was");
    once("late-chain");
  });

  test("a percentile counts runs that continue each other from the first start on", async () => {
    const queue = `link-${randomUUID()}`;
    await continueFrom("link", queue, 600_000);
    await continueFrom("link", queue, 0);
    await start("link", queue);
    for (let n = 0; n < 3; n += 1) await complete(queue);
    const { text } = await raised("slow-chain");
    assert.match(text ?? "", /: 1 of 3 took longer/);
    assert.deepEqual(
      (await tried("slow-chain")).alerts.map((alert) => [alert.subject, /: 1 of 3 took longer/.test(alert.text)]),
      [["link", true]],
    );
    await ended("slow-chain");
    once("slow-chain");
  });

  test("work that waits, by how much it is and by how long", async () => {
    const queue = place.app.name;
    const runs = [await start("family", queue), await start("family", queue), await start("family", queue)];
    assert.match((await raised("many")).text ?? "", /3 tasks wait on task queue/);
    assert.equal((await raised("oldest")).subject, queue);
    for (const [rule, text] of [
      ["many", /^3 tasks wait/],
      ["oldest", /^Work has waited/],
    ] as const)
      await triesAsItIs(rule, queue, text);
    for (const run of runs) await run.terminate();
    await eventually("a worker has taken them, and it is over", async () => {
      await poll(queue);
      return of("many").length === 2 && of("oldest").length === 2;
    });
    for (const rule of ["many", "oldest"]) {
      once(rule);
      await triesNothing(rule);
    }
    assert.deepEqual(of("too-many"), []);
  });

  test("a question that nobody answers", async () => {
    const task = (key: string, type: string) => ({
      ...{ key, type, title: type, status: "open", openedAt: at(), roles: [], assignees: [], comments: [] },
    });
    const memo = { [`${taskMemoPrefix}a`]: task("a", "approve"), [`${taskMemoPrefix}b`]: task("b", "other") };
    const waiting = await place.raw.workflow.start("family", {
      ...{ workflowId: randomUUID(), taskQueue: "nobody-polls-this", memo },
      typedSearchAttributes: new TypedSearchAttributes([{ key: marksKey, value: ["task"] }]),
    });
    const { subject, text } = await raised("unanswered");
    assert.deepEqual([subject, /^1 tasks "approve"/.test(text ?? "")], ["approve", true], text);
    await triesAsItIs("unanswered", "approve", /^1 tasks "approve"/);
    await waiting.terminate();
    await ended("unanswered");
    once("unanswered");
    await triesNothing("unanswered");
  });

  test("events that wait at the broker of a source, as its processes tell", async () => {
    const report = (backlog: number) =>
      place.client.reportEventSources({
        ...{ process: "a process", at: at(), nextWithinMs: 60_000 },
        sources: [{ source: "orders", state: "consuming", inFlight: 0, settled: 0, settledLastMinute: 0, backlog }],
      });
    await report(3);
    await report(4);
    const { subject, text } = await raised("lag");
    assert.deepEqual([subject, /^4 events wait/.test(text ?? "")], [`${place.app.name}/orders`, true], text);
    await triesAsItIs("lag", subject, /^4 events wait/);
    await report(0);
    await ended("lag");
    once("lag");
    await triesNothing("lag");
  });
});

describe("a watch of rules about numbers", () => {
  const place = alertPlace();
  const { raised } = watching(place);

  test("goes on past a rule of a kind that it does not know, and replays", async () => {
    const unknown = { id: "new", title: "New", condition: { kind: "moon" }, severity: "error", channels: ["log"] };
    const [late] = defineAlertRules([{ id: "late", condition: { kind: "slaBreach", window: "1m" } }]);
    assert.ok(late);
    await place.client.putAlertRule(late, why);
    const rules = [{ ...unknown, isEnabled: true }];
    const deploy = { app: place.app.name, rules, slas: { order: 100 }, hash: "h", at: at() };
    await place.raw.workflow.getHandle("tenuto-alert-rules").signal("deploy", deploy);
    const run = await place.raw.workflow.start("order", { workflowId: randomUUID(), taskQueue: "nobody-polls-this" });
    await raised("late");
    await run.terminate();
    assert.equal((await place.replay(watchWorkflow)).runs, 1);
  });
});

// The watch on a real server: what is in the namespace is made by hand, as a minute of stuck workflow tasks or a dead
// worker would leave it, so that no test waits for luck. What it raises is collected instead of sent.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, describe, test } from "node:test";
import { defineSearchAttributeKey, TypedSearchAttributes } from "@temporalio/common";
import { Worker } from "@temporalio/worker";
import { defineAlertRules } from "tenuto";
import { resolveSignal, systemTaskQueue } from "../../src/sdk/core/dead-letter.ts";
import { fingerprintOfFailure } from "../../src/sdk/core/fingerprint.ts";
import { type Incident, waitingMemo } from "../../src/sdk/core/incident.ts";
import { tenantMemo } from "../../src/sdk/core/tenant.ts";
import { watchWorkflow, watchWorkflowId } from "../../src/sdk/core/watch.ts";
import { bundleSystemWorkflows } from "../../src/sdk/worker/system-worker.ts";
import { watchActivities } from "../../src/sdk/worker/watch-activities.ts";
import { eventually } from "../rig/eventually.ts";
import { alertPlace } from "./fixtures/alert-place.ts";
import { type Failure, openFailure } from "./fixtures/open-failure.ts";

const marksKey = defineSearchAttributeKey("TenutoMarks", "KEYWORD_LIST");
const why = { reason: "a test" };
const at = () => new Date().toISOString();

describe("the watch", () => {
  const place = alertPlace();
  const events: string[] = [];
  const texts: string[] = [];
  let failures = 1;
  const told = (rule: string) => events.filter((event) => event.split(" ")[1] === rule);

  before(async () => {
    const { native: connection, namespace } = place;
    const sink = {
      raise: (
        _: unknown,
        { rule, subject, tenant, text }: { rule: string; subject: string; tenant?: string; text: string },
      ) => {
        // As a worker that loses its connection over it, once.
        if (failures-- > 0) return Promise.reject(new Error("It could not be told"));
        events.push(`raise ${rule} ${subject}${tenant === undefined ? "" : ` of ${tenant}`}`);
        texts.push(text);
        return Promise.resolve();
      },
      end: (_: unknown, { rule, subject }: { rule: string; subject: string }, { reason }: { reason: string }) => {
        events.push(`end ${rule} ${subject} ${reason}`);
        return Promise.resolve();
      },
    };
    const worker = await Worker.create({
      connection,
      namespace,
      taskQueue: systemTaskQueue,
      workflowBundle: await bundleSystemWorkflows(),
      activities: watchActivities(sink, undefined),
    });
    const running = worker.run();
    place.atEnd(async () => {
      worker.shutdown();
      await running;
    });
    await place.raw.workflow.start(watchWorkflow, {
      workflowId: watchWorkflowId,
      taskQueue: systemTaskQueue,
      args: [{ everyMs: 300 }],
    });
  });

  /** A letter of a failure, and what resolves it. */
  const open = async (kind: Failure["kind"], more: Omit<Failure, "kind"> = {}) => {
    const { fingerprint, runId, workflowId } = await openFailure(place.temporal, { kind, ...more });
    const resolve = () =>
      place.raw.workflow.getHandle(workflowId).signal(resolveSignal, { runId, by: "ada", reason: "done", at: at() });
    return { fingerprint, resolve };
  };
  const raised = (rule: string, subject: string) =>
    eventually(`${rule} is raised about ${subject}`, () =>
      told(rule).some((event) => event.startsWith(`raise ${rule} ${subject}`)),
    );
  const ended = (rule: string, subject: string) =>
    eventually(`${rule} about ${subject} is over`, () =>
      told(rule).some((event) => event.startsWith(`end ${rule} ${subject}`)),
    );
  /** By the time that two more looks have begun, whatever the look before them found is told. */
  const twoMoreLooks = async () => {
    const handle = place.raw.workflow.getHandle(watchWorkflowId);
    const looks = async () =>
      (await handle.fetchHistory()).events?.filter(
        ({ activityTaskScheduledEventAttributes: scheduled }) => scheduled?.activityType?.name === "tenuto.watch",
      ).length ?? 0;
    const before = await looks();
    await eventually("two more looks have begun", async () => (await looks()) >= before + 2, { everyMs: 200 });
  };
  const put = async (rules: ReturnType<typeof defineAlertRules>) => {
    for (const rule of rules) await place.client.putAlertRule(rule, why);
  };

  test("tells once of many stuck runs of one pattern, also when telling failed at first, and once that they are not stuck any more", async () => {
    const letters = [await open("stuck"), await open("stuck"), await open("stuck")];
    const subject = letters[0]?.fingerprint ?? "";
    await raised("tenuto.stuck-run", subject);
    await twoMoreLooks();
    for (const { resolve } of letters.slice(1)) await resolve();
    await twoMoreLooks();
    assert.deepEqual(told("tenuto.stuck-run"), [`raise tenuto.stuck-run ${subject}`]);
    await letters[0]?.resolve();
    await ended("tenuto.stuck-run", subject);
  });

  test("tells of effects that are left by pattern and tenant, and nothing of what failed", async () => {
    const [plain, acme] = [
      await open("partial", { step: "shop.charge" }),
      await open("partial", { step: "shop.charge", tenant: "acme" }),
    ];
    assert.equal(plain.fingerprint, acme.fingerprint);
    await raised("tenuto.saga-partial", `${plain.fingerprint} of acme`);
    assert.deepEqual(told("tenuto.saga-partial").sort(), [
      `raise tenuto.saga-partial ${plain.fingerprint}`,
      `raise tenuto.saga-partial ${plain.fingerprint} of acme`,
    ]);
    assert.ok(
      texts.every((text) => !/Order|broke/.test(text)),
      texts.join(),
    );
    for (const { resolve } of [plain, acme]) await resolve();
    await ended("tenuto.saga-partial", plain.fingerprint);
  });

  test("tells of a parked undo, and not of a parked step", async () => {
    const error = { type: "Down", message: "no answer" };
    const incident = (kind: Incident["kind"], step: string): Incident => ({ id: "1", kind, step, since: at(), error });
    const park = (incidents: readonly Incident[]) =>
      place.raw.workflow.start("order", {
        workflowId: randomUUID(),
        taskQueue: "nobody-polls-this",
        typedSearchAttributes: new TypedSearchAttributes([{ key: marksKey, value: ["parked"] }]),
        memo: { [waitingMemo]: { incidents, incidentCount: 1, deadLetterId: "0".repeat(32) }, [tenantMemo]: "acme" },
      });
    const [step, undo] = [await park([incident("step", "shop.pack")]), await park([incident("undo", "shop.release")])];
    const subject = fingerprintOfFailure({ type: "order", step: "shop.release", error });
    await raised("tenuto.undo-parked", `${subject} of acme`);
    await undo.terminate();
    await ended("tenuto.undo-parked", subject);
    await step.terminate();
    assert.equal(told("tenuto.undo-parked").length, 2);
  });

  test("tells of many failures, of old letters and of a bad rate, each by what its rule says of it", async () => {
    await put(
      defineAlertRules([
        { id: "many", condition: { kind: "failures", type: "refund", count: 3, window: "1h" } },
        { id: "too-many", condition: { kind: "failures", type: "refund", count: 4, window: "1h" } },
        { id: "rate", condition: { kind: "failureRate", type: "refund", abovePercent: 50, minRuns: 2, window: "1h" } },
        {
          id: "few-runs",
          condition: { kind: "failureRate", type: "refund", abovePercent: 50, minRuns: 9, window: "1h" },
        },
      ]),
    );
    for (let n = 0; n < 2; n++) {
      const options = {
        workflowId: randomUUID(),
        taskQueue: "nobody-polls-this",
        workflowExecutionTimeout: "1s",
      } as const;
      await place.raw.workflow.start("refund", options);
      await open("timedOut", { type: "refund" });
    }
    await twoMoreLooks();
    assert.deepEqual(told("many"), []);
    const third = await open("failed", { type: "refund" });
    await open("failed", { type: "tenutoAlertDelivery" });
    await raised("many", "many");
    await raised("rate", "rate");
    await twoMoreLooks();
    assert.deepEqual([told("too-many"), told("few-runs")], [[], []]);
    assert.ok(
      texts.some((text) => /3 failures of workflow "refund" within 60 min/.test(text)),
      texts.join("\n"),
    );
    assert.ok(
      texts.some((text) => /100% .* failed: 2 of 2/.test(text)),
      texts.join("\n"),
    );
    await third.resolve();
  });

  test("a letter about alerts counts for no rule", async () => {
    const before = await place.client.deadLetters({ limit: 200 });
    const others = before.items.filter(({ type }) => type !== "tenutoAlertDelivery").length;
    assert.ok(others < before.items.length);
    await put(
      defineAlertRules([
        { id: "all", condition: { kind: "failures", count: 1, window: "1h" } },
        { id: "deliveries", condition: { kind: "failures", type: "tenutoAlertDelivery", count: 1, window: "1h" } },
      ]),
    );
    await raised("all", "all");
    await twoMoreLooks();
    assert.deepEqual(told("deliveries"), []);
  });

  test("an alert whose rule is switched off, or gone, is over", async () => {
    const rule = await place.client.alertRule("many");
    await place.client.putAlertRule({ ...rule, isEnabled: false }, why);
    await place.client.deleteAlertRule("rate", why);
    await ended("many", "many");
    await ended("rate", "rate");
    assert.match(told("many").join(), /switched off/);
  });

  test("tells that work waits and no worker polls; once one does, that is over", async () => {
    const [rule] = defineAlertRules([{ id: "tenuto.no-poller", condition: { kind: "noPoller", for: "10s" } }]);
    assert.ok(rule);
    await place.client.putAlertRule(rule, why);
    // As a worker of the app says of itself, which has left since.
    const deploy = { app: place.app.name, rules: [], hash: "h", at: at() };
    await place.raw.workflow.getHandle("tenuto-alert-rules").signal("deploy", deploy);
    const waiting = await place.raw.workflow.start("order", { workflowId: randomUUID(), taskQueue: place.app.name });
    await raised("tenuto.no-poller", place.app.name);
    await waiting.terminate();
    const poll = { namespace: place.namespace, taskQueue: { name: place.app.name }, identity: "a worker" };
    const { connection } = place.raw;
    await eventually("a worker polls, and the alert is over", async () => {
      const polling = () => connection.workflowService.pollWorkflowTaskQueue(poll);
      // It gets nothing, and is cut.
      await connection.withDeadline(Date.now() + 3_000, polling).catch(() => undefined);
      return told("tenuto.no-poller").some((event) => event.startsWith("end"));
    });
    assert.equal(told("tenuto.no-poller").length, 2);
  });

  test("its history replays, and names what was told before it was", async () => {
    assert.deepEqual((await place.replay(watchWorkflow)).runs, 1);
  });
});

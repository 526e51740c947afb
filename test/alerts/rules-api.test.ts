import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, describe, test } from "node:test";
import { createAuthentication, parseApiKeys } from "tenuto/api";
import type { AlertRuleTrial } from "tenuto/client";
import { startSystemWorker } from "tenuto/worker";
import { type Calls, problemOf, useApi } from "../api/fixtures/http.ts";
import { eventually } from "../rig/eventually.ts";
import { alertPlace } from "./fixtures/alert-place.ts";
import { openFailure } from "./fixtures/open-failure.ts";

const rule = {
  title: "Refunds fail",
  condition: { kind: "failures", type: "refund", count: 3, windowMs: 3_600_000 },
  severity: "error",
  channels: ["log"],
};
const reason = "a test";
const latencyPointers = ["type", "aboveMs", "windowMs", "minRuns"].map((name) => `/condition/${name}`);
const authentication = createAuthentication({
  apiKeys: parseApiKeys(
    "ada:admin:key-admin,olga:operator:key-operator,vic:viewer:key-viewer,acme:admin@acme:key-acme",
  ),
});

describe("alert rules over HTTP", () => {
  const place = alertPlace();
  const api = useApi(() => place.client, { authentication });
  const as =
    (key: string) =>
    (method: string, path: string, body?: unknown): ReturnType<Calls["send"]> =>
      api().send(path, {
        method,
        headers: { authorization: `Bearer key-${key}`, "content-type": "application/json" },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
  const [admin, operator, viewer, acme] = [as("admin"), as("operator"), as("viewer"), as("acme")];

  before(async () => {
    place.atEnd(await startSystemWorker(place.native, place.namespace, { reconcileEvery: "never" }));
  });

  test("an admin puts a rule, sees it as it is kept, and deletes it", async () => {
    const put = await admin("PUT", "/v1/alert-rules/refunds-fail", { ...rule, reason });
    assert.equal(put.status, 200);
    const { changed, ...kept } = (await viewer("GET", "/v1/alert-rules/refunds-fail")).body;
    assert.deepEqual(kept, { ...rule, id: "refunds-fail", isEnabled: true, origin: "api" });
    assert.deepEqual({ ...(changed as object), at: undefined }, { by: "ada", reason, at: undefined });
    const { items } = (await viewer("GET", "/v1/alert-rules")).body as { items: readonly { id: string }[] };
    assert.deepEqual([items.length, items.some(({ id }) => id === "refunds-fail")], [10, true]);

    const deleted = await admin("DELETE", "/v1/alert-rules/refunds-fail", { reason });
    assert.deepEqual([deleted.status, deleted.body], [200, { id: "refunds-fail", deleted: true }]);
    const gone = { status: 404, code: "ALERT_RULE_NOT_FOUND", isProblem: true };
    assert.deepEqual(problemOf(await viewer("GET", "/v1/alert-rules/refunds-fail")), gone);
    assert.deepEqual(problemOf(await admin("DELETE", "/v1/alert-rules/refunds-fail", { reason })), gone);
  });

  test("the answer to the deletion of an edited one is what is back", async () => {
    const path = "/v1/alert-rules/tenuto.stuck-run";
    const { body } = await viewer("GET", path);
    const { id: _, origin: __, ...own } = body;
    const edited = await admin("PUT", path, { ...own, isEnabled: false, reason });
    assert.deepEqual([edited.body["origin"], edited.body["original"]], ["api", "shipped"]);
    const { back } = (await admin("DELETE", path, { reason })).body;
    assert.deepEqual(back, body);
    const refused = await admin("DELETE", path, { reason });
    assert.deepEqual([refused.status, refused.body["code"]], [422, "INVALID_INPUT"]);
  });

  test("what can't be used is refused with pointers to it", async () => {
    const cases = [
      [{ ...rule, channels: [] }, ["/channels"]],
      [{ ...rule, condition: { kind: "moon" } }, ["/condition/kind"]],
      [{ ...rule, condition: { ...rule.condition, count: 0.5 } }, ["/condition/count"]],
      [{ ...rule, condition: { ...rule.condition, windowMs: 5 } }, ["/condition/windowMs"]],
      [{ ...rule, condition: { kind: "slaBreach", windowMs: 5 } }, ["/condition/windowMs"]],
      [{ ...rule, condition: { kind: "backlog", above: -1 } }, ["/condition/above"]],
      [{ ...rule, condition: { kind: "latency", percentile: 95 } }, latencyPointers],
      [{ ...rule, more: 1 }, ["/more"]],
      [{ ...rule, reason: "" }, ["/reason"]],
    ] as const;
    for (const [body, pointers] of cases) {
      const { status, pointers: got } = problemOf(await admin("PUT", "/v1/alert-rules/x", { reason, ...body })) as {
        status: number;
        pointers?: readonly string[];
      };
      assert.deepEqual([status, got], [422, pointers], JSON.stringify(body));
    }
    const badId = problemOf(await admin("PUT", "/v1/alert-rules/a%20b", { ...rule, reason }));
    assert.deepEqual(badId, { status: 422, code: "INVALID_INPUT", isProblem: true, pointers: ["/id"] });
  });

  test("only an admin changes them, and nobody of a tenant sees them", async () => {
    const path = "/v1/alert-rules/tenuto.stuck-run";
    const answers = [
      await operator("PUT", path, { ...rule, reason }),
      await operator("DELETE", path, { reason }),
      await viewer("POST", `${path}/dry-run`, {}),
      await acme("GET", "/v1/alert-rules"),
      await acme("PUT", path, { ...rule, reason }),
    ];
    assert.deepEqual(
      answers.map((reply) => problemOf(reply)),
      answers.map(() => ({ status: 403, code: "FORBIDDEN", isProblem: true })),
    );
  });

  test("a trial says what a rule would have raised over the last day, and raises nothing", async () => {
    for (let n = 0; n < 3; n++) await openFailure(place.temporal, { kind: "failed", type: "refund" });
    const stuck = await openFailure(place.temporal, { kind: "stuck", type: "order", step: "shop.charge" });
    const late = { workflowId: randomUUID(), taskQueue: "nobody-polls-this", workflowExecutionTimeout: "1s" } as const;
    await place.raw.workflow.start("refund", late);
    const trial = async (condition: object) => {
      const { body } = await operator("POST", "/v1/alert-rules/trial/dry-run", { condition });
      return body as unknown as AlertRuleTrial;
    };
    const told = async (condition: object) =>
      (await trial(condition)).alerts.map(({ subject, text }) => `${subject}: ${text}`);
    const windowMs = 3_600_000;
    await eventually("all of it is listed", async () => (await told(rule.condition)).length === 1);
    assert.deepEqual(await told(rule.condition), ['trial: 3 failures of workflow "refund" within 60 min.']);
    assert.deepEqual(await told({ ...rule.condition, count: 4 }), []);
    await eventually(
      "the letter of the stuck run is listed",
      async () => (await told({ kind: "stuckRun" })).length === 1,
    );
    const [found = ""] = await told({ kind: "stuckRun" });
    assert.ok(found.startsWith(`${stuck.fingerprint}: `), found);
    assert.deepEqual(await told({ kind: "stuckRun", type: "refund" }), []);
    assert.equal((await told({ kind: "groupNew", type: "refund" })).length, 1);
    assert.equal((await told({ kind: "groupNew" })).length, 2);
    assert.deepEqual(await told({ kind: "lettersOlder", olderThanMs: windowMs }), []);
    const rate = { kind: "failureRate", type: "refund", abovePercent: 50, minRuns: 1, windowMs };
    await eventually("the run has timed out", async () => (await told(rate)).length === 1);
    assert.match((await told(rate)).join(), /100% .*: 1 of 1/);

    const regressed = await trial({ kind: "groupRegressed" });
    assert.deepEqual([regressed.alerts, typeof regressed.leavesOut], [[], "string"]);
    assert.match((await trial({ kind: "noPoller", forMs: 60_000 })).leavesOut ?? "", /server only knows who polls now/);
    const kept = await operator("POST", "/v1/alert-rules/tenuto.stuck-run/dry-run", {});
    assert.deepEqual([kept.status, (kept.body["alerts"] as readonly unknown[]).length], [200, 1]);
    const unknown = problemOf(await operator("POST", "/v1/alert-rules/nope/dry-run", {}));
    assert.deepEqual(unknown, { status: 404, code: "ALERT_RULE_NOT_FOUND", isProblem: true });
  });

  test("who changed a rule is in the audit", async () => {
    await admin("PUT", "/v1/alert-rules/audited", { ...rule, reason: "because" });
    const entry = await eventually("it is in the audit", async () => {
      const { items } = await place.client.audit({ actor: "ada" });
      return items.find(({ target, outcome }) => target["id"] === "audited" && outcome === "done");
    });
    assert.deepEqual([entry.action, entry.reason], ["putAlertRule", "because"]);
  });
});

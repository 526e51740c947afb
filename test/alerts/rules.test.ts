import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { defineAlertRules } from "tenuto";
import { alertsFor, type GroupEvent, shippedAlertRules } from "../../src/sdk/core/alert-rules.ts";
import type { AlertRulesDeploy } from "../../src/sdk/core/alert-rule.ts";
import {
  deleteIssues,
  emptyRules,
  putIssues,
  recordOfRules,
  withDelete,
  withDeploy,
  withPut,
} from "../../src/sdk/core/alert-rules-state.ts";

const at = "2026-01-31T09:30:00.000Z";
const event: GroupEvent = {
  kind: "groupNew",
  type: "order",
  step: "shop.charge",
  fingerprint: "0123456789abcdef",
  errorType: "Broken",
  title: "Broken in shop.charge",
  regression: 0,
  at,
};

describe("rules that are shipped", () => {
  test("are nine, switched on, and tell the log", () => {
    assert.deepEqual(
      shippedAlertRules.map(({ condition }) => condition.kind),
      [
        ...["groupNew", "groupRegressed", "stuckRun", "noPoller", "undoParked", "sagaPartial"],
        ...["slaBreach", "oldestTask", "sourceLag"],
      ],
    );
    assert.ok(shippedAlertRules.every(({ isEnabled, channels }) => isEnabled && channels.join() === "log"));
  });

  test("raise one alert for a new group, and another occurrence of the same subject each time it is back", () => {
    const back = { ...event, kind: "groupRegressed", regression: 2, buildId: "b7" } as const;
    const [raised, ...more] = alertsFor(shippedAlertRules, event);
    assert.deepEqual(
      [raised?.rule, raised?.subject, raised?.occurrence],
      ["tenuto.group-new", event.fingerprint, "new"],
    );
    assert.deepEqual(more, []);
    const [regressed] = alertsFor(shippedAlertRules, back);
    assert.deepEqual([regressed?.subject, regressed?.occurrence], [event.fingerprint, "regressed-2"]);
    assert.match(regressed?.text ?? "", /shop\.charge.*"b7"/);
  });
});

test("a rule for one type, and one that is switched off, raise nothing for others", () => {
  const rules = defineAlertRules([
    { id: "other", condition: { kind: "groupNew", type: "other" } },
    { id: "off", condition: { kind: "groupNew" }, isEnabled: false },
    { id: "mine", condition: { kind: "groupNew", type: "order" }, coolDown: "1h", channels: ["ops"], severity: "info" },
  ]);
  const raised = alertsFor(rules, { ...event, tenant: "acme" });
  assert.deepEqual(
    raised.map(({ rule, coolDownMs, channels, severity, tenant }) => ({
      rule,
      coolDownMs,
      channels,
      severity,
      tenant,
    })),
    [{ rule: "mine", coolDownMs: 3_600_000, channels: ["ops"], severity: "info", tenant: "acme" }],
  );
});

describe("a rule that can't mean anything sound is refused where it is defined", () => {
  const failures = { kind: "failures", count: 5, window: "10m" } as const;
  const cases = {
    "without an id": [{ id: "", condition: failures }, /\/id/],
    "with an id that no path takes": [{ id: "a b", condition: failures }, /\/id/],
    "that waits for half a failure": [{ id: "a", condition: { ...failures, count: 0.5 } }, /\/condition\/count/],
    "with a window of seconds": [{ id: "a", condition: { ...failures, window: "5s" } }, /\/condition\/windowMs/],
    "above all there is": [
      { id: "a", condition: { kind: "failureRate", abovePercent: 100, window: "1h" } },
      /\/condition\/abovePercent/,
    ],
    "with a latency of no type": [
      { id: "a", condition: { kind: "latency", type: "", above: "1s", window: "1h" } },
      /\/condition\/type/,
    ],
    "of all there is and more": [
      { id: "a", condition: { kind: "latency", type: "order", percentile: 100, above: "1s", window: "1h" } },
      /\/condition\/percentile/,
    ],
    "with a backlog below none": [{ id: "a", condition: { kind: "backlog", above: -1 } }, /\/condition\/above/],
    "of a queue without a name": [
      { id: "a", condition: { kind: "oldestTask", queue: " ", olderThan: "5m" } },
      /\/condition\/queue/,
    ],
    "of an SLA within seconds": [{ id: "a", condition: { kind: "slaBreach", window: "5s" } }, /\/condition\/windowMs/],
    "that tells nobody": [{ id: "a", condition: failures, channels: [] }, /\/channels/],
    "that tells one channel twice": [{ id: "a", condition: failures, channels: ["log", "log"] }, /\/channels/],
    "that escalates at once": [
      { id: "a", condition: failures, escalation: { after: "1s", channels: ["log"] } },
      /\/escalation\/afterMs/,
    ],
  } as const;
  for (const [which, [definition, message]] of Object.entries(cases))
    test(which, () => {
      assert.throws(() => defineAlertRules([definition]), { name: "InvalidDefinition", message });
    });

  test("and so is a list with an id twice, or too many", () => {
    const rule = { id: "a", condition: failures };
    assert.throws(() => defineAlertRules([rule, rule]), { message: /"a\\" twice|"a" twice/ });
    const many = Array.from({ length: 101 }, (_, n) => ({ ...rule, id: `r${n}` }));
    assert.throws(() => defineAlertRules(many), { message: /at most 100/ });
  });
});

describe("rules of code and of operators", () => {
  const deploy = (app: string, ids: readonly string[]): AlertRulesDeploy => ({
    app,
    rules: defineAlertRules(ids.map((id) => ({ id, condition: { kind: "stuckRun" } }))),
    hash: ids.join(),
    at,
  });
  const origins = (state: typeof emptyRules) =>
    Object.fromEntries(recordOfRules(state).rules.map(({ id, origin }) => [id, origin]));
  const note = { by: "ada", reason: "too loud" };
  const [edited] = defineAlertRules([{ id: "a", title: "Edited", condition: { kind: "stuckRun" } }]);
  assert.ok(edited);

  test("a rule that left the code is removed; those of another app, and shipped ones, stay", () => {
    let state = withDeploy(withDeploy(emptyRules, deploy("shop", ["a", "b"])), deploy("mail", ["m"]));
    state = withDeploy(state, deploy("shop", ["b"]));
    assert.deepEqual(
      Object.keys(origins(state)).filter((id) => !id.startsWith("tenuto.")),
      ["b", "m"],
    );
    assert.equal(origins(state)["tenuto.stuck-run"], "shipped");
    assert.deepEqual(recordOfRules(state).apps, { mail: "m", shop: "b" });
  });

  test("an edited rule wins over every deploy, until it is deleted; then the code's is back", () => {
    let state = withPut(withDeploy(emptyRules, deploy("shop", ["a"])), { rule: edited, ...note }, at);
    state = withDeploy(state, deploy("shop", ["a", "b"]));
    const rule = recordOfRules(state).rules.find(({ id }) => id === "a");
    assert.deepEqual(
      [rule?.title, rule?.origin, rule?.original, rule?.changed],
      ["Edited", "api", "code", { ...note, at }],
    );
    state = withDelete(state, { id: "a", ...note });
    assert.deepEqual(recordOfRules(state).rules.find(({ id }) => id === "a")?.title, "a");
  });

  test("only what was put can be deleted", () => {
    const state = withDeploy(emptyRules, deploy("shop", ["a"]));
    assert.equal(deleteIssues(state, { id: "nope", ...note }), "not found");
    assert.match(JSON.stringify(deleteIssues(state, { id: "a", ...note })), /in code/);
    assert.match(JSON.stringify(deleteIssues(state, { id: "tenuto.stuck-run", ...note })), /in code/);
    assert.deepEqual(deleteIssues(withPut(state, { rule: edited, ...note }, at), { id: "a", ...note }), []);
  });

  test("an edit is refused without a reason, or when there are too many", () => {
    assert.match(JSON.stringify(putIssues(emptyRules, { rule: edited, by: "ada", reason: " " })), /\/reason/);
    let state = emptyRules;
    for (let n = 0; n < 100; n++) state = withPut(state, { rule: { ...edited, id: `r${n}` }, ...note }, at);
    assert.match(JSON.stringify(putIssues(state, { rule: { ...edited, id: "one-more" }, ...note })), /At most 100/);
    assert.deepEqual(putIssues(state, { rule: { ...edited, id: "r7" }, ...note }), []);
  });
});

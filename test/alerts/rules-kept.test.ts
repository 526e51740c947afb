import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type AlertRule, defineAlertRules } from "tenuto";
import { implementActivities } from "tenuto/activity";
import { createWorker, startSystemWorker } from "tenuto/worker";
import { shop } from "../dead-letters/fixtures/doomed.contract.ts";
import { eventually } from "../rig/eventually.ts";
import { alertPlace } from "./fixtures/alert-place.ts";

const done = () => Promise.resolve("done");
const activities = [implementActivities(shop, { reserve: done, release: done, pack: done, charge: done })];
const workflows = new URL("../dead-letters/fixtures/doomed-workflows.ts", import.meta.url);

const stuck = { kind: "stuckRun" } as const;
const first = defineAlertRules([
  { id: "orders-fail", condition: { kind: "failures", type: "order", count: 20, window: "10m" } },
  { id: "old", condition: { kind: "lettersOlder", olderThan: "1h" } },
]);
const second = defineAlertRules([
  {
    id: "orders-fail",
    title: "Changed in code",
    condition: { kind: "failures", type: "order", count: 30, window: "10m" },
  },
  { id: "tenuto.stuck-run", title: "Ours", condition: stuck, channels: ["ops"] },
]);
const why = { reason: "too loud" };

describe("rules of a namespace", () => {
  const place = alertPlace();
  const rules = async () => new Map((await place.client.alertRules()).map((rule) => [rule.id, rule]));

  /** A worker with these rules in its code, until the rules are known; then it leaves. */
  const deploy = async (own: readonly AlertRule[], isKnown: () => Promise<boolean>) => {
    const { app, native: connection, namespace } = place;
    const alerts = { rules: own, watchEvery: "never" } as const;
    const options = { app, workflows, activities, connection, namespace, reconcileEvery: "never" } as const;
    const worker = await createWorker({ ...options, alerts });
    const running = worker.run();
    try {
      await eventually("the rules of the code are known", isKnown);
    } finally {
      worker.shutdown();
      await running;
    }
  };
  const withSystem = async <T>(work: () => Promise<T>): Promise<T> => {
    const stop = await startSystemWorker(place.native, place.namespace, { reconcileEvery: "never" });
    try {
      return await work();
    } finally {
      await stop();
    }
  };

  test("are the shipped ones before any worker was there", async () => {
    const shipped = await place.client.alertRules();
    assert.equal(shipped.length, 9);
    assert.ok(shipped.every(({ origin, isEnabled }) => origin === "shipped" && isEnabled));
    await assert.rejects(place.client.alertRule("nope"), { code: "ALERT_RULE_NOT_FOUND" });
  });

  test("come from code when a worker starts, which says whose they are", async () => {
    await deploy(first, async () => (await rules()).has("orders-fail"));
    const rule = await place.client.alertRule("orders-fail");
    assert.deepEqual(
      [rule.origin, rule.changed?.by, rule.condition],
      ["code", place.app.name, { kind: "failures", type: "order", count: 20, windowMs: 600_000 }],
    );
  });

  test("can be put; of an edited one, the next deploy changes nothing, and a deletion brings back the code's", async () => {
    const edited = await withSystem(async () => {
      const own = await place.client.alertRule("orders-fail");
      const { changed, ...rule } = await place.client.putAlertRule({ ...own, isEnabled: false }, why);
      assert.deepEqual([changed?.by, changed?.reason], ["ada", "too loud"]);
      return rule;
    });
    assert.deepEqual([edited.origin, edited.original, edited.isEnabled], ["api", "code", false]);

    await deploy(second, async () => (await rules()).get("tenuto.stuck-run")?.origin === "code");
    const now = await rules();
    assert.deepEqual([now.get("orders-fail")?.isEnabled, now.get("orders-fail")?.origin], [false, "api"]);
    assert.equal(now.has("old"), false, "A rule that left the code is removed");
    assert.equal(now.get("tenuto.stuck-run")?.title, "Ours");

    await withSystem(async () => {
      const back = await place.client.deleteAlertRule("orders-fail", why);
      assert.deepEqual([back?.origin, back?.title], ["code", "Changed in code"]);
    });
    assert.equal((await place.client.alertRule("orders-fail")).title, "Changed in code");
  });

  describe("changing them", () => {
    let stop: () => Promise<void>;
    before(async () => {
      stop = await startSystemWorker(place.native, place.namespace, { reconcileEvery: "never" });
    });
    after(() => stop());
    const [mine] = defineAlertRules([{ id: "mine", condition: stuck }]);
    assert.ok(mine);

    test("a rule that was only put is gone when it is deleted", async () => {
      assert.equal((await place.client.putAlertRule(mine, why)).origin, "api");
      assert.equal(await place.client.deleteAlertRule("mine", why), undefined);
      await assert.rejects(place.client.alertRule("mine"), { code: "ALERT_RULE_NOT_FOUND" });
      await assert.rejects(place.client.deleteAlertRule("mine", why), { code: "ALERT_RULE_NOT_FOUND" });
    });

    test("one that is in code, and not edited, is not deleted; the answer says what to do", async () => {
      const deletion = place.client.deleteAlertRule("tenuto.saga-partial", why);
      await assert.rejects(deletion, { code: "INVALID_INPUT", message: /isEnabled false/ });
    });

    test("one that means nothing is refused with a pointer, also by the workflow itself", async () => {
      const bad = { ...mine, channels: [] };
      await assert.rejects(place.client.putAlertRule(bad, why), { code: "INVALID_INPUT", message: /\/channels/ });
      await assert.rejects(place.client.putAlertRule(mine, { reason: " " }), (error: Error & { issues?: unknown }) => {
        assert.deepEqual(error.issues, [{ pointer: "/reason", message: "Say why" }]);
        return true;
      });
    });

    test("a tenant's client has none, and changes none", async () => {
      const acme = place.client.forTenant("acme");
      await assert.rejects(acme.alertRules(), { code: "INVALID_INPUT" });
      await assert.rejects(acme.putAlertRule(mine, why), { code: "INVALID_INPUT" });
    });

    test("no history of it is long: it continues as new, and keeps what it knows", async () => {
      const { raw } = place;
      const handle = raw.workflow.getHandle("tenuto-alert-rules");
      await handle.terminate("begins again, with short histories");
      await raw.workflow.start("tenutoAlertRules", {
        workflowId: "tenuto-alert-rules",
        taskQueue: "tenuto-system",
        args: [undefined, 40],
      });
      for (let n = 0; n < 20; n++) await place.client.putAlertRule({ ...mine, id: `r${n}` }, why);
      await eventually("the last run is the third at least, and listed", async () => {
        const { runs } = await place.replay("tenutoAlertRules");
        return runs >= 4;
      });
      assert.equal((await place.client.alertRules()).filter(({ id }) => /^r\d+$/.test(id)).length, 20);
      const { longest } = await place.replay("tenutoAlertRules");
      assert.ok(longest <= 60, `The longest history has ${longest} events`);
    });
  });
});

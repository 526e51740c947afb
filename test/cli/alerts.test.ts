import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { StoredAlertRule } from "tenuto";
import type { Alert, AlertPage, AlertRuleTrial } from "tenuto/client";
import { eventually } from "../rig/eventually.ts";
import { parcelRig } from "./fixtures/parcel-rig.ts";

describe("tenuto alerts, against the API", () => {
  const rig = parcelRig();
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- a cast with a name
  const json = <T>({ stdout }: { readonly stdout: string }) => JSON.parse(stdout) as T;
  const alerts = (...args: readonly string[]) => rig.tenuto(["alerts", ...args]);

  test("a new kind of failure is an alert of a shipped rule, which somebody takes on once", async () => {
    assert.match((await alerts("list", "--status", "acknowledged")).stderr, /There are no such alerts/);
    const { fingerprint } = await rig.fail("no van", "send");
    const alert = await eventually(
      "it is told",
      async () => {
        const { items } = json<AlertPage>(await alerts("list", "--rule", "tenuto.group-new", "--json"));
        return items.find(({ subject }) => subject === fingerprint);
      },
      { withinMs: 120_000 },
    );
    assert.deepEqual([alert.status, alert.count], ["open", 1]);
    const list = await alerts("list");
    assert.match(list.stdout, /^ID +STATUS +SEVERITY +TIMES +LAST +WHO +RULE +TITLE$/m);
    assert.match(
      list.stdout,
      new RegExp(`^${alert.id} +open +error +1 .* New failure: parcels\\.send: Broken: no van$`, "m"),
    );

    const taken = await alerts("acknowledge", alert.id, "--reason", "I look");
    assert.equal(taken.code, 0, taken.stderr);
    assert.match(taken.stdout, /^Took on alert .*: New failure: /);
    assert.equal((await alerts("acknowledge", alert.id, "--reason", "me too")).code, 4);
    assert.equal((await alerts("acknowledge", "0".repeat(32), "--reason", "r")).code, 3);
    assert.equal((await alerts("acknowledge", alert.id)).code, 2);
    await rig.tenuto(["error-groups", "resolve", fingerprint, "--reason", "there is a van"]);
    const over = await eventually("it is over", async () => {
      const { items } = json<AlertPage>(await alerts("list", "--status", "resolved", "--json"));
      return items.find(({ id }) => id === alert.id);
    });
    assert.match((over satisfies Alert).resolved?.reason ?? "", /resolved by admin-key: there is a van/);
  });

  test("rules are listed, shown, put, tried and deleted; a deletion brings back what was shipped", async () => {
    const rules = (...args: readonly string[]) => alerts("rules", ...args);
    const id = "tenuto.stuck-run";
    assert.match((await rules()).stdout, /^tenuto\.stuck-run +on +shipped +error +log +Runs are stuck$/m);
    const shown = json<StoredAlertRule>(await rules("show", id, "--json"));
    const { title, condition, severity, channels } = shown;
    const edited = JSON.stringify({ title, condition, severity, channels, isEnabled: false });
    const put = await rig.tenuto(["alerts", "rules", "put", id, "@-", "--reason", "we migrate"], { stdin: edited });
    assert.equal(put.code, 0, put.stderr);
    assert.match((await rules()).stdout, /^tenuto\.stuck-run +off +api /m);
    assert.match((await rules("show", id)).stdout, /^Changed +by admin-key: we migrate, /m);

    const many = '{"kind":"failures","count":1,"windowMs":3600000}';
    const tried = json<AlertRuleTrial>(await rules("try", "any", "--condition", many, "--json"));
    assert.ok(tried.alerts.length > 0);
    assert.match((await rules("try", "any", "--condition", many)).stdout, /^WHEN +SUBJECT +TITLE$/m);

    const deleted = await rules("delete", id, "--reason", "done");
    assert.match(deleted.stdout, /^Rule tenuto\.stuck-run is the one that is shipped again\.$/m);
    assert.equal((await rules("show", "nothing")).code, 3);
    assert.equal((await rules("put", id, "[]", "--reason", "r")).code, 2);
    const bad = await rules("put", id, '{"title":"t"}', "--reason", "r");
    assert.equal(bad.code, 2);
    assert.match(bad.stderr, /condition/);
    const viewer = await rig.tenuto(["alerts", "rules", "delete", id, "--reason", "r"], { as: "viewer" });
    assert.equal(viewer.code, 5);
  });
});

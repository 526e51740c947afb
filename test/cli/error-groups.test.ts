import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ErrorGroupDetails, ErrorGroupPage } from "tenuto/client";
import { eventually } from "../rig/eventually.ts";
import { parcelRig } from "./fixtures/parcel-rig.ts";

describe("tenuto error-groups, against the API", () => {
  const rig = parcelRig();
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- a cast with a name
  const json = <T>({ stdout }: { readonly stdout: string }) => JSON.parse(stdout) as T;
  const groups = async (...args: readonly string[]) => rig.tenuto(["error-groups", ...args]);
  const group = async (fingerprint: string) =>
    json<ErrorGroupDetails>(await rig.tenuto(["error-groups", "show", fingerprint, "--json"]));
  const counted = (fingerprint: string, count: number) =>
    eventually(
      `it has counted ${count}`,
      async () => {
        const shown = await rig.tenuto(["error-groups", "show", fingerprint, "--json"]);
        return shown.code === 0 && json<ErrorGroupDetails>(shown).count >= count;
      },
      { withinMs: 120_000 },
    );

  test("failures are listed by pattern; one is taken on, noted, resolved, and comes back", async () => {
    assert.match((await groups("list", "--status", "resolved")).stderr, /There are no such error groups/);
    const letters = await Promise.all([rig.fail("no van", "send"), rig.fail("no van", "send"), rig.fail("no box")]);
    const { fingerprint } = letters[0];
    await counted(fingerprint, 2);
    await counted(letters[2].fingerprint, 1);

    const list = await groups("list", "--sort", "count");
    assert.equal(list.code, 0, list.stderr);
    const [head, first, second] = list.stdout.split("\n");
    assert.match(head ?? "", /^FINGERPRINT +STATUS +COUNT +LAST HOUR +SHARE +LAST SEEN +TYPE +STEP +ERROR$/);
    assert.match(first ?? "", new RegExp(`^${fingerprint} +open +2 +2 +66\\.7 % .* parcels\\.send +Broken: no van$`));
    assert.match(second ?? "", / open +1 +1 +33\.3 % .* parcels\.pack +Broken: no box$/);

    const taken = await groups("assign", fingerprint, "ada");
    assert.match(taken.stdout, /is open; ada has taken it on, and it has 0 notes\.\n$/);
    assert.equal((await groups("note", fingerprint, "the garage is shut")).code, 0);
    const resolved = await groups("resolve", fingerprint, "--reason", "there is a van");
    assert.match(resolved.stdout, /is resolved; ada has taken it on, and it has 1 note\.\n$/);
    await rig.fail("no van", "send");
    await counted(fingerprint, 3);

    const shown = await groups("show", fingerprint);
    assert.equal(shown.code, 0, shown.stderr);
    assert.match(shown.stdout, /^Status +regressed$/m);
    assert.match(shown.stdout, /^Came back +once, the last .* ago\) with build \S+\. It was resolved by admin-key$/m);
    assert.match(shown.stdout, /^Failures +3, of them 3 in the last hour$/m);
    assert.match(shown.stdout, /^Dead letters +3 open$/m);
    assert.match(shown.stdout, /^ *admin-key, .*: the garage is shut$/m);
    assert.match(shown.stdout, /^ *\S+ +3 +100 %$/m);

    const ignore = [
      "ignore",
      fingerprint,
      "--reason",
      "known",
      "--until-count",
      "5",
      "--until",
      "2100-01-01",
      "--json",
    ];
    const ignored = json<ErrorGroupDetails>(await groups(...ignore));
    assert.deepEqual([ignored.status, ignored.ignored?.until?.count], ["ignored", 5]);
    assert.match((await groups("show", fingerprint)).stdout, /^Until +2100-01-01T00:00:00.000Z, or 5 more failures$/m);
    assert.equal((await groups("reopen", fingerprint, "--reason", "r")).code, 0);
    assert.equal((await group(fingerprint)).status, "open");
    assert.match((await groups("assign", fingerprint)).stdout, /nobody has taken it on/);
  });

  test("wrong usage, a group that is not there and a role that may not each have their exit code", async () => {
    const [any] = json<ErrorGroupPage>(await groups("list", "--json")).items;
    assert.ok(any);
    const { fingerprint } = any;
    assert.equal((await groups("show", "0".repeat(16))).code, 3);
    assert.equal((await groups("resolve", fingerprint)).code, 2);
    assert.equal((await groups("list", "--status", "gone")).code, 2);
    assert.equal((await groups("ignore", fingerprint, "--reason", "r", "--until-count", "0")).code, 2);
    assert.equal((await groups("show", fingerprint, "--tenant", "No Tenant")).code, 2);
    assert.equal((await groups("show", fingerprint, "--tenant", "acme")).code, 3);
    const viewer = await rig.tenuto(["error-groups", "resolve", fingerprint, "--reason", "r"], { as: "viewer" });
    assert.equal(viewer.code, 5);
    assert.equal((await rig.tenuto(["error-groups", "list"], { as: "viewer" })).code, 0);
    assert.equal((await group(fingerprint)).status, any.status);
  });
});

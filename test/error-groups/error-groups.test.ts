import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Worker } from "@temporalio/worker";
import type { ErrorGroup } from "tenuto/client";
import { bundleSystemWorkflows } from "../../src/sdk/worker/system-worker.ts";
import { letterRig } from "../dead-letters/fixtures/letter-rig.ts";
import { eventually } from "../rig/eventually.ts";

describe("error groups", () => {
  const rig = letterRig();
  const withinMs = 120_000;

  const groupOf = async (fingerprint: string) => rig.client.errorGroup(fingerprint).catch(() => undefined);
  /** The group of a run's failure, once it has counted so many. */
  const counted = async (fingerprint: string, count: number): Promise<ErrorGroup> =>
    eventually(
      `group ${fingerprint} has counted ${count}`,
      async () => {
        const group = await groupOf(fingerprint);
        return group && group.count >= count ? group : undefined;
      },
      { withinMs },
    );
  const fingerprintOf = async (workflowId: string) => (await rig.letterOf(workflowId)).fingerprint;
  const many = (input: object, count: number) =>
    Promise.all(Array.from({ length: count }, async () => rig.start(input)));
  /** A later failure of another pattern: once its group is there, all before it are counted. */
  const oneMorePass = async (step: string) => {
    const [later = ""] = await many({ card: step }, 1);
    await counted(await fingerprintOf(later), 1);
  };

  test("failures of one pattern are one group, which counts each once though a new worker tells of them again", async () => {
    const [failed = ""] = await many({ card: "broken" }, 7);
    const fingerprint = await fingerprintOf(failed);
    const group = await counted(fingerprint, 7);
    const { type, step, status, error, pattern, kinds, share, regressions } = group;
    assert.deepEqual(
      { type, step, status, error, pattern, kinds, regressions },
      {
        type: "order",
        step: "shop.charge",
        status: "open",
        error: { type: "Broken", message: "Card 4242 is not answered" },
        pattern: "Card <n> is not answered",
        kinds: { failed: 7 },
        regressions: 0,
      },
    );
    assert.equal(share.ofStep, 1);
    assert.equal(group.lastHour, 7);
    assert.equal(
      group.builds.reduce((sum, { count }) => sum + count, 0),
      7,
    );
    // What it has judged, only a process knows.
    await rig.stopWorker();
    await rig.startWorker();
    await oneMorePass("odd");
    assert.equal((await rig.client.errorGroup(fingerprint)).count, 7);
    const { deadLetters, hours, days } = await rig.client.errorGroup(fingerprint);
    assert.equal(deadLetters.ids.length, 7);
    for (const spans of [hours, days])
      assert.equal(
        spans.reduce((sum, { count }) => sum + count, 0),
        7,
      );
  });

  test("a resolved group that fails again is regressed; one that is ignored stays so until there are so many", async () => {
    const terminateOne = async () => {
      const [workflowId = ""] = await many({ then: "waits" }, 1);
      // With a step under way it would be another pattern.
      await eventually("it waits", async () => {
        const events = await rig.client.history(workflowId);
        return events.filter(({ eventType }) => eventType === "EVENT_TYPE_ACTIVITY_TASK_COMPLETED").length === 2;
      });
      await rig.raw.workflow.getHandle(workflowId).terminate("by a test");
      return workflowId;
    };
    const failed = await terminateOne();
    const fingerprint = await fingerprintOf(failed);
    await counted(fingerprint, 1);
    const resolved = await rig.client.changeErrorGroup(fingerprint, { action: "resolve", reason: "it is mended" });
    assert.deepEqual([resolved.status, resolved.resolved?.by], ["resolved", "ada"]);
    await terminateOne();
    const back = await counted(fingerprint, 2);
    assert.equal(back.status, "regressed");
    assert.match(back.regression?.because ?? "", /resolved by ada/);
    const until = { count: 2 };
    await rig.client.changeErrorGroup(fingerprint, { action: "ignore", by: "bob", reason: "we know", until });
    await terminateOne();
    assert.equal((await counted(fingerprint, 3)).status, "ignored");
    await terminateOne();
    assert.equal((await counted(fingerprint, 4)).status, "regressed");
    const { items } = await rig.client.errorGroups({ status: "regressed" });
    assert.deepEqual(
      items.map((group) => group.fingerprint),
      [fingerprint],
    );
  });

  test("a parked run is a failure of its group, also after it was decided; parked again, it is another one", async () => {
    const workflowId = await rig.start({ then: "parks" });
    const { fingerprint, incidents } = await rig.letterOf(workflowId, { kind: "parked" });
    const group = await counted(fingerprint, 1);
    assert.deepEqual(group.kinds, { parked: 1 });
    assert.match(group.builds[0]?.buildId ?? "", /^@temporalio\/worker@/);
    const incidentId = incidents?.[0]?.id ?? "";
    await rig.client.decide(workflowId, { incidentId, action: "retry", reason: "once more" });
    assert.equal((await counted(fingerprint, 2)).count, 2);
  });

  test("who takes it on and what is noted stays with it; nothing is changed without a word why", async () => {
    const [group] = (await rig.client.errorGroups({ limit: 1 })).items;
    assert.ok(group);
    const { fingerprint } = group;
    await rig.client.changeErrorGroup(fingerprint, { action: "assign", assignee: "bob" });
    const noted = await rig.client.changeErrorGroup(fingerprint, { action: "note", note: "the bank is down" });
    assert.equal(noted.assignee, "bob");
    assert.deepEqual(
      noted.notes.map(({ by, note }) => ({ by, note })),
      [{ by: "ada", note: "the bank is down" }],
    );
    const mine = await rig.client.errorGroups({ assignee: "bob" });
    assert.deepEqual(
      mine.items.map((each) => each.fingerprint),
      [fingerprint],
    );
    const refused = { name: "InvalidInput" };
    await assert.rejects(rig.client.changeErrorGroup(fingerprint, { action: "resolve", reason: " " }), refused);
    const until = { count: 0 };
    await assert.rejects(rig.client.changeErrorGroup(fingerprint, { action: "ignore", reason: "r", until }), refused);
    const missing = { name: "ErrorGroupNotFound" };
    await assert.rejects(rig.client.errorGroup("0".repeat(16)), missing);
    await assert.rejects(rig.client.changeErrorGroup("nonsense", { action: "note", note: "n" }), missing);
  });

  test("what a contract redacts is not told: an error of the workflow's own has no message", async () => {
    const [failed = ""] = await many({ then: "fails" }, 1);
    const { error } = await counted(await fingerprintOf(failed), 1);
    assert.deepEqual(error, { type: "Unpackable", message: "[redacted]" });
  });

  test("lists sort and page; shares add up to one", async () => {
    const all = (await rig.client.errorGroups({ sort: "count", limit: 200 })).items;
    assert.ok(all.length >= 4);
    assert.ok(all.every(({ count }, index) => count <= (all[index - 1]?.count ?? Infinity)));
    const sum = all.filter(({ type }) => type === "order").reduce((part, { share }) => part + share.ofType, 0);
    assert.ok(Math.abs(sum - 1) < 0.001, String(sum));
    const paged: string[] = [];
    for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
      const page = await rig.client.errorGroups({ sort: "count", limit: 2, cursor });
      paged.push(...page.items.map(({ fingerprint }) => fingerprint));
      cursor = page.nextCursor;
    }
    assert.deepEqual([...new Set(paged)].length, all.length);
    assert.deepEqual((await rig.client.errorGroups({ type: "ORDER" })).items, []);
    assert.deepEqual((await rig.client.errorGroups({ since: new Date(Date.now() + 60_000) })).items, []);
  });

  test("every group's workflow replays", async () => {
    const workflowBundle = await bundleSystemWorkflows();
    const groups = rig.raw.workflow.list({ query: "WorkflowType = 'tenutoErrorGroup'" });
    let replayed = 0;
    for await (const { error, workflowId } of Worker.runReplayHistories({ workflowBundle }, groups.intoHistories())) {
      assert.equal(error, undefined, workflowId);
      replayed += 1;
    }
    assert.ok(replayed >= 4);
  });
});

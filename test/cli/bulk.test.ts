// Many at once, against the real API; what only a server that stands still can show is in batch.test.ts.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Batch, BatchItemPage, BatchPage } from "tenuto/client";
import { parcelRig } from "./fixtures/parcel-rig.ts";

describe("tenuto with many dead letters", () => {
  const rig = parcelRig();
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- a cast with a name
  const json = <T>({ stdout }: { readonly stdout: string }) => JSON.parse(stdout) as T;
  const itemsOf = async (id: string, ...more: readonly string[]) =>
    json<BatchItemPage>(await rig.tenuto(["batch", "items", id, "--json", ...more])).items;

  test("a dry run says what would be done; done for real each goes again, and the command waits for it", async () => {
    const letters = await Promise.all([rig.fail("no van", "send"), rig.fail("no van", "send"), rig.fail("no van")]);
    const [sent] = letters;
    assert.ok(sent);
    const redrive = ["dead-letters", "redrive", "--type", "deliver", "--error", "Broken"];

    const dry = await rig.tenuto([...redrive, "--dry-run", "--watch", "--json"]);
    assert.deepEqual([dry.code, json<Batch>(dry).progress.done], [0, 3]);
    const would = await itemsOf(json<Batch>(dry).id);
    assert.deepEqual(would.map(({ what }) => what).sort(), [
      "continue: parcels.pack",
      "continue: parcels.send",
      "continue: parcels.send",
    ]);
    for (const { id } of letters) assert.equal((await rig.client.deadLetter(id)).status, "open");

    rig.heal("no van");
    const done = await rig.tenuto([...redrive, "--reason", "there is a van", "--yes", "--watch"]);
    assert.equal(done.code, 0, done.stderr);
    assert.match(done.stdout, /^Status +completed$[^]*^By +admin-key$[^]*^Progress +3 of 3: 3 done/m);
    for (const { workflowId } of letters) {
      const { status } = await rig.client.result(workflowId, { waitMs: 60_000 });
      assert.equal(status, "completed");
    }
    await rig.letter(sent.id, ({ status }) => status === "resolved", "is resolved");
    const list = json<BatchPage>(await rig.tenuto(["batch", "list", "--status", "completed", "--json"]));
    assert.deepEqual(
      list.items.map(({ dryRun, reason }) => [dryRun, reason]),
      [
        [false, "there is a van"],
        [true, "dry run"],
      ],
    );
  });

  test("what is refused ends with 6, and the items say why; discarded by ids, it is closed", async () => {
    const [parked, failed] = await Promise.all([rig.fail("no box"), rig.fail("no road", "send")]);
    const discard = ["dead-letters", "discard", parked.id, failed.id, "--reason", "lost", "--yes", "--watch", "--json"];

    const ended = await rig.tenuto(discard);

    assert.equal(ended.code, 6, ended.stderr);
    const { id } = json<Batch>(ended);
    const [refused] = await itemsOf(id, "--outcome", "refused");
    assert.equal(refused?.id, parked.id);
    assert.match(refused.message ?? "", /can't be discarded: its run is parked, .* Sound now: continue, fail\./);
    assert.equal((await rig.client.deadLetter(failed.id)).closed?.by, "admin-key");
    await rig.client.cancel(parked.workflowId, { reason: "the test is over" });
  });

  test("a slow one is stopped; then it can't be stopped again, and one that is not there is not found", async () => {
    const letter = await rig.fail("no map", "send");
    // A second for each: it lasts for minutes.
    const unknown = Array.from({ length: 200 }, (_, index) => index.toString(16).padStart(32, "0"));
    const start = await rig.tenuto([
      ...["batch", "start", "discard", letter.id, ...unknown],
      ...["--rate", "1", "--reason", "r", "--yes", "--json"],
    ]);
    const { id } = json<Batch>(start);

    const stop = await rig.tenuto(["batch", "stop", id, "--reason", "wrong ids"]);
    assert.equal(stop.code, 0, stop.stderr);
    const over = await rig.tenuto(["batch", "show", id, "--watch", "--json"]);
    const { status, stopped } = json<Batch>(over);
    assert.deepEqual([over.code, status, stopped?.reason], [6, "stopped", "wrong ids"]);
    const items = await itemsOf(id, "--limit", "1000");
    assert.deepEqual([items.length, items.at(-1)?.outcome], [201, "pending"]);
    const again = await rig.tenuto(["batch", "stop", id, "--reason", "r"]);
    assert.equal(again.code, 4);
    assert.match(again.stderr, /can't be stopped: it is stopped/);
    assert.equal((await rig.tenuto(["batch", "show", "nothing"])).code, 3);
  });

  test("runs are signaled by their type's contract: input that it does not take ends with 2, and starts nothing", async () => {
    const parked = await rig.fail("no ink");
    const signal = [
      "batch",
      "start",
      "signal",
      parked.workflowId,
      "--type",
      "deliver",
      "--signal",
      "hurry",
      "--reason",
      "r",
    ];

    const bad = await rig.tenuto([...signal, "--input", '{"why":1}', "--yes"]);
    assert.equal(bad.code, 2);
    assert.match(bad.stderr, /signal\/input\/why/);
    const good = await rig.tenuto([...signal, "--input", '{"why":"snow"}', "--yes", "--watch", "--json"]);
    assert.deepEqual([good.code, json<Batch>(good).signal, json<Batch>(good).progress.done], [0, { name: "hurry" }, 1]);
    const viewer = await rig.tenuto([...signal, "--input", '{"why":"snow"}', "--yes"], { as: "viewer" });
    assert.equal(viewer.code, 5);
    const end = await rig.tenuto([
      "batch",
      "start",
      "cancel",
      "--type",
      "deliver",
      "--reason",
      "r",
      "--yes",
      "--watch",
    ]);
    assert.equal(end.code, 0, end.stdout);
  });
});

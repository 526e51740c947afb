import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { DeadLetterNotOpen } from "tenuto";
import { letterRig } from "./fixtures/letter-rig.ts";

describe("what a dead letter tells", () => {
  const rig = letterRig();

  test("of a failed run: input without secrets, error, attempts, worker, undos, siblings and how long it can be reset", async () => {
    const [one, other] = await Promise.all([rig.start({ card: "broken" }), rig.start({ card: "broken" })]);
    const { id } = await rig.letterOf(one);
    const sibling = await rig.letterOf(other);
    const letter = await rig.client.deadLetter(id);
    assert.deepEqual(letter.input, { card: "[redacted]", then: "ok", undo: true });
    assert.equal(letter.step, "shop.charge");
    assert.deepEqual(letter.failure, { type: "Broken", message: "Card 4242 is not answered" });
    const attempts = letter.attempts.map(({ attempt, error }) => [attempt, error?.type]);
    assert.deepEqual(attempts, [
      [1, "Broken"],
      [2, "Broken"],
    ]);
    assert.ok(letter.attempts[1]?.startedAt && letter.attempts[1].closedAt);
    assert.ok(letter.workerIdentity);
    assert.equal(letter.compensation, "complete");
    assert.deepEqual(letter.siblings, { count: 1, ids: [sibling.id] });
    assert.match(letter.links.temporalUi ?? "", new RegExp(`^http://ui.example/.*${one}`));
    const keptMs = Date.parse(letter.resettableUntil ?? "") - Date.parse(letter.closedAt ?? "");
    assert.equal(keptMs, 24 * 3_600_000);
  });

  test("of a parked run: its incidents, and the same of its history; notes stay while it is parked", async () => {
    const workflowId = await rig.start({ card: "card-9", then: "parks" });
    const { id } = await rig.letterOf(workflowId, { kind: "parked", step: "shop.pack" });
    await rig.client.note(id, { note: "asked the shop for boxes" });
    const letter = await rig.client.deadLetter(id);
    assert.deepEqual(letter.input, { card: "[redacted]", then: "parks", undo: true });
    assert.equal(letter.incidents?.length, 1);
    assert.deepEqual(letter.failure, { type: "NoBox", message: "No box for [redacted]" });
    assert.deepEqual(letter.modes, ["continue", "fail"]);
    assert.equal(letter.attempts.at(-1)?.attempt, 2);
    assert.deepEqual(
      letter.notes.map(({ by, note }) => [by, note]),
      [["ada", "asked the shop for boxes"]],
    );
    await rig.raw.workflow.getHandle(workflowId).terminate("done with it");
  });

  test("a large input is told, though no list carries it; an error of the run's own code shows no secret", async () => {
    const card = `secret-${"x".repeat(3_000)}`;
    const workflowId = await rig.start({ card, then: "fails" });
    const listed = await rig.letterOf(workflowId);
    assert.equal(listed.error.message, "[redacted]");
    const letter = await rig.client.deadLetter(listed.id);
    assert.deepEqual(letter.input, { card: "[redacted]", then: "fails", undo: true });
    assert.equal(letter.error.message, "Order 17 can't be packed");
  });

  test("notes say who and when; a letter that is closed takes none", async () => {
    const workflowId = await rig.start({ then: "fails" });
    const { id } = await rig.letterOf(workflowId);
    const noted = await rig.client.note(id, { by: "grace", note: "looking into it" });
    assert.deepEqual(
      noted.notes.map(({ by, note }) => [by, note]),
      [["grace", "looking into it"]],
    );
    await rig.client.discard(id, { reason: "a test order" });
    await assert.rejects(rig.client.note(id, { note: "too late" }), DeadLetterNotOpen);
  });
});

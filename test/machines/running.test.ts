import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { EventNotAllowed, RewindNotAllowed, TransitionInProgress } from "tenuto";
import { eventually } from "../rig/eventually.ts";
import { tripRig } from "./fixtures/trip-rig.ts";

describe("a state machine that runs", { concurrency: 4, timeout: 300_000 }, () => {
  const rig = tripRig();

  test("an event is answered with the new state, and the machine ends its run with its output", async () => {
    const id = await rig.start();
    assert.deepEqual(await rig.send(id, "take", { seat: 7 }), { state: ["taken"], status: "active", transition: 2 });
    assert.deepEqual(await rig.send(id, "giveUp"), { state: ["over"], status: "done", transition: 3 });
    assert.deepEqual(await rig.client.result(id, { waitMs: 20_000 }), { status: "completed", result: 7 });
  });

  test("an event that is not allowed is refused with those that are, and leaves no trace in the history", async () => {
    const id = await rig.start();
    await rig.send(id, "note", { text: "a" });
    const before = (await rig.history(id)).length;
    const error = await rig.send(id, "travel").then(taken, (reason: unknown) => reason);
    assert.ok(error instanceof EventNotAllowed);
    assert.deepEqual([error.state, error.allowed], [["open"], ["note", "book", "take", "stumble"]]);
    const guarded = await rig.send(id, "take", { seat: 100 }).then(taken, (reason: unknown) => reason);
    assert.ok(guarded instanceof EventNotAllowed);
    await assert.rejects(rig.send(id, "take", { seat: "x" }), { name: "InvalidInput" });
    await assert.rejects(rig.send(id, "fly"), { name: "UnknownUpdate" });
    assert.equal((await rig.history(id)).length, before);
    await rig.client.terminate(id, { reason: "done" });
  });

  test("regions run their steps at the same time; until both have ended other events get TransitionInProgress", async () => {
    const id = await rig.start();
    rig.rule(id, "hotel", "held");
    rig.rule(id, "flight", "held");
    const booked = rig.send(id, "book", { secret: "s3cret" });
    await eventually("both steps are under way", async () => {
      const { pendingSteps } = await rig.client.describe(id);
      return pendingSteps.length === 2;
    });
    const error = await rig.send(id, "note", { text: "a" }).then(taken, (reason: unknown) => reason);
    assert.ok(error instanceof TransitionInProgress);
    assert.deepEqual([error.state, error.moving.steps, error.allowed], [["open"], ["hotel", "flight"], []]);
    const moving = await eventually("its worker tells it", async () => {
      const told = await rig.client.machineState(id);
      return told.moving && told;
    });
    assert.deepEqual(
      [moving.state, moving.allowed, moving.moving?.cause],
      [["open"], [], { kind: "event", event: "book", by: "test" }],
    );
    rig.rule(id, "flight", "works");
    rig.rule(id, "hotel", "works");
    assert.deepEqual(await booked, { state: ["booked"], status: "active", transition: 4 });
    const at = await eventually("its worker tells what it has", async () => {
      const told = await rig.client.machineState(id);
      return told.context !== undefined && told;
    });
    assert.deepEqual([at.state, at.allowed, at.deadlines], [["booked"], ["travel"], []]);
    assert.deepEqual((at.context as Record<string, unknown>)["secret"], "[redacted]");
    assert.deepEqual(
      at.transitions.map(({ cause, state }) => [cause.kind, state]),
      [
        ["start", ["open"]],
        ["event", ["booking.hotel.booking", "booking.flight.booking"]],
        ["output", ["booking.hotel.booked", "booking.flight.booking"]],
        ["output", ["booked"]],
      ].map(([kind, state]) => [kind, state]),
    );
    await rig.client.terminate(id, { reason: "done" });
  });

  test("a step that fails for good in one region: nothing is half moved, the other is undone, and onError is taken", async () => {
    const id = await rig.start();
    rig.rule(id, "flight", "full");
    const answer = await rig.send(id, "book");
    assert.deepEqual(answer, {
      state: ["manual"],
      status: "active",
      transition: 2,
      failed: { step: "flight", type: "Full" },
    });
    const booked = rig.ledger(id).filter((line) => line === "book hotel").length;
    assert.deepEqual(rig.ledger(id).filter((line) => line === "unbook hotel").length, booked === 0 ? 0 : 1);
    rig.rule(id, "flight", "works");
    assert.deepEqual(await rig.send(id, "retry"), { state: ["booked"], status: "active", transition: 5 });
    await rig.client.terminate(id, { reason: "done" });
  });

  test("a step whose failure is nobody's fails the run, and whoever sent the event is told", async () => {
    const id = await rig.start();
    await rig.send(id, "book");
    rig.rule(id, "ticket", "full");
    await assert.rejects(rig.send(id, "travel"), /Full/);
    const { status, error } = await rig.client.result(id, { waitMs: 20_000 });
    assert.deepEqual([status, error?.type], ["failed", "Full"]);
    const { state, status: machineStatus, runStatus } = await rig.client.machineState(id);
    assert.deepEqual([state, machineStatus, runStatus], [["booked"], "active", "failed"]);
  });

  test("an operator brings it back to where it was, and nowhere else; who and why are known", async () => {
    const id = await rig.start();
    await assert.rejects(rig.client.rewind(id, { to: "taken", reason: "r" }), RewindNotAllowed);
    await rig.send(id, "take", { seat: 7 });
    const error = await rig.client.rewind(id, { to: "taken", reason: "r" }).then(taken, (reason: unknown) => reason);
    assert.ok(error instanceof RewindNotAllowed);
    assert.deepEqual(error.allowed, ["open"]);
    await assert.rejects(rig.client.rewind(id, { to: "open", reason: " " }), { name: "InvalidInput" });
    const answer = await rig.client.rewind(id, { to: "open", by: "olga", reason: "wrong seat" });
    assert.deepEqual(answer, { state: ["open"], status: "active", transition: 3 });
    const { transitions } = await rig.client.machineState(id);
    assert.deepEqual(transitions.at(-1)?.cause, { kind: "rewind", to: "open", by: "olga", reason: "wrong seat" });
    await rig.send(id, "take", { seat: 13 });
    await rig.send(id, "book");
    await assert.rejects(rig.client.rewind(id, { to: "taken", reason: "its guard says no" }), RewindNotAllowed);
    await rig.client.terminate(id, { reason: "done" });
  });

  test("the same event id is the same event, also after continue-as-new; with other data it is refused", async () => {
    const id = await rig.start("longTrip");
    const first = await rig.send(id, "note", { text: "0" }, { updateId: "n-0" });
    for (let note = 1; note < 60; note += 1)
      await rig.send(id, "note", { text: String(note) }, { updateId: `n-${note}` });
    const { runId } = await rig.client.describe(id);
    const events = await rig.history(id, runId);
    assert.ok(events[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId);
    const before = events.length;
    assert.deepEqual(await rig.send(id, "note", { text: "0" }, { updateId: "n-0" }), first);
    await assert.rejects(rig.send(id, "note", { text: "other" }, { updateId: "n-0" }), {
      name: "IdempotencyKeyReused",
    });
    assert.equal((await rig.history(id, runId)).length, before);
    assert.equal(((await rig.client.machineState(id)).context as { notes: number }).notes, 60);
    await rig.client.terminate(id, { reason: "done" });
  });

  test("runs are found by the state that they are in", async () => {
    const [open, taken] = [await rig.start(), await rig.start()];
    await rig.send(taken, "take", { seat: 1 });
    const idsIn = async (state: string) =>
      (await rig.client.list({ state, limit: 200 })).items.map(({ workflowId }) => workflowId);
    await eventually(
      "both are listed",
      async () => (await idsIn("taken")).includes(taken) && (await idsIn("open")).includes(open),
    );
    assert.ok(!(await idsIn("open")).includes(taken));
    assert.match(await rig.client.machineDiagram(taken), /class s\d+ active/);
    for (const id of [open, taken]) await rig.client.terminate(id, { reason: "done" });
  });

  test("a canceled run undoes what its steps did, and who sent the event is told", async () => {
    const id = await rig.start();
    rig.rule(id, "flight", "held");
    const sent = rig.send(id, "book").then(taken, (error: unknown) => error);
    await eventually("the hotel is booked", () => rig.ledger(id).includes("book hotel"));
    await rig.client.cancel(id, { reason: "changed my mind" });
    assert.equal((await rig.client.result(id, { waitMs: 30_000 })).status, "canceled");
    assert.deepEqual(rig.ledger(id).toSorted(), ["book hotel", "unbook flight", "unbook hotel"]);
    assert.ok((await sent) instanceof Error);
  });
});

function taken(answer: unknown): never {
  assert.fail(`It was taken: ${JSON.stringify(answer)}`);
}

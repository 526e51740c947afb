import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError } from "@temporalio/client";
import { ApplicationFailure } from "@temporalio/common";
import { EventNotAllowed } from "tenuto";
import { rewindUpdate } from "../../src/sdk/core/state-machine/machine-record.ts";
import { eventually } from "../rig/eventually.ts";
import { longTrip, trip } from "./fixtures/trip.contract.ts";
import { tripRig } from "./fixtures/trip-rig.ts";

describe("who sends events to a state machine", { concurrency: 4, timeout: 300_000 }, () => {
  // A local activity that meets an update goes on where the run stays in memory; else its task is lost for ten seconds.
  const rig = tripRig({ maxCachedWorkflows: 100 });

  test("Temporal's own client: the event is parsed by the run, taken or refused as any other, and nobody is its sender", async () => {
    const id = await rig.start();
    const handle = rig.worker.client.workflow.getHandle(id);
    assert.deepEqual(await handle.executeUpdate("take", { args: [{ seat: 3 }] }), {
      ...{ state: ["taken"], status: "active", transition: 2 },
    });
    await assert.rejects(handle.executeUpdate("note", { args: [{ text: "a" }] }), typeIn("EventNotAllowed"));
    await assert.rejects(handle.executeUpdate("book", { args: [{ secret: 1 }] }), typeIn("InvalidInput"));
    const { transitions, state } = await rig.client.machineState(id);
    assert.deepEqual([state, transitions.at(-1)?.cause], [["taken"], { kind: "event", event: "take" }]);
    const rewind = { to: "open", by: "me", reason: "r" };
    await assert.rejects(handle.executeUpdate(rewindUpdate, { args: [rewind] }), typeIn("InvalidInput"));
    await rig.client.terminate(id, { reason: "done" });
  });

  test("a start that no client of ours has parsed: its events wait until it is, and it runs as any other", async () => {
    const id = randomUUID();
    await rig.worker.client.workflow.start("trip", { workflowId: id, taskQueue: rig.app.name, args: [{ tripId: id }] });
    assert.deepEqual(await rig.send(id, "take", { seat: 1 }), { state: ["taken"], status: "active", transition: 2 });
    const { transitions } = await rig.client.machineState(id);
    assert.deepEqual(transitions.at(-1)?.cause, { kind: "event", event: "take", by: "test" });
    assert.deepEqual(await rig.send(id, "giveUp"), { state: ["over"], status: "done", transition: 3 });
    assert.equal((await rig.client.result(id, { waitMs: 20_000 })).status, "completed");
  });

  test("a start that comes with an event: both, or neither; what is refused is told as ever", async () => {
    const id = randomUUID();
    const start = (name: "take" | "travel", input: object) =>
      rig.client.start("trip", { tripId: id }, { workflowId: id, update: { name, input, waitMs: 20_000 } } as never);
    const { updateResult } = await start("take", { seat: 5 });
    assert.deepEqual((updateResult as { result: unknown }).result, {
      state: ["taken"],
      status: "active",
      transition: 2,
    });
    const error = await start("travel", {}).then(
      () => assert.fail("It was taken"),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof EventNotAllowed, String(error));
    await rig.client.terminate(id, { reason: "done" });
  });

  test("typed by its contract, as an update of the run", async () => {
    const id = await rig.start();
    const run = rig.client.run(trip, id);
    const answer = await run.update("take", { seat: 2 });
    assert.deepEqual(answer.state, ["taken"]);
    await assert.rejects(run.update("travel", {}), EventNotAllowed);
    // @ts-expect-error There is no such event.
    await assert.rejects(run.update("fly", {}), { name: "UnknownUpdate" });
    await rig.client.terminate(id, { reason: "done" });
  });

  test("an event whose answer was lost with the worker is taken once, whoever asks again", async () => {
    const id = await rig.start("longTrip");
    rig.rule(id, "hotel", "held");
    const updateId = randomUUID();
    const first = rig.send(id, "book", {}, { updateId });
    await eventually("it is under way", async () => (await rig.client.machineState(id)).moving);
    const second = rig.send(id, "book", {}, { updateId });
    rig.rule(id, "hotel", "works");
    assert.deepEqual(await first, await second);
    assert.deepEqual(rig.ledger(id).toSorted(), ["book flight", "book hotel"]);
    await rig.client.terminate(id, { reason: "done" });
    assert.equal(longTrip.machine?.name, "trip");
  });

  test("a bug in a guard decides nothing: the event is neither taken nor refused, and its run waits for the fix", async () => {
    const id = await rig.start();
    await rig.send(id, "note", { text: "a" });
    await assert.rejects(rig.send(id, "stumble"), { name: "RunNotAnswering" });
    const { state, status } = await rig.client
      .describe(id)
      .then(({ machine, status }) => ({ state: machine?.state, status }));
    assert.deepEqual([status, state], ["running", ["open"]]);
    const events = await rig.history(id);
    assert.ok(events.some(({ workflowTaskFailedEventAttributes: failed }) => failed));
    await rig.client.terminate(id, { reason: "done" });
  });

  test("a run that is over takes none", async () => {
    const id = await rig.start();
    await rig.send(id, "note", { text: "a" });
    await rig.client.terminate(id, { reason: "done" });
    await assert.rejects(rig.send(id, "book"), { name: "RunClosed" });
    await assert.rejects(rig.client.rewind(id, { to: "open", reason: "r" }), { name: "RunClosed" });
    const { state, allowed } = await rig.client.machineState(id);
    assert.deepEqual([state, allowed], [["open"], []]);
  });

  function typeIn(type: string): (error: unknown) => boolean {
    return (error) => {
      assert.ok(!(error instanceof WorkflowUpdateRPCTimeoutOrCancelledError));
      assert.ok(error instanceof WorkflowUpdateFailedError, String(error));
      assert.ok(error.cause instanceof ApplicationFailure);
      assert.equal(error.cause.type, type);
      return true;
    };
  }
});

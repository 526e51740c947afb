import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { createApi, listenApi, type RunningApi } from "tenuto/api";
import { callsTo, type Reply } from "../api/fixtures/http.ts";
import { type CheckedAnswers, checkedAnswers } from "../rig/checked-answers.ts";
import { eventually } from "../rig/eventually.ts";
import { tripRig } from "./fixtures/trip-rig.ts";

/** On a machine that has time; on a busy one, no longer than one after the other. */
const longestMs = 5_000;

describe("events of many at once, over REST", { timeout: 300_000 }, () => {
  const rig = tripRig();
  // Two processes of the API, as far as their queues go: each has its own.
  let servers: readonly RunningApi[] = [];
  let answers: readonly CheckedAnswers[] = [];
  before(async () => {
    servers = await Promise.all(
      [rig, rig].map(({ client, app }) => listenApi(createApi({ client, app }), { host: "127.0.0.1", port: 0 })),
    );
    answers = await Promise.all(servers.map(({ url }) => checkedAnswers(url)));
  });
  after(async () => {
    for (const server of servers) await server.close();
    assert.deepEqual(
      answers.flatMap(({ faults }) => faults),
      [],
    );
  });

  interface Timed extends Reply {
    readonly ms: number;
  }
  const send = async (client: number, id: string, event: string, input: object = {}): Promise<Timed> => {
    const index = client % servers.length;
    const calls = callsTo(servers[index]?.url ?? "", answers[index]?.fetch);
    const began = performance.now();
    const headers = { prefer: "wait=20", "idempotency-key": `client-${client}-${randomUUID()}` };
    const reply = await calls.post(`/v1/runs/${id}/updates/${event}`, { input }, headers);
    return { ...reply, ms: performance.now() - began };
  };
  const updatesIn = async (id: string) =>
    (await rig.history(id)).filter(({ workflowExecutionUpdateAcceptedEventAttributes: update }) => update).length;
  const clients = Array.from({ length: 50 }, (_, index) => index);

  const longestFor = async () => {
    const id = await rig.start();
    const { ms } = await send(0, id, "note", { text: "alone" });
    await rig.client.terminate(id, { reason: "done" });
    return Math.max(longestMs, clients.length * ms);
  };

  test("50 clients want 50 different seats: one gets it, 49 get 409 with what is allowed now, all within 5 s", async () => {
    const longest = await longestFor();
    for (let round = 0; round < 3; round += 1) {
      const id = await rig.start();
      const replies = await Promise.all(clients.map((client) => send(client, id, "take", { seat: client })));
      const won = replies.flatMap(({ status }, client) => (status === 200 ? [client] : []));
      assert.equal(won.length, 1, JSON.stringify(replies.map(({ status, body }) => [status, body["code"]])));
      const lost = replies.filter(({ status }) => status !== 200);
      for (const { status, body } of lost) {
        assert.deepEqual([status, body["code"], body["allowed"]], [409, "EVENT_NOT_ALLOWED", ["book", "giveUp"]]);
      }
      const slowest = Math.max(...replies.map(({ ms }) => ms));
      assert.ok(slowest < longest, `the slowest was answered after ${Math.round(slowest)} ms`);
      const { context, state } = await rig.client.machineState(id);
      assert.deepEqual([state, (context as { notes: number }).notes], [["taken"], won[0]]);
      assert.equal(await updatesIn(id), 1);
      await rig.client.terminate(id, { reason: "done" });
    }
  });

  test("50 clients send what runs steps: one is taken, the others get 409 while it is in transition, the steps run once", async () => {
    const [longest, id] = [await longestFor(), await rig.start()];
    const replies = await Promise.all(clients.map((client) => send(client, id, "book")));
    assert.equal(replies.filter(({ status }) => status === 200).length, 1);
    for (const { status, body } of replies.filter((reply) => reply.status !== 200)) {
      assert.equal(status, 409);
      assert.deepEqual(body["allowed"], body["code"] === "TRANSITION_IN_PROGRESS" ? [] : ["travel"]);
    }
    const slowest = Math.max(...replies.map(({ ms }) => ms));
    assert.ok(slowest < longest, `the slowest was answered after ${Math.round(slowest)} ms`);
    assert.deepEqual(rig.ledger(id).toSorted(), ["book flight", "book hotel"]);
    assert.equal(await updatesIn(id), 1);
    await rig.client.terminate(id, { reason: "done" });
  });

  test("200 events that are all allowed, over several continue-as-new: each is taken once", async () => {
    const id = await rig.start("longTrip");
    const replies: Timed[] = [];
    const work = async (client: number) => {
      for (let event = 0; event < 8; event += 1) replies.push(await send(client, id, "note", { text: `${event}` }));
    };
    await Promise.all(clients.slice(0, 25).map(work));
    assert.deepEqual([...new Set(replies.map(({ status }) => status))], [200]);
    const { context, transitions } = await eventually("its worker tells it", async () => {
      const told = await rig.client.machineState(id);
      return told.context !== undefined && told;
    });
    assert.deepEqual([(context as { notes: number }).notes, transitions.at(-1)?.number], [200, 201]);
    await rig.client.terminate(id, { reason: "done" });
  });
});

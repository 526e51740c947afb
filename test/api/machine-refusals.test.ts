import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { type App, defineApp, defineWorkflow, type WorkflowContract } from "tenuto";
import type { MachineState } from "tenuto/client";
import { z } from "zod";
import { isMachineEvent } from "../../src/api/machine-event.ts";
import { claimCalls } from "./fixtures/claim-calls.ts";
import { claimRig } from "./fixtures/claim-rig.ts";
import { settleClaim } from "./fixtures/claims.contract.ts";
import { parseExposition } from "./fixtures/exposition.ts";
import { problemOf } from "./fixtures/http.ts";

const is = (path: string) => (state: MachineState) => state.state[0] === path && !state.moving;

test("a name is an event's only where every workflow that has it as an update has it as an event", () => {
  const update = { input: z.object({}), output: z.object({}) };
  const schemas = { input: z.object({}), output: z.object({}) };
  const other = defineWorkflow("other", { ...schemas, updates: { review: update, note: update } });
  const app = (...workflows: readonly WorkflowContract[]) => defineApp({ name: "x", workflows, activities: [] });
  const events = (of: App) => ["review", "close", "note", "toString"].map((name) => isMachineEvent(of, name));
  assert.deepEqual(events(app(settleClaim)), [true, true, false, false]);
  assert.deepEqual(events(app(settleClaim, other)), [false, true, false, false]);
});

describe("what a state machine refuses, over REST", { timeout: 300_000 }, () => {
  const claims = claimRig();
  const { vera, send, state, rewind, paying } = claimCalls(claims);

  test("an event that is not taken is a 409 with what is; it leaves no trace in the history", async () => {
    const workflowId = await claims.file();
    const before = await claims.history(workflowId);
    const reply = await send(workflowId, "pay", { cents: 1 });
    assert.deepEqual(problemOf(reply), { status: 409, code: "EVENT_NOT_ALLOWED", isProblem: true });
    assert.deepEqual([reply.body["state"], reply.body["allowed"]], [["filed"], ["review"]]);
    assert.equal(reply.headers.get("retry-after"), null);
    assert.deepEqual(await claims.history(workflowId), before);

    await send(workflowId, "review");
    const guarded = await send(workflowId, "pay", { cents: 5_000 });
    assert.deepEqual([guarded.body["code"], guarded.body["allowed"]], ["EVENT_NOT_ALLOWED", ["pay"]]);
    const misshapen = await send(workflowId, "pay", { cents: -1 });
    assert.deepEqual(problemOf(misshapen), {
      ...{ status: 422, code: "INVALID_INPUT", isProblem: true },
      pointers: ["/input/cents"],
    });
    assert.equal((await vera().post(`/v1/runs/${workflowId}/updates/pay`, { input: { cents: 1 } })).status, 403);
  });

  test("while a step runs nothing else is taken: 409 with what moves, and the event is answered when it counts", async () => {
    const workflowId = await claims.file();
    const letGo = await paying(workflowId);
    const before = await claims.history(workflowId);
    const reply = await send(workflowId, "pay", { cents: 1 });
    assert.deepEqual(problemOf(reply), { status: 409, code: "TRANSITION_IN_PROGRESS", isProblem: true });
    assert.equal(reply.headers.get("retry-after"), "1");
    const { state: was, allowed, moving } = reply.body;
    const { cause, steps } = moving as NonNullable<MachineState["moving"]>;
    assert.deepEqual([was, allowed, steps], [["inReview"], [], ["transfer"]]);
    assert.deepEqual(cause, { kind: "event", event: "pay", by: "olga" });
    assert.equal((await rewind(workflowId, "filed")).body["code"], "TRANSITION_IN_PROGRESS");
    assert.deepEqual(await claims.history(workflowId), before);

    const now = await state(workflowId);
    assert.deepEqual([now["state"], now["allowed"], now["rewindable"]], [["inReview"], [], []]);
    assert.deepEqual(now["moving"], moving);
    letGo();
    await claims.state(workflowId, is("paid"), "paid");
    const closed = await send(workflowId, "close");
    assert.deepEqual(closed.body["result"], { state: ["closed"], status: "done", transition: 4 });
    const over = await send(workflowId, "close");
    assert.deepEqual(problemOf(over), { status: 409, code: "RUN_CLOSED", isProblem: true });
    assert.deepEqual([(await state(workflowId))["runStatus"], (await state(workflowId))["allowed"]], ["completed", []]);
  });

  test("the audit has events that were refused, and rewinds; an event that was taken is only in its run", async () => {
    const workflowId = await claims.file();
    await send(workflowId, "close");
    const letGo = await paying(workflowId);
    await send(workflowId, "pay", { cents: 1, iban: "canary" });
    await rewind(workflowId, "filed");
    letGo();
    await claims.state(workflowId, is("paid"), "paid");
    await rewind(workflowId, "filed");
    await vera().post(`/v1/runs/${workflowId}/updates/review`, {});

    const entries = await claims.as("root").entriesOf(workflowId, 5);
    const told = entries.map(({ action, actor, outcome, code, target: { name, to } }) => [
      ...[action, actor?.name, outcome, code, name ?? to],
    ]);
    assert.deepEqual(told, [
      ["updateRun", "vera", "refused", "FORBIDDEN", "review"],
      ["rewindRun", "olga", "done", undefined, "filed"],
      ["rewindRun", "olga", "refused", "TRANSITION_IN_PROGRESS", "filed"],
      ["updateRun", "olga", "refused", "TRANSITION_IN_PROGRESS", "pay"],
      ["updateRun", "olga", "refused", "EVENT_NOT_ALLOWED", "close"],
    ]);
    assert.doesNotMatch(JSON.stringify(entries), /canary/);
  });

  test("an update that is no event is in the audit before it is done", async () => {
    const workflowId = randomUUID();
    await claims.client.start("awaitNote", {}, { workflowId });
    assert.equal((await send(workflowId, "note")).status, 200);
    const [entry] = await claims.as("root").entriesOf(workflowId, 1);
    assert.deepEqual([entry?.outcome, entry?.target["name"]], ["done", "note"]);
    await claims.client.signal(workflowId, "go", {});
  });

  test("each refusal counts in the metrics, by its code", async () => {
    const counted = async () => {
      const response = await fetch(`${claims.url}/metrics`, { headers: { authorization: "Bearer key-of-vera" } });
      const { samples = [] } = parseExposition(await response.text()).get("tenuto_api_problems_total") ?? {};
      const of = (code: string) => samples.find(({ labels }) => labels["code"] === code)?.value ?? 0;
      return [of("EVENT_NOT_ALLOWED"), of("TRANSITION_IN_PROGRESS"), of("REWIND_NOT_ALLOWED")] as const;
    };
    const [notAllowed, inProgress, noRewind] = await counted();
    const workflowId = await claims.file();
    for (const event of ["pay", "close"]) await send(workflowId, event, { cents: 1 });
    await rewind(workflowId, "paid");
    const letGo = await paying(workflowId);
    await send(workflowId, "close");
    assert.deepEqual(await counted(), [notAllowed + 2, inProgress + 1, noRewind + 1]);
    letGo();
  });
});

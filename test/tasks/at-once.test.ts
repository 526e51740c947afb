// People who answer the same task at the same instant, over HTTP: the history of the run says what came of it.
import assert from "node:assert/strict";
import { describe, test, type TestContext } from "node:test";
import type { Reply } from "../api/fixtures/http.ts";
import { type Caller, taskApi } from "./fixtures/task-api.ts";

describe("answers at the same instant", () => {
  const api = taskApi({ maxCachedWorkflows: 100 });
  const asked = async () => {
    const workflowId = await api.start("ask", {});
    return api.openTask(workflowId);
  };
  const count = (replies: readonly Reply[]) => {
    const counts: Record<string, number> = {};
    for (const { status, body } of replies) {
      const kind = `${status} ${typeof body["code"] === "string" ? body["code"] : ""}`.trim();
      counts[kind] = (counts[kind] ?? 0) + 1;
    }
    return counts;
  };
  const outcomeOf = async (workflowId: string) => {
    const { result } = await api.client.result(workflowId, { waitMs: 20_000 });
    const { events } = await api.rig.client.workflow.getHandle(workflowId).fetchHistory();
    const completed = (events ?? []).flatMap((event) => event.workflowExecutionUpdateCompletedEventAttributes ?? []);
    const successes = completed.filter(({ outcome }) => outcome?.success);
    const ends = (events ?? []).filter((event) => event.workflowExecutionCompletedEventAttributes);
    return { result, successes: successes.length, ends: ends.length };
  };

  test("of two people one is told 200, the other 409 and by whom; the run goes on once", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { workflowId, taskId } = await asked();

      const replies = await Promise.all(
        (["ada", "bob"] as const).map((caller) =>
          api.act(caller, taskId, "complete", { answer: { note: `by ${caller}` } }),
        ),
      );

      assert.deepEqual(count(replies), { "200": 1, "409 TASK_CLOSED": 1 });
      const winner = replies[0]?.status === 200 ? "ada" : "bob";
      const late = replies.find(({ status }) => status === 409)?.body;
      assert.equal((late?.["ended"] as { readonly by: string }).by, winner);
      assert.deepEqual(await outcomeOf(workflowId), { result: [{ note: `by ${winner}` }], successes: 1, ends: 1 });
    }
  });

  test("of 50 answers one wins, and all are answered within five seconds", async (t: TestContext) => {
    const { workflowId, taskId } = await asked();
    const callers: readonly Caller[] = ["ada", "bob", "cy", "both"];

    const began = performance.now();
    const times: number[] = [];
    const replies = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const caller = callers[index % callers.length] ?? "ada";
        const reply = await api.act(caller, taskId, "complete", { answer: { note: `answer ${index}` } });
        times.push(performance.now() - began);
        return reply;
      }),
    );

    t.diagnostic(`the last of 50 was answered after ${Math.round(Math.max(...times))} ms`);
    assert.deepEqual(count(replies), { "200": 1, "409 TASK_CLOSED": 49 });
    assert.ok(Math.max(...times) < 5_000, `${Math.max(...times)} ms`);
    const winner = replies.findIndex(({ status }) => status === 200);
    assert.deepEqual(await outcomeOf(workflowId), {
      result: [{ note: `answer ${winner}` }],
      successes: 1,
      ends: 1,
    });
  });

  test("of 50 claims one wins, and the others are told who has it", async () => {
    const { workflowId, taskId } = await asked();
    const callers: readonly Caller[] = ["ada", "bob", "cy", "both"];

    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, index) => api.act(callers[index % callers.length] ?? "ada", taskId, "claim")),
    );

    const { claimed } = await api.openTask(workflowId);
    const held = replies.filter(({ status }) => status === 409).map(({ body }) => body["by"]);
    assert.deepEqual(new Set(held), new Set([claimed?.by]));
    // Who has it may claim it again.
    const { "200": won = 0, "409 TASK_CLAIMED": lost = 0 } = count(replies);
    assert.equal(won + lost, 50);
    assert.ok(won === 12 || won === 13, `${won} won`);
    const [winner] = callers.filter((caller) => caller === claimed?.by);
    assert.equal((await api.act(winner ?? "ada", taskId, "complete", { answer: { note: "ok" } })).status, 200);
  });

  test("a run whose worker is away is 504, and takes an answer again once one is there", async () => {
    const { taskId } = await asked();
    await api.stopWorker();
    const reply = await api.act("ada", taskId, "complete", { answer: { note: "lost?" } }, { "idempotency-key": "k-1" });
    await api.startWorker();
    const again = await api.act("ada", taskId, "complete", { answer: { note: "lost?" } }, { "idempotency-key": "k-1" });

    assert.equal(reply.status, 504);
    assert.equal(again.status, 200, JSON.stringify(again.body));
  });
});

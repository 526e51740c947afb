import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { HistoryEvent } from "tenuto/client";
import { account, waits } from "./fixtures/app.ts";
import { problemOf, useApi } from "./fixtures/http.ts";
import { uniqueId, useTemporal, withServer } from "./fixtures/temporal.ts";

const type = (name: string) => `/v1/workflow-types/${name}/runs`;
const goBy = (by: string) => ({ name: "go", input: { by } });
const deposit = (cents: number) => ({ name: "deposit", input: { cents } });

suite("a start with a signal", withServer, () => {
  const temporal = useTemporal({ hasWorker: true });
  const api = useApi(() => temporal().client);
  const signalsIn = async (workflowId: string) => {
    const events: readonly HistoryEvent[] = await temporal().client.history(workflowId);
    return events.filter(({ eventType }) => eventType.endsWith("WORKFLOW_EXECUTION_SIGNALED")).length;
  };

  test("begins a run that has the signal: 202, or 200 with the result", async () => {
    const { status, body, headers } = await api().post(type("waits"), { signal: goBy("ada") }, { prefer: "wait=20" });

    assert.deepEqual([status, headers.get("preference-applied")], [200, "wait=20"]);
    assert.deepEqual([body["status"], body["result"], body["existing"]], ["completed", { by: "ada" }, false]);
    const accepted = await api().post(type("waits"), { signal: goBy("ada") });
    assert.equal(accepted.status, 202);
    assert.equal(accepted.headers.get("location"), `/v1/runs/${String(accepted.body["workflowId"])}`);
  });

  test("reaches the run that is there already, and begins no second one", async () => {
    const workflowId = uniqueId();
    const first = await api().post(type("waits"), { workflowId });

    const { status, body } = await api().post(type("waits"), { workflowId, signal: goBy("ada") });

    assert.deepEqual([status, body["runId"], body["existing"]], [202, first.body["runId"], true]);
    const result = await api().get(`/v1/runs/${workflowId}/result?wait=20`);
    assert.deepEqual(result.body["result"], { by: "ada" });
  });

  test("30 posts at once with one key are one run with one signal, and another input is 422", async () => {
    const workflowId = uniqueId();
    const headers = { "idempotency-key": uniqueId() };
    const post = (cents: number, by: string) =>
      api().post(type("account"), { workflowId, input: { cents }, signal: { name: "freeze", input: { by } } }, headers);

    const replies = await Promise.all(Array.from({ length: 30 }, () => post(1, "bank")));

    assert.deepEqual(new Set(replies.map(({ status }) => status)), new Set([202]));
    assert.equal(new Set(replies.map(({ body }) => body["runId"])).size, 1);
    assert.equal(await signalsIn(workflowId), 1);
    const reused = { status: 422, code: "IDEMPOTENCY_KEY_REUSED", isProblem: true };
    assert.deepEqual(problemOf(await post(1, "court")), reused);
    assert.deepEqual(problemOf(await post(2, "bank")), reused);
    assert.deepEqual(
      problemOf(await api().post(type("account"), { workflowId, input: { cents: 1 } }, headers)),
      reused,
    );
  });

  test("a key is known in a run that somebody else began, also after it closed", async () => {
    const workflowId = uniqueId();
    const headers = { "idempotency-key": uniqueId() };
    const { runId } = await temporal().client.start("waits", undefined, { workflowId });
    const post = (by: string) => api().post(type("waits"), { workflowId, signal: goBy(by) }, headers);

    const sent = await Promise.all(Array.from({ length: 10 }, () => post("ada")));
    await api().get(`/v1/runs/${workflowId}/result?wait=20`);
    const again = await post("ada");

    assert.deepEqual(new Set(sent.map(({ body }) => body["runId"])), new Set([runId]));
    assert.deepEqual([again.status, again.body["runId"], again.body["status"]], [202, runId, "completed"]);
    assert.equal(await signalsIn(workflowId), 1);
    assert.equal((await post("eve")).body["code"], "IDEMPOTENCY_KEY_REUSED");
  });

  test("what can't be sent starts nothing", async () => {
    const workflowId = uniqueId();
    const post = async (message: object) => problemOf(await api().post(type("waits"), { workflowId, ...message }));

    assert.deepEqual(await post({ signal: { name: "stop" } }), {
      status: 404,
      code: "UNKNOWN_SIGNAL",
      isProblem: true,
    });
    assert.deepEqual(await post({ signal: goBy("") }), {
      status: 422,
      code: "INVALID_INPUT",
      isProblem: true,
      pointers: ["/signal/input/by"],
    });
    assert.deepEqual(await post({ signal: { input: 1 } }), {
      status: 422,
      code: "INVALID_BODY",
      isProblem: true,
      pointers: ["/signal/name"],
    });
    assert.equal((await api().get(`/v1/runs/${workflowId}`)).status, 404);
  });

  test("to a closed run, the contract's idempotency decides; a run of another type is in the way", async () => {
    const [workflowId, other] = [uniqueId(), uniqueId()];
    await api().post(type("waits"), { workflowId, signal: goBy("ada") }, { prefer: "wait=20" });
    await api().post(type("account"), { workflowId: other, input: {} });
    const taken = { status: 409, code: "RUN_ALREADY_STARTED", isProblem: true };

    assert.deepEqual(problemOf(await api().post(type("waits"), { workflowId, signal: goBy("eve") })), taken);
    assert.deepEqual(problemOf(await api().post(type("waits"), { workflowId: other, signal: goBy("eve") })), taken);
    assert.equal(await signalsIn(other), 0);
  });

  test("the client's signal has the types of the contract", async () => {
    const run = await temporal().client.start(waits, undefined, { signal: { name: "go", input: { by: "ada" } } });

    assert.deepEqual(await run.value(), { by: "ada" });
    // @ts-expect-error The contract has no such signal.
    await assert.rejects(temporal().client.start(waits, undefined, { signal: { name: "stop", input: {} } }));
  });
});

suite("a start with an update", withServer, () => {
  const temporal = useTemporal({ hasWorker: true });
  const api = useApi(() => temporal().client);

  test("begins a run and answers with the update's outcome", async () => {
    const body = { input: { cents: 3 }, update: deposit(4) };

    const done = await api().post(type("account"), body, { prefer: "wait=20" });

    assert.deepEqual([done.status, done.headers.get("preference-applied")], [200, "wait=20"]);
    assert.deepEqual([done.body["status"], done.body["existing"]], ["running", false]);
    const { updateId, ...update } = done.body["update"] as Record<string, unknown>;
    assert.equal(typeof updateId, "string");
    assert.deepEqual(update, {
      name: "deposit",
      runId: done.body["runId"],
      status: "completed",
      result: { cents: 7, parsed: true },
    });
  });

  test("without a wait, 202 says where to ask", async () => {
    const slow = { name: "deposit", input: { cents: 1, afterMs: 1_000 } };

    const { status, headers, body } = await api().post(type("account"), { input: {}, update: slow });

    assert.deepEqual([status, (body["update"] as Record<string, unknown>)["status"]], [202, "running"]);
    const answer = await api().get(`${headers.get("location") ?? ""}&wait=20`);
    assert.deepEqual([answer.status, answer.body["result"]], [200, { cents: 1, parsed: true }]);
  });

  test("30 posts at once with one key are one run with one update, also when repeated after it closed", async () => {
    const workflowId = uniqueId();
    const headers = { "idempotency-key": uniqueId(), prefer: "wait=20" };
    const post = (cents: number) =>
      api().post(type("account"), { workflowId, input: { cents: 1 }, update: deposit(cents) }, headers);

    const replies = await Promise.all(Array.from({ length: 30 }, () => post(4)));

    assert.deepEqual(new Set(replies.map(({ status }) => status)), new Set([200]));
    const results = replies.map(({ body }) => (body["update"] as Record<string, unknown>)["result"]);
    assert.deepEqual(new Set(results.map((result) => JSON.stringify(result))), new Set(['{"cents":5,"parsed":true}']));
    assert.deepEqual(problemOf(await post(5)), { status: 422, code: "IDEMPOTENCY_KEY_REUSED", isProblem: true });
    await temporal().client.update(workflowId, "close", null, { waitMs: 20_000 });
    await temporal().client.result(workflowId, { waitMs: 20_000 });
    const again = await post(4);
    assert.deepEqual([again.status, again.body["status"], again.body["existing"]], [200, "completed", true]);
    assert.deepEqual((again.body["update"] as Record<string, unknown>)["result"], { cents: 5, parsed: true });
  });

  test("reaches the run that is there already; a closed one decides by its contract", async () => {
    const workflowId = uniqueId();
    const { runId } = await temporal().client.start("account", { cents: 5 }, { workflowId });
    const post = () =>
      api().post(type("account"), { workflowId, input: {}, update: deposit(1) }, { prefer: "wait=20" });

    const { status, body } = await post();

    assert.deepEqual([status, body["runId"], body["existing"]], [200, runId, true]);
    assert.deepEqual((body["update"] as Record<string, unknown>)["result"], { cents: 6, parsed: true });
    await temporal().client.update(workflowId, "close", null, { waitMs: 20_000 });
    await temporal().client.result(workflowId, { waitMs: 20_000 });
    assert.deepEqual(problemOf(await post()), { status: 409, code: "RUN_ALREADY_STARTED", isProblem: true });
  });

  test("what can't be sent starts nothing, and an update that fails is told", async () => {
    const workflowId = uniqueId();
    const post = (message: object) =>
      api().post(type("account"), { workflowId, input: {}, ...message }, { prefer: "wait=20" });
    const problem = async (message: object) => problemOf(await post(message));
    const refused = (pointer: string) => ({ status: 422, code: "INVALID_INPUT", isProblem: true, pointers: [pointer] });

    assert.deepEqual(await problem({ update: { name: "nope" } }), {
      status: 404,
      code: "UNKNOWN_UPDATE",
      isProblem: true,
    });
    assert.deepEqual(await problem({ update: deposit(0) }), refused("/update/input/cents"));
    assert.deepEqual(await problem({ update: deposit(1), delay: "1h" }), refused("/update"));
    assert.deepEqual(
      await problem({ update: deposit(1), signal: { name: "freeze", input: { by: "x" } } }),
      refused("/update"),
    );
    assert.equal((await api().get(`/v1/runs/${workflowId}`)).status, 404);
    const poor = await post({ update: { name: "withdraw", input: { cents: 9 } } });
    const { status, error } = poor.body["update"] as { status: string; error: { type: string } };
    assert.deepEqual([poor.status, status, error.type], [200, "failed", "Poor"]);
  });

  test("the client's update has the types of the contract", async () => {
    const { client } = temporal();
    const update = { name: "deposit", input: { cents: 2 }, waitMs: 20_000 } as const;

    const run = await client.start(account, { cents: 1 }, { update });

    assert.deepEqual(run.updateResult?.result, { cents: 3, parsed: true });
    const wrong = { name: "withdraw", input: { cents: "2" } } as const;
    // @ts-expect-error Cents are a number.
    await assert.rejects(client.start(account, { cents: 1 }, { update: wrong }));
  });
});

suite("a start with an update that no worker takes", withServer, () => {
  const temporal = useTemporal({ hasWorker: false });
  const api = useApi(() => temporal().client);

  test("is 504 that names the task queue", async () => {
    const reply = await api().post(type("account"), { input: {}, update: deposit(1) });

    assert.deepEqual(problemOf(reply), { status: 504, code: "NO_WORKER_POLLING", isProblem: true });
    assert.match(String(reply.body["detail"]), /task queue "api-fixture"/);
  });
});

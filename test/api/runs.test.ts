import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { HistoryEvent } from "tenuto/client";
import { problemOf, useApi } from "./fixtures/http.ts";
import { uniqueId, until, useTemporal, withServer } from "./fixtures/temporal.ts";

suite("runs over HTTP", withServer, () => {
  const temporal = useTemporal({ hasWorker: true });
  const api = useApi(() => temporal().client);
  const start = (type: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    api().post(`/v1/workflow-types/${type}/runs`, body, headers);

  test("a start answers 202 with where to look, and the result is there when asked", async () => {
    const workflowId = uniqueId();

    const { status, headers, body } = await start("echo", { workflowId, input: { text: "a", times: 3 } });

    assert.equal(status, 202);
    assert.equal(headers.get("location"), `/v1/runs/${workflowId}`);
    const runId = String(body["runId"]);
    assert.deepEqual(body, {
      workflowId,
      runId,
      type: "echo",
      status: "running",
      existing: false,
      links: {
        self: `/v1/runs/${workflowId}?runId=${runId}`,
        result: `/v1/runs/${workflowId}/result?runId=${runId}`,
        history: `/v1/runs/${workflowId}/history?runId=${runId}`,
        temporalUi: `http://ui.example/namespaces/${temporal().namespace}/workflows/${workflowId}/${runId}/history`,
      },
    });
    const result = await api().get(`/v1/runs/${workflowId}/result?wait=10`);
    assert.equal(result.status, 200);
    assert.deepEqual(result.body, { status: "completed", result: { text: "aaa" } });
  });

  test("Prefer: wait answers 200 with the result, or 202 when it is not there in time", async () => {
    const done = await start("echo", { input: { text: "a" } }, { prefer: "respond-async, wait=10" });
    assert.equal(done.status, 200);
    assert.equal(done.headers.get("preference-applied"), "wait=10");
    assert.deepEqual([done.body["status"], done.body["result"]], ["completed", { text: "a" }]);

    const late = await start("waits", {}, { prefer: "wait=1" });
    assert.equal(late.status, 202);
    assert.equal(late.headers.get("preference-applied"), null);

    const failed = await start("fails", { input: { how: "declared" } }, { prefer: "wait=10" });
    assert.equal(failed.status, 200);
    assert.equal(failed.body["status"], "failed");
  });

  test("a run tells the request that began it, and not one that repeats it", async () => {
    const key = uniqueId();
    const begin = (requestId: string) =>
      start("echo", { input: { text: "a" } }, { "idempotency-key": key, "x-request-id": requestId });
    const { body, headers } = await begin("req-1");
    await begin("req-2");
    const described = await api().get(`/v1/runs/${String(body["workflowId"])}`);
    assert.equal(headers.get("x-request-id"), "req-1");
    assert.equal(described.body["requestId"], "req-1");
  });

  test("100 posts at once with one key are one run", async () => {
    const headers = { "idempotency-key": uniqueId() };

    const replies = await Promise.all(
      Array.from({ length: 100 }, () => start("echo", { input: { text: "a" } }, headers)),
    );

    assert.deepEqual(new Set(replies.map(({ status }) => status)), new Set([202]));
    assert.equal(new Set(replies.map(({ body }) => body["runId"])).size, 1);
  });

  test("a key with another input is 422, and a taken id 409 with the run that has it", async () => {
    const headers = { "idempotency-key": uniqueId() };
    const id = uniqueId();
    const first = await start("once", { input: { id } }, headers);

    const other = await start("once", { input: { id, note: "x" } }, headers);
    assert.deepEqual(problemOf(other), { status: 422, code: "IDEMPOTENCY_KEY_REUSED", isProblem: true });
    const taken = await start("once", { input: { id } });
    assert.deepEqual(problemOf(taken), { status: 409, code: "RUN_ALREADY_STARTED", isProblem: true });
    assert.equal(taken.body["runId"], first.body["runId"]);
  });

  test("a run that failed is a 200", async () => {
    const { body } = await start("fails", { input: { how: "step" } });

    const result = await api().get(`/v1/runs/${idOf(body)}/result?wait=10`);

    assert.equal(result.status, 200);
    assert.deepEqual(result.body, {
      status: "failed",
      error: { type: "CardDeclined", message: "declined", data: { reason: "card" }, step: "decline" },
    });
  });

  test("a running run is a 202 that says when to ask again", async () => {
    const { body } = await start("waits", {});

    const { status, headers, body: result } = await api().get(`/v1/runs/${idOf(body)}/result`);

    assert.deepEqual([status, headers.get("retry-after"), result], [202, "1", { status: "running" }]);
  });

  test("a signal reaches its run; an invalid one is 422 with pointers, an unknown one 404", async () => {
    const { body } = await start("waits", {});
    const signal = (name: string, input: unknown) => api().post(`/v1/runs/${idOf(body)}/signals/${name}`, { input });

    assert.deepEqual(problemOf(await signal("go", { by: "", notes: [{}] })), {
      status: 422,
      code: "INVALID_INPUT",
      isProblem: true,
      pointers: ["/input/by", "/input/notes/0/text"],
    });
    assert.deepEqual(problemOf(await signal("stop", {})), { status: 404, code: "UNKNOWN_SIGNAL", isProblem: true });
    assert.equal((await signal("go", { by: "me" })).status, 202);

    const result = await api().get(`/v1/runs/${idOf(body)}/result?wait=10`);
    assert.deepEqual(result.body, { status: "completed", result: { by: "me" } });
    assert.deepEqual(problemOf(await signal("go", { by: "me" })), { status: 409, code: "RUN_CLOSED", isProblem: true });
  });

  test("a cancellation's reason is in the history, and a closed run is 409", async () => {
    const { body } = await start("waits", {});
    const path = `/v1/runs/${idOf(body)}`;

    assert.equal((await api().post(`${path}/cancel`, { reason: "no longer needed" })).status, 202);

    const { body: result } = await api().get(`${path}/result?wait=10`);
    assert.equal(result["status"], "canceled");
    const { body: history } = await api().get(`${path}/history`);
    const request = (history["events"] as HistoryEvent[]).find(
      ({ eventType }) => eventType === "EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED",
    );
    const attributes = request?.["workflowExecutionCancelRequestedEventAttributes"] as Record<string, unknown>;
    assert.equal(attributes["cause"], "no longer needed");
    const again = await api().post(`${path}/cancel`, { reason: "again" });
    assert.deepEqual(problemOf(again), { status: 409, code: "RUN_CLOSED", isProblem: true });
  });

  test("a delayed run has not begun", async () => {
    const { body } = await start("echo", { input: { text: "a" }, delay: "1h" });

    const { body: result } = await api().get(`/v1/runs/${idOf(body)}/result?wait=1`);

    assert.deepEqual(result, { status: "running" });
  });

  test("a list is filtered and goes on from its cursor to null", async () => {
    for (const text of ["a", "b", "c"]) await start("echo", { input: { text }, delay: "2h" });
    const listed = async (query: string) => (await api().get(`/v1/runs?${query}`)).body;
    await until(async () => ((await listed("type=echo&status=running"))["items"] as unknown[]).length >= 3);

    const seen = new Set<string>();
    let cursor: string | null = "";
    let total = 0;
    while (cursor !== null) {
      const page: Record<string, unknown> = await listed(
        `type=echo&status=running&limit=1${cursor && `&cursor=${cursor}`}`,
      );
      const items = page["items"] as { workflowId: string }[];
      total += items.length;
      for (const { workflowId } of items) seen.add(workflowId);
      cursor = page["nextCursor"] as string | null;
    }

    assert.ok(seen.size >= 3);
    assert.equal(seen.size, total);
    const injected = encodeURIComponent("x' OR ExecutionStatus = 'Running");
    assert.deepEqual(await listed(`type=${injected}`), { items: [], nextCursor: null });
    assert.deepEqual(await listed("startedBefore=2020-01-01T00:00:00%2B02:00"), { items: [], nextCursor: null });
  });

  for (const workflowId of ["a/b", `q"'`, "line\nbreak", "日本 🎵", "a?b#c%2F", "%", " "]) {
    test(`a hostile id works percent-encoded: ${JSON.stringify(workflowId)}`, async () => {
      const { status, headers } = await start("waits", { workflowId });
      assert.equal(status, 202);

      const run = await api().get(headers.get("location") ?? "");
      assert.equal(run.body["workflowId"], workflowId);
      const links = run.body["links"] as Record<string, string>;
      assert.equal((await api().get(links["self"] ?? "")).status, 200);
      assert.equal((await api().get(links["result"] ?? "")).status, 202);
      assert.equal((await api().get(links["history"] ?? "")).status, 200);
    });
  }

  test("the catalogue has the JSON Schema of what callers send", async () => {
    const { body } = await api().get("/v1/workflow-types/echo");

    assert.equal(body["idempotency"], "allow-duplicate");
    assert.deepEqual((body["input"] as Record<string, unknown>)["required"], ["text"]);
    const { body: all } = await api().get("/v1/workflow-types");
    assert.ok((all["items"] as unknown[]).length > 3);
    const unknown = await api().get("/v1/workflow-types/constructor");
    assert.deepEqual(problemOf(unknown), { status: 404, code: "UNKNOWN_WORKFLOW_TYPE", isProblem: true });
  });

  test("it is healthy and ready, and sees the worker", async () => {
    assert.deepEqual((await api().get("/healthz")).body, { status: "ok" });
    const { status, body } = await api().get("/readyz");
    assert.equal(status, 200);
    assert.equal(body["status"], "ok");
    const { temporal: server, workers } = body["checks"] as Record<string, Record<string, unknown>>;
    assert.deepEqual([server, workers?.["ok"], workers?.["taskQueue"]], [{ ok: true }, true, "api-fixture"]);
  });
});

function idOf(body: Readonly<Record<string, unknown>>): string {
  return String(body["workflowId"]);
}

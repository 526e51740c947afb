import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { problemOf, useApi } from "./fixtures/http.ts";
import { uniqueId, useTemporal, withServer } from "./fixtures/temporal.ts";

suite("queries and updates over HTTP", withServer, () => {
  const temporal = useTemporal({ hasWorker: true });
  const api = useApi(() => temporal().client);
  const start = async (input: unknown): Promise<string> => {
    const workflowId = uniqueId();
    await api().post("/v1/workflow-types/account/runs", { workflowId, input });
    return `/v1/runs/${workflowId}`;
  };

  test("a query is 200 with its result", async () => {
    const path = await start({ cents: 250 });

    const { status, body } = await api().post(`${path}/queries/balance`, { input: { in: "euros" } });

    assert.equal(status, 200);
    assert.deepEqual([body["query"], body["result"]], ["balance", 2.5]);
  });

  test("a query that can't be answered is a problem", async () => {
    const path = await start({});
    const query = async (name: string, input: unknown) =>
      problemOf(await api().post(`${path}/queries/${name}`, { input }));

    assert.deepEqual(await query("nope", {}), { status: 404, code: "UNKNOWN_QUERY", isProblem: true });
    assert.deepEqual(await query("balance", { in: "yen" }), {
      status: 422,
      code: "INVALID_INPUT",
      isProblem: true,
      pointers: ["/input/in"],
    });
    assert.deepEqual(await query("broken", null), { status: 422, code: "QUERY_FAILED", isProblem: true });
  });

  test("Prefer: wait answers 200 with the outcome, failed or not", async () => {
    const path = await start({ cents: 3 });
    const prefer = { prefer: "wait=10" };

    const done = await api().post(`${path}/updates/deposit`, { input: { cents: 4 } }, prefer);
    assert.deepEqual([done.status, done.headers.get("preference-applied")], [200, "wait=10"]);
    assert.deepEqual([done.body["status"], done.body["result"]], ["completed", { cents: 7, parsed: true }]);

    const failed = await api().post(`${path}/updates/withdraw`, { input: { cents: 9 } }, prefer);
    assert.deepEqual([failed.status, failed.body["status"]], [200, "failed"]);
    assert.deepEqual(failed.body["error"], {
      type: "Poor",
      message: "it is Poor",
      data: { cents: 7 },
      cause: { type: "Root", message: "deeper" },
    });
  });

  test("without it, or when it takes longer, 202 says where to ask", async () => {
    const path = await start({});

    const late = await api().post(`${path}/updates/deposit`, { input: { afterMs: 2_500 } }, { prefer: "wait=1" });

    assert.deepEqual([late.status, late.headers.get("retry-after"), late.body["status"]], [202, "1", "running"]);
    const location = late.headers.get("location") ?? "";
    assert.equal((await api().get(location)).status, 202);
    const { status, body } = await api().get(`${location}&wait=10`);
    assert.equal(status, 200);
    assert.deepEqual([body["status"], body["result"]], ["completed", { cents: 1, parsed: true }]);
    assert.equal((await api().post(`${path}/updates/deposit`, { input: {} })).status, 202);
  });

  test("20 posts at once with one key are one update", async () => {
    const path = await start({});
    const headers = { "idempotency-key": uniqueId(), prefer: "wait=10" };

    const replies = await Promise.all(
      Array.from({ length: 20 }, () => api().post(`${path}/updates/deposit`, { input: { cents: 4 } }, headers)),
    );

    assert.deepEqual(new Set(replies.map(({ status }) => status)), new Set([200]));
    const { body } = await api().post(`${path}/queries/balance`, { input: {} });
    assert.equal(body["result"], 4);
  });

  test("an update that is refused, unknown, invalid or to a closed run is a problem", async () => {
    const path = await start({});
    const update = async (name: string, input: unknown) =>
      problemOf(await api().post(`${path}/updates/${name}`, { input }));
    await api().post(`${path}/signals/freeze`, { input: { by: "bank" } });

    assert.deepEqual(await update("deposit", {}), { status: 409, code: "UPDATE_REJECTED", isProblem: true });
    assert.deepEqual(await update("nope", {}), { status: 404, code: "UNKNOWN_UPDATE", isProblem: true });
    assert.deepEqual(await update("withdraw", { cents: 0 }), {
      status: 422,
      code: "INVALID_INPUT",
      isProblem: true,
      pointers: ["/input/cents"],
    });
    const missing = problemOf(await api().get(`${path}/updates/deposit/nope`));
    assert.deepEqual(missing, { status: 404, code: "UPDATE_NOT_FOUND", isProblem: true });
    await api().post(`${path}/updates/close`, { input: null }, { prefer: "wait=10" });
    await api().get(`${path}/result?wait=10`);
    assert.deepEqual(await update("deposit", {}), { status: 409, code: "RUN_CLOSED", isProblem: true });
  });

  test("the catalogue has the SLA, the deadline, and the schemas of signals, queries, updates and errors", async () => {
    const { body } = await api().get("/v1/workflow-types/account");

    assert.deepEqual([body["sla"], body["deadline"]], ["1h", "1d"]);

    assert.deepEqual(
      ["signals", "queries", "updates", "errors"].map((part) => Object.keys(body[part] as object)),
      [["freeze"], ["balance", "broken", "unhandled"], ["deposit", "withdraw", "breaks", "close"], ["Frozen", "Poor"]],
    );
    const { Poor } = body["errors"] as Readonly<Record<string, { readonly properties: object }>>;
    assert.deepEqual(Object.keys(Poor?.properties ?? {}), ["cents"]);
  });
});

suite("queries and updates that no worker takes", withServer, () => {
  const temporal = useTemporal({ hasWorker: false });
  const api = useApi(() => temporal().client);

  test("are 504 and name the task queue", async () => {
    const { workflowId } = await temporal().client.start("account", {});
    const path = `/v1/runs/${workflowId}`;

    const replies = await Promise.all([
      api().post(`${path}/queries/balance`, { input: {} }),
      api().post(`${path}/updates/deposit`, { input: {} }, { prefer: "wait=1" }),
    ]);

    for (const reply of replies) {
      assert.deepEqual(problemOf(reply), { status: 504, code: "NO_WORKER_POLLING", isProblem: true });
      assert.match(String(reply.body["detail"]), /task queue "api-fixture"/);
      assert.equal(reply.headers.get("retry-after"), "1");
    }
  });
});

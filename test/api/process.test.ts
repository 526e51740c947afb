import assert from "node:assert/strict";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { suite, test } from "node:test";
import { spawnApi, startApi, timed } from "./fixtures/api-process.ts";
import { callsTo, problemOf } from "./fixtures/http.ts";
import { startProxy } from "./fixtures/temporal-proxy.ts";
import { uniqueId, until, useTemporal, withServer } from "./fixtures/temporal.ts";

const order = (id: string) => ({
  input: { id, customer: "c", card: "ok", address: "x", lines: [{ sku: "tea", quantity: 1, unitCents: 1 }] },
});

suite("the API's process", withServer, () => {
  const temporal = useTemporal({ hasWorker: false });

  test("it answers 503 while Temporal is away, from its start on, and works when Temporal is back", async (t) => {
    const proxy = await startProxy(t);
    await proxy.close();
    const { url } = await startApi(t, { TEMPORAL_ADDRESS: proxy.address, TEMPORAL_NAMESPACE: temporal().namespace });
    const api = callsTo(url);
    const start = () => api.post("/v1/workflow-types/fulfillOrder/runs", order(id), { "idempotency-key": "k" });
    const id = uniqueId();

    const away = await timed(() =>
      Promise.all([start(), api.get("/v1/runs/x"), api.get("/v1/runs"), api.get("/readyz")]),
    );
    await proxy.open();
    const back = await timed(() => until(async () => (await api.get("/readyz")).status === 200));
    const started = await start();
    await proxy.close();
    const awayAgain = await timed(start);
    await proxy.open();
    const repeated = await until(async () => {
      const reply = await start();
      return reply.status === 202 && reply;
    });

    const unavailable = { status: 503, code: "TEMPORAL_UNAVAILABLE", isProblem: true };
    assert.deepEqual(away.value.slice(0, 3).map(problemOf), [unavailable, unavailable, unavailable]);
    assert.deepEqual(new Set(away.value.map(({ headers }) => headers.get("retry-after"))), new Set(["1"]));
    assert.equal(away.value[3]?.status, 503);
    assert.deepEqual(problemOf(awayAgain.value), unavailable);
    for (const { tookMs } of [away, awayAgain, back]) assert.ok(tookMs < 5_000, `${tookMs} ms`);
    assert.equal((await api.get("/healthz")).status, 200);
    assert.deepEqual([started.status, started.body["existing"]], [202, false]);
    assert.deepEqual([repeated.body["runId"], repeated.body["existing"]], [started.body["runId"], true]);
  });

  for (const how of ["SIGTERM", "SIGINT", "disconnect"] as const) {
    test(`${how} ends it: a long poll gets its 202, and then it is gone`, async (t) => {
      const { url, child } = await startApi(t, { TEMPORAL_NAMESPACE: temporal().namespace });
      const api = callsTo(url);
      const { headers } = await api.post("/v1/workflow-types/fulfillOrder/runs", order(uniqueId()));
      const poll = await arrived(`${url}${headers.get("location")}/result?wait=60`);

      const { value, tookMs } = await timed(async () => {
        if (how === "disconnect") child.disconnect();
        else child.kill(how);
        const [code] = (await once(child, "exit")) as [number | null];
        return { code, status: await poll.status };
      });

      assert.deepEqual(value, { code: 0, status: 202 });
      assert.ok(tookMs < 30_000, `${tookMs} ms: the poll did not go on to its end`);
    });
  }
});

test("a busy port ends the process with 1 and names TENUTO_PORT", async (t) => {
  const blocker = createServer().listen(0, "127.0.0.1");
  await once(blocker, "listening");
  t.after(() => blocker.close());
  const { port } = blocker.address() as AddressInfo;
  const { child, output } = spawnApi(t, { TENUTO_PORT: String(port) });

  const [code] = (await once(child, "exit")) as [number | null];

  assert.equal(code, 1);
  assert.match(output(), new RegExp(`^api: .*port ${port} .*TENUTO_PORT`, "m"));
  assert.doesNotMatch(output(), /\n {4}at /);
});

test("a variable that can't be used ends the process with 1 and names it", async (t) => {
  const { child, output } = spawnApi(t, { TENUTO_PORT: "http" });

  const [code] = (await once(child, "exit")) as [number | null];

  assert.equal(code, 1);
  assert.match(output(), /TENUTO_PORT/);
});

test("without credentials it listens on no address that others reach, and says what to set", async (t) => {
  const { child, output } = spawnApi(t, { TENUTO_HOST: "0.0.0.0" });

  const [code] = (await once(child, "exit")) as [number | null];

  assert.equal(code, 1);
  assert.match(output(), /^api: .*TENUTO_HOST=0\.0\.0\.0.*TENUTO_API_KEYS/m);
  assert.doesNotMatch(output(), /\n {4}at /);
});

test("a key that can't be used ends the process with 1 and names it by its number, without its secret", async (t) => {
  const { child, output } = spawnApi(t, { TENUTO_API_KEYS: "ada:admin:canary-1,bob:boss:canary-2" });

  const [code] = (await once(child, "exit")) as [number | null];

  assert.equal(code, 1);
  assert.match(output(), /^api: API key 2 .*viewer, operator, admin/m);
  assert.doesNotMatch(output(), /canary/);
});

test("with keys it listens where others reach it, asks for them, and its log has none of them", async (t) => {
  const canary = "canary-of-the-log";
  const { url, output } = await startApi(t, { TENUTO_HOST: "0.0.0.0", TENUTO_API_KEYS: `ada:viewer:${canary}` });
  const api = callsTo(url.replace("0.0.0.0", "127.0.0.1"));

  const nobody = await api.get("/v1/workflow-types");
  const ada = await api.get("/v1/workflow-types", { authorization: `Bearer ${canary}` });
  const wrong = await api.get("/v1/workflow-types", { "x-api-key": `${canary}-wrong` });
  await until(async () => output().split('"principal"').length > 3);

  assert.deepEqual([nobody.status, ada.status, wrong.status], [401, 200, 401]);
  assert.match(output(), /"principal":"ada"/);
  assert.doesNotMatch(output() + JSON.stringify([nobody.body, wrong.body]), /canary/);
});

/** A GET that the server has begun to handle: Node says "continue" as it hands the request on. */
async function arrived(url: string): Promise<{ readonly status: Promise<number | undefined> }> {
  const call = request(url, { headers: { expect: "100-continue" } });
  const status = once(call, "response").then(([response]: IncomingMessage[]) => {
    response?.resume();
    return response?.statusCode;
  });
  status.catch(() => undefined); // Told when it is asked for.
  const isContinued = once(call, "continue");
  call.end();
  await isContinued;
  return { status };
}

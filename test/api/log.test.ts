import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { createApiLog } from "../../src/bin/api-log.ts";
import { startApi } from "./fixtures/api-process.ts";
import { callsTo } from "./fixtures/http.ts";
import { startProxy } from "./fixtures/temporal-proxy.ts";
import { uniqueId, until, useTemporal, withServer } from "./fixtures/temporal.ts";

const canary = "canary-7f2a";

suite("the log of the API's process", withServer, () => {
  const temporal = useTemporal({ hasWorker: false });

  test("has no key, token, cookie, idempotency key, input or query at any level, whatever becomes of the request", async (t) => {
    const proxy = await startProxy(t);
    const { url, output } = await startApi(t, {
      TEMPORAL_ADDRESS: proxy.address,
      TEMPORAL_NAMESPACE: temporal().namespace,
      TENUTO_API_KEYS: `ada:admin:${canary}-key`,
      TENUTO_SESSION_SECRET: `${canary}-session-secret-that-is-long-enough`,
      TENUTO_LOG_LEVEL: "trace",
    });
    const api = callsTo(url);
    const key = { authorization: `Bearer ${canary}-key` };
    const start = (headers: Readonly<Record<string, string>>, input: object = order()) =>
      api.post("/v1/workflow-types/fulfillOrder/runs", { input }, headers);
    await until(async () => (await api.get("/readyz")).status === 200, 60_000);

    const session = await api.post("/v1/session", { key: `${canary}-key` });
    const cookie = session.headers.get("set-cookie")?.split(";")[0] ?? "";
    const csrf = String(session.body["csrfToken"]);
    const statuses = [
      session,
      await api.get("/v1/session", { cookie, "sec-fetch-site": "same-origin" }),
      await api.get("/v1/runs", { "x-api-key": `${canary}-key` }),
      await api.get("/v1/runs", { authorization: `Bearer ${canary}-wrong`, cookie: `tenuto-session=${canary}-cookie` }),
      await start({ ...key, "idempotency-key": `${canary}-idempotency` }),
      await start({ ...key, "idempotency-key": `${canary}-idempotency` }, { ...order(), customer: 7, card: canary }),
      await api.post("/v1/workflow-types/fulfillOrder/runs", `{"${canary}`, key),
      await api.get(`/v1/runs?unknown=${canary}`, key),
    ].map(({ status }) => status);
    await proxy.close();
    const away = await start({ ...key, "idempotency-key": `${canary}-away` });
    await until(async () => output().includes("request failed"), 60_000);

    assert.deepEqual(statuses, [200, 200, 200, 401, 202, 422, 400, 400]);
    assert.equal(away.status, 503);
    assert.match(output(), /"principal":"ada"/);
    for (const secret of [canary, cookie.split("=")[1] ?? "", csrf]) {
      assert.ok(secret.length > 8, `${secret} is a secret`);
      assert.ok(!output().includes(secret), `${secret} is in the log`);
    }
    for (const line of output().split("\n").filter(Boolean)) assert.doesNotThrow(() => JSON.parse(line), line);
  });
});

test("what something that is logged brings along, a request's headers or an error's metadata, is not written", () => {
  const lines: string[] = [];
  const log = createApiLog("info", { write: (line) => void lines.push(line) });
  const headers = { authorization: canary, cookie: canary, "x-api-key": canary, "idempotency-key": canary, host: "x" };
  const cause = Object.assign(new Error("inner"), { metadata: { token: canary } });
  const error = Object.assign(new Error("outer", { cause }), { code: "X", request: { headers }, metadata: canary });

  log.info({ headers, req: { headers }, call: { request: { headers } } }, "a request");
  log.error({ err: error }, "an error");
  log.error(error, "an error by itself");

  assert.equal(lines.length, 3);
  assert.doesNotMatch(lines.join(""), new RegExp(canary));
  assert.match(lines[0] ?? "", /"host":"x"/);
  for (const line of lines.slice(1)) assert.match(line, /"code":"X","message":"outer".*"message":"inner"/);
});

function order() {
  const lines = [{ sku: "tea", quantity: 1, unitCents: 1 }];
  return { id: uniqueId(), customer: canary, card: canary, address: canary, lines };
}

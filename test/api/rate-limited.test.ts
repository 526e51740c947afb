// A Temporal server of its own that takes one request a second, and an API process in front of it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { suite, test, type TestContext } from "node:test";
import { Connection } from "@temporalio/client";
import { setUpNamespace } from "tenuto/client";
import { freePort } from "../../src/sdk/worker/free-port.ts";
import { startApi } from "./fixtures/api-process.ts";
import { callsTo, problemOf } from "./fixtures/http.ts";
import { until, withServer } from "./fixtures/temporal.ts";

const binary = process.env["TEMPORAL_CLI_PATH"] ?? "";
const namespace = "busy";

suite("a server that is asked more than it takes", withServer, () => {
  test("is 429 RATE_LIMITED with Retry-After, never a 5xx, and over when callers are fewer", async (t) => {
    const address = await startBusyServer(t);
    const { url } = await startApi(t, { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace });
    const api = callsTo(url);

    const replies = await until(async () => {
      const all = await Promise.all(Array.from({ length: 150 }, () => api.get("/v1/runs/none")));
      return all.some(({ status }) => status === 429) && all;
    }, 120_000);
    const after = await until(async () => {
      const reply = await api.get("/v1/runs/none");
      return reply.status !== 429 && reply;
    }, 60_000);

    const refused = replies.filter(({ status }) => status === 429);
    const kinds = new Set([...refused, after].map((reply) => JSON.stringify(problemOf(reply))));
    assert.deepEqual(
      kinds,
      new Set([
        JSON.stringify({ status: 429, code: "RATE_LIMITED", isProblem: true }),
        JSON.stringify({ status: 404, code: "RUN_NOT_FOUND", isProblem: true }),
      ]),
    );
    assert.deepEqual(new Set(refused.map(({ headers }) => headers.get("retry-after"))), new Set(["1"]));
    assert.deepEqual(
      replies.filter(({ status }) => status >= 500),
      [],
    );
  });
});

async function startBusyServer(t: TestContext): Promise<string> {
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const limit = ["frontend.namespaceRPS=1", "frontend.namespaceBurstRatio=1"];
  const options = ["--ip", "127.0.0.1", "--port", String(port), "--headless", "--log-level", "never"];
  const values = limit.flatMap((each) => ["--dynamic-config-value", each]);
  const server = spawn(binary, ["server", "start-dev", ...options, ...values], { stdio: "ignore" });
  const exited = once(server, "exit");
  t.after(async () => {
    server.kill("SIGKILL");
    await exited;
  });
  const connection = await until(
    () => Connection.connect({ address, connectTimeout: "2s" }).catch(() => undefined),
    120_000,
  );
  await setUpNamespace(connection, { namespace, retentionDays: 1 });
  await connection.close();
  return address;
}

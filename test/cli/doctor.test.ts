import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { Connection } from "@temporalio/client";
import { type App, defineApp } from "tenuto";
import { createApi, listenApi, type RunningApi } from "tenuto/api";
import { createClient, type Diagnosis, setUpNamespace, type TenutoClient } from "tenuto/client";
import { eventually } from "../rig/eventually.ts";
import { answer, GrpcProxy, refuse } from "../rig/grpc-proxy.ts";
import { testServer } from "../rig/stack.ts";
import { deliver, parcels } from "./fixtures/parcels.contract.ts";
import { tenuto } from "./fixtures/tenuto-command.ts";

const unimplemented = 12;
const permissionDenied = 7;

/** What the server of a test refuses, by call. */
type Refusals = Readonly<Record<string, number>>;

describe("what a server or its plan lacks", { timeout: 120_000 }, () => {
  const app = defineApp({ name: `doctor-${randomUUID()}`, workflows: [deliver], activities: [parcels] });
  let refused: Refusals = {};
  const proxy = new GrpcProxy(testServer(), async (call) => {
    const status = refused[call.method];
    if (status !== undefined) refuse(call, status, `${call.method} is not for you`);
    else answer(call, await proxy.ask(call));
  });
  let connection: Connection;
  let client: TenutoClient;

  before(async () => {
    // The SDK's own retries would outlive the connection.
    connection = await Connection.connect({ address: await proxy.listen(), interceptors: [] });
    const namespace = app.name;
    await setUpNamespace(connection, { namespace, retentionDays: 30 });
    client = await createClient(app, { connection, namespace });
  });
  after(async () => {
    await client.close();
    await connection.close();
    await proxy.close();
  });

  test("of a server that has everything, only the workers are missing", async (t) => {
    const { findings } = await diagnosed(await apiOf(app, client, t), 1);

    assert.deepEqual(
      findings.filter(({ status }) => status === "failed").map(({ what }) => what),
      [`queue "${app.name}"`, 'queue "tenuto-system"'],
    );
  });

  test("each thing it lacks is said with what does not work and what to do, and makes nothing unready", async (t) => {
    refused = {
      ExecuteMultiOperation: unimplemented,
      UpdateTaskQueueConfig: unimplemented,
      ListSchedules: permissionDenied,
    };
    t.after(() => (refused = {}));
    const { url } = await apiOf(app, client, t);

    const { stdout, code } = await tenuto(["doctor"], { env: { TENUTO_URL: url } });
    assert.equal(code, 1, "workers are missing");
    for (const line of [
      "warning server: update-with-start: not there: a start can't come with an update",
      "warning server: task queue rates: not there: rates of a queue and of fairness keys can't be set",
      "warning server: schedules: not there: schedules do not work",
    ]) {
      assert.ok(stdout.includes(line), `${line} is not in:\n${stdout}`);
    }
    assert.equal(stdout.split("Use a newer server, or a plan that has it.").length - 1, 3, stdout);
    const ready = await eventually("the probe has asked", async () => {
      const response = await fetch(`${url}/readyz`);
      const { checks } = (await response.json()) as { checks: { lacks?: readonly string[] } };
      return checks.lacks && { status: response.status, lacks: [...checks.lacks].sort() };
    });
    assert.deepEqual(ready, { status: 200, lacks: ["schedules", "task queue rates", "update-with-start"] });
  });

  test("what Tenuto can't work without fails it", async (t) => {
    refused = { CountWorkflowExecutions: unimplemented };
    t.after(() => (refused = {}));

    const { findings, status } = await diagnosed(await apiOf(app, client, t), 1);
    const visibility = findings.find(({ what }) => what === "server: visibility");
    assert.deepEqual(
      [status, visibility?.status, visibility?.got],
      ["failed", "failed", "not there: lists, counts, dead letters and the reconciler do not work"],
    );
  });
});

async function apiOf(
  app: App,
  client: TenutoClient,
  t: { after(end: () => Promise<void>): void },
): Promise<RunningApi> {
  const api = await listenApi(createApi({ client, app }), { host: "127.0.0.1", port: 0 });
  t.after(() => api.close());
  return api;
}

async function diagnosed({ url }: RunningApi, wantedCode: number): Promise<Diagnosis> {
  const { stdout, stderr, code } = await tenuto(["doctor", "--json"], { env: { TENUTO_URL: url } });
  assert.equal(code, wantedCode, stderr);
  return JSON.parse(stdout) as Diagnosis;
}

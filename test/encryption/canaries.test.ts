// A thousand texts that nobody may read go through everything that a run can take, say or keep, on a server of this file's
// own. Then its database, with the write-ahead log, and all log lines are searched for them.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { Client, Connection } from "@temporalio/client";
import { DefaultLogger, NativeConnection, Runtime } from "@temporalio/worker";
import { defineApp } from "tenuto";
import { createApi, listenApi, type RunningApi } from "tenuto/api";
import { createClient, createEncryption, setUpNamespace, type TenutoClient } from "tenuto/client";
import { checkHistories, type RecordedHistory } from "tenuto/testing";
import { createWorker } from "tenuto/worker";
import { type EmbeddedServer, startEmbeddedServer } from "../../src/dev/embedded-server.ts";
import { fieldsOf } from "../../src/cli/worker-log.ts";
import { systemTaskQueue } from "../../src/sdk/core/dead-letter.ts";
import { callsTo } from "../api/fixtures/http.ts";
import { eventually } from "../rig/eventually.ts";
import { Canaries, filesWith } from "./fixtures/canaries.ts";
import { aKey } from "./fixtures/keys.ts";
import { rounds, secrets, vault } from "./fixtures/secrets.contract.ts";
import { createVault } from "./fixtures/vault-world.ts";

const workflows = new URL("./fixtures/secrets-workflows.ts", import.meta.url);
const waitMs = 60_000;
const logLines: string[] = [];
Runtime.install({
  logger: new DefaultLogger("DEBUG", (entry) => {
    logLines.push(`${entry.message} ${JSON.stringify(fieldsOf(entry, { isEncrypted: true }))}`);
  }),
});

describe("with encryption", { timeout: 300_000 }, () => {
  const canaries = new Canaries();
  const encryption = createEncryption(aKey("k1"));
  const app = defineApp({ name: `secrets-${randomUUID()}`, workflows: [secrets, rounds], activities: [vault] });
  const world = createVault(canaries);
  let folder: string, server: EmbeddedServer, connection: Connection, native: NativeConnection;
  let client: TenutoClient, raw: Client, api: RunningApi;
  let stopWorker: () => Promise<void>;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "tenuto-canaries-"));
    server = await startEmbeddedServer({
      binary: process.env["TEMPORAL_CLI_PATH"] ?? "",
      dbFile: join(folder, "temporal.db"),
      env: process.env,
      onLine: (line) => logLines.push(line),
    });
    connection = await Connection.connect({ address: server.address });
    native = await NativeConnection.connect({ address: server.address });
    const namespace = `test-${randomUUID()}`;
    await setUpNamespace(connection, { namespace, retentionDays: 1 });
    client = await createClient(app, { connection, namespace, encryption });
    raw = new Client({ connection, namespace, dataConverter: encryption.dataConverter });
    const activities = [world.activities];
    const worker = await createWorker({ app, workflows, activities, connection: native, namespace, encryption });
    const running = worker.run();
    stopWorker = async () => {
      worker.shutdown();
      await running;
    };
    const log = (fields: object, message: string) => void logLines.push(`${message} ${JSON.stringify(fields)}`);
    const logger = { debug: log, info: log, warn: log, error: log };
    api = await listenApi(createApi({ client, app, logger }), { host: "127.0.0.1", port: 0 });
  });
  after(async () => {
    await stopWorker();
    await api.close();
    await native.close();
    await connection.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const begin = async (ends: "well" | "denied" | "broken" | "refused" | "child" | "undone" | "bug", first?: string) => {
    const input = { texts: canaries.some(20, first), ends };
    return client.start(secrets, input, { workflowId: `visible-${ends}-${randomUUID()}` });
  };
  const tell = async (workflowId: string) => {
    const texts = canaries.some(10);
    await client.signal(workflowId, "tell", { texts });
    return texts;
  };
  const parked = (workflowId: string) =>
    eventually(`${workflowId} is parked`, async () => (await client.describe(workflowId)).incidents[0]);

  test("what a run is given and tells arrives as it was", async () => {
    const run = await begin("well");
    const asked = canaries.some(10);
    assert.deepEqual(await run.update("ask", { texts: asked }, { waitMs }), asked);
    await assert.rejects(run.update("ask", { texts: canaries.some(5, "wrong") }, { waitMs }), (error: Error) =>
      error.message.includes(`denied: wrong ${canaries.prefix}`),
    );
    const heard = await tell(run.workflowId);
    assert.deepEqual((await run.value({ waitMs })).heard, heard);
    assert.deepEqual(await run.query("heard", { texts: canaries.some(3) }), heard);
    await assert.rejects(run.query("heard", { texts: canaries.some(3, "wrong") }), (error: Error) => {
      return error.name === "QueryFailed" && error.message.includes(`can't tell wrong ${canaries.prefix}`);
    });
  });

  for (const { ends, type, message } of [
    { ends: "denied", type: "Denied", message: "denied: " },
    { ends: "broken", type: "Error", message: "broken by " },
    { ends: "refused", type: "Refused", message: "refused: refuse" },
    { ends: "child", type: "Refused", message: "refused: refuse" },
  ] as const) {
    test(`a run that ends as "${ends}" tells its error, with message and data`, async () => {
      const { workflowId } = await begin(ends);
      const heard = await tell(workflowId);
      const { error } = await client.result(workflowId, { waitMs });
      assert.equal(error?.type, type);
      assert.ok(error.message.startsWith(message), error.message);
      assert.match(error.message, new RegExp(canaries.prefix));
      const last = heard.at(-1) ?? "";
      if (type !== "Error") assert.ok(JSON.stringify(error.data).includes(last));
    });
  }

  test("an incident tells what failed, without a worker's help, and operators' words arrive", async () => {
    const [again, byHand] = await Promise.all([begin("well", "break"), begin("well", "break")]);
    for (const { workflowId } of [again, byHand]) {
      assert.match((await parked(workflowId)).error.message, new RegExp(`can't take break ${canaries.prefix}`));
    }
    const [reason = ""] = canaries.some(1);
    const texts = canaries.some(10);
    await client.decide(again.workflowId, { action: "retry", input: { texts }, confirmNoEffect: true, reason });
    await client.decide(byHand.workflowId, { action: "complete", output: { kept: texts }, reason });
    for (const { workflowId } of [again, byHand]) await tell(workflowId);
    assert.equal((await client.result(again.workflowId, { waitMs })).status, "completed");
    const { result } = await client.result(byHand.workflowId, { waitMs, workflow: secrets });
    assert.deepEqual(result?.kept, texts);
  });

  test("a dead letter has the error's text, and takes a note", async () => {
    const { workflowId } = await begin("undone");
    await tell(workflowId);
    const [reason = ""] = canaries.some(1);
    await parked(workflowId);
    await client.decide(workflowId, { action: "fail", reason });
    const { error } = await client.result(workflowId, { waitMs });
    assert.equal(error?.type, "SagaPartial");
    const letter = await eventually("it is listed", async () =>
      (await client.deadLetters()).items.find((each) => each.workflowId === workflowId && each.kind === "partial"),
    );
    assert.match(letter.openEffects?.[0]?.error.message ?? "", new RegExp(canaries.prefix));
    assert.equal((await client.discard(letter.id, { reason })).status, "discarded");
  });

  test("what a raw client sends is parsed; what does not fit is refused or dropped", async () => {
    const start = (input: unknown, memo: Record<string, unknown> = {}) =>
      raw.workflow.start("secrets", { taskQueue: app.name, workflowId: randomUUID(), args: [input], memo });
    const [note = ""] = canaries.some(1);
    const run = await start({ texts: canaries.some(10) }, { note });
    await run.signal("tell", { texts: canaries.some(1)[0] });
    await run.signal("untold", { texts: canaries.some(5) });
    await run.signal("tell", { texts: canaries.some(5) });
    await run.result();
    assert.equal((await client.describe(run.workflowId)).droppedSignals.count, 2);
    assert.equal((await run.describe()).memo?.["note"], note);
    const refused = await start({ texts: canaries.some(1)[0] });
    assert.equal((await client.result(refused.workflowId, { waitMs })).error?.type, "InvalidInput");
  });

  test("what a run has not taken is carried over to the run that continues it", async () => {
    const { workflowId } = await client.start(rounds, { left: 3 }, { workflowId: randomUUID() });
    const told = [await tell(workflowId), await tell(workflowId), await tell(workflowId)];
    const { result } = await client.result(workflowId, { waitMs });
    assert.deepEqual(result, told.flat());
  });

  test("a bug fails the task, and the run can be ended", async () => {
    const { workflowId, runId } = await begin("bug");
    await tell(workflowId);
    const failed = await eventually("the task has failed", async () =>
      (await client.history(workflowId)).find(({ eventType }) => eventType === "EVENT_TYPE_WORKFLOW_TASK_FAILED"),
    );
    assert.match(JSON.stringify(failed), new RegExp(`a bug with ${canaries.prefix}`));
    await client.terminate(workflowId, { runId, reason: "a test" });
  });

  test("a tenant's run is found, and steps of many runs at once", async () => {
    const acme = client.forTenant("acme");
    const { workflowId } = await acme.start(secrets, { texts: canaries.some(10) }, { workflowId: "one" });
    await acme.signal(workflowId, "tell", { texts: canaries.some(10) });
    assert.equal((await acme.result(workflowId, { waitMs })).status, "completed");
    const many = await Promise.all(Array.from({ length: 20 }, () => begin("well")));
    for (const { workflowId: id } of many) await tell(id);
    for (const { workflowId: id } of many) assert.equal((await client.result(id, { waitMs })).status, "completed");
  });

  test("over REST it is as it would be without", async () => {
    const calls = callsTo(api.url);
    const texts = canaries.some(20);
    const body = { input: { texts } };
    const path = "/v1/workflow-types/secrets/runs";
    const started = await calls.post(path, body, { "idempotency-key": "once" });
    const again = await calls.post(path, body, { "idempotency-key": "once" });
    assert.deepEqual([started.status, again.body["runId"]], [202, started.body["runId"]]);
    const other = await calls.post(path, { input: { texts: canaries.some(1) } }, { "idempotency-key": "once" });
    assert.equal(other.body["code"], "IDEMPOTENCY_KEY_REUSED");
    const run = `/v1/runs/${String(started.body["workflowId"])}`;
    const asked = { input: { texts: canaries.some(5) } };
    const update = () => calls.post(`${run}/updates/ask`, asked, { "idempotency-key": "ask", prefer: "wait=30" });
    assert.deepEqual((await update()).body["result"], asked.input.texts);
    assert.deepEqual((await update()).body["result"], asked.input.texts);
    assert.equal((await calls.post(`${run}/signals/tell`, { input: { texts: canaries.some(5) } })).status, 202);
    assert.equal((await calls.get(`${run}/result?wait=30`)).body["status"], "completed");
    const { body: history } = await calls.get(`${run}/history`);
    assert.ok(texts.every((text) => JSON.stringify(history).includes(text)));
  });

  test("every recorded run replays", async () => {
    const { namespace } = raw.options;
    const recorded: RecordedHistory[] = [];
    const closed = `TaskQueue != '${systemTaskQueue}' AND ExecutionStatus != 'Running' AND ExecutionStatus != 'Terminated'`;
    for await (const { workflowId, history } of raw.workflow.list({ query: closed }).intoHistories())
      recorded.push({ namespace, workflowId, history: history as RecordedHistory["history"] });
    assert.ok(recorded.length > 30, `only ${recorded.length} runs are listed`);
    assert.equal(await checkHistories({ workflows, encryption }, recorded), recorded.length);
  });

  test("a thousand canaries are in no file of the server and in no log line", async () => {
    assert.ok(canaries.count >= 1_000, `only ${canaries.count} canaries`);
    // What is looked for would be found: ids are in clear, and so is what a client without keys sends.
    const plain = new Client({ connection, namespace: raw.options.namespace });
    const seen = `plain${canaries.prefix.slice(6)}`;
    await plain.workflow.start("secrets", { taskQueue: "nobody", workflowId: randomUUID(), args: [{ texts: [seen] }] });
    await stopWorker();
    const search = async () => ({
      canaries: await filesWith(folder, canaries.prefix),
      plain: (await filesWith(folder, seen)).length > 0,
      ids: (await filesWith(folder, "visible-denied")).length > 0,
    });

    const whileRunning = await search();
    await server.stop();
    const atRest = await search();

    const expected = { canaries: [], plain: true, ids: true };
    assert.deepEqual([whileRunning, atRest], [expected, expected]);
    assert.deepEqual(
      logLines.filter((line) => line.includes(canaries.prefix)),
      [],
    );
    assert.ok(
      logLines.some((line) => line.includes("VaultBroken")) && logLines.some((line) => line.startsWith("request")),
    );
  });
});

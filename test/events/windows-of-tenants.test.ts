import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { Connection } from "@temporalio/client";
import { NativeConnection } from "@temporalio/worker";
import { createClient, createEncryption, setUpNamespace, type TenutoClient } from "tenuto/client";
import { deliver } from "tenuto/events";
import { createWorker } from "tenuto/worker";
import { eventually } from "../rig/eventually.ts";
import { testServer } from "../rig/stack.ts";
import { editsApp, editSource } from "./fixtures/edits-app.ts";
import { buildingActivities } from "./fixtures/edits-worker.ts";
import "../rig/worker-log.ts";

describe("windows of tenants, with encryption", { timeout: 120_000 }, () => {
  const app = editsApp(`windows-tenants-${randomUUID()}`);
  const namespace = `test-${randomUUID()}`;
  const source = editSource();
  const encryption = createEncryption(`k1:${randomBytes(32).toString("base64")}`);
  let connection: Connection, client: TenutoClient;
  let stop: () => Promise<void>;
  before(async () => {
    const address = testServer();
    connection = await Connection.connect({ address });
    await setUpNamespace(connection, { namespace, retentionDays: 1 });
    const native = await NativeConnection.connect({ address });
    const worker = await createWorker({
      app,
      workflows: new URL("./fixtures/edits-workflows.ts", import.meta.url),
      activities: [buildingActivities()],
      connection: native,
      namespace,
      encryption,
      reconcileEvery: "never",
    });
    const running = worker.run();
    stop = async () => {
      worker.shutdown();
      await running;
      await native.close();
      await connection.close();
    };
    client = await createClient(app, { connection, namespace, encryption });
  });

  after(() => stop());

  const send = async (own: TenutoClient, type: string, n: number) => {
    const delivery = await deliver(own, source, {
      id: `e-${n}`,
      type,
      data: { of: "secret-key", n, pad: "secret-pad" },
    });
    return (delivery as { workflowId: string }).workflowId;
  };

  test("the same key of two tenants is two windows; each starts runs of its own tenant", async () => {
    const [acme, globex] = [client.forTenant("acme"), client.forTenant("globex")];
    const window = await send(acme, "edit.batch", 1);
    assert.equal(await send(globex, "edit.batch", 1), window);
    await send(acme, "edit.batch", 2);
    for (const [own, events] of [
      [acme, 2],
      [globex, 1],
    ] as const) {
      const { lastRun, counts } = await eventually("its run is started", async () => {
        const record = await own.eventWindow(window);
        return record.lastRun && record;
      });
      assert.equal(counts.events, events);
      const { status, result } = await own.result(lastRun?.workflowId ?? "", { waitMs: 20_000 });
      assert.deepEqual([status, (result as unknown[]).length], ["completed", events]);
    }
  });

  test("a tenant's singleton follows its run and goes on", async () => {
    const acme = client.forTenant("acme");
    const window = await send(acme, "edit.one", 1);
    const runUnderWay = (other: string) =>
      eventually("a run is under way", async () => {
        const { run } = await acme.eventWindow(window);
        return run && run.runId !== other && run;
      });
    const first = await runUnderWay("");
    await send(acme, "edit.one", 2);
    await acme.signal(first.workflowId, "go", { on: "end" });
    const second = await runUnderWay(first.runId);
    await acme.signal(second.workflowId, "go", { on: "end" });
    assert.deepEqual((await acme.result(second.workflowId, { waitMs: 20_000 })).result, [2]);
  });

  test("a tenant sees its own windows, and who has none those of all", async () => {
    const [acme, globex] = [client.forTenant("acme"), client.forTenant("globex")];
    const idsOf = async (own: TenutoClient) => (await own.eventWindows({ source: "edits" })).items.map(({ id }) => id);
    const [ofAcme, ofGlobex, all] = await eventually("all are listed", async () => {
      const found = await Promise.all([acme, globex, client].map(idsOf));
      return found[2]?.length === 3 && found;
    });
    assert.deepEqual([ofAcme?.length, ofGlobex?.length], [2, 1]);
    assert.ok(ofAcme?.includes(ofGlobex?.[0] ?? "none"));
    assert.deepEqual(
      all?.toSorted(),
      [...(ofAcme ?? []).map((id) => `acme:${id}`), `globex:${ofGlobex?.[0]}`].toSorted(),
    );
    const { key, source: name } = await client.eventWindow(`globex:${ofGlobex?.[0]}`);
    assert.deepEqual([key, name], ["secret-key", "edits"]);
  });

  test("neither the server's histories nor its memos have a word of the events", async () => {
    const { executions } = await connection.workflowService.listWorkflowExecutions({ namespace, query: "" });
    const windows = executions.filter(({ type }) => type?.name === "tenutoEventWindow");
    assert.equal(windows.length, 3);
    for (const { execution, memo } of executions) {
      const { history } = await connection.workflowService.getWorkflowExecutionHistory({
        namespace,
        execution: execution ?? null,
      });
      const told = Buffer.from(
        JSON.stringify([memo, history], (_, value: unknown) =>
          value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value,
        ),
      ).toString("latin1");
      assert.ok(!told.includes("secret-"), execution?.workflowId ?? "");
    }
  });
});

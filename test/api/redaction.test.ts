import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { Connection } from "@temporalio/client";
import { ApplicationFailure } from "@temporalio/common";
import { defineApp } from "tenuto";
import { implementActivities } from "tenuto/activity";
import { createApi, listenApi, type RunningApi } from "tenuto/api";
import { createClient, type TenutoClient } from "tenuto/client";
import { fieldsOf } from "../../src/cli/worker-log.ts";
import { eventually } from "../rig/eventually.ts";
import { watchWorkerLog } from "../rig/worker-log.ts";
import { testServer } from "../rig/stack.ts";
import { workerRig } from "../workflow/fixtures/worker-rig.ts";
import { callsTo } from "./fixtures/http.ts";
import { gateway, pays } from "./fixtures/redaction.contract.ts";

const workflows = new URL("./fixtures/redaction-workflows.ts", import.meta.url);

describe("what a contract redacts is seen nowhere", () => {
  const rig = workerRig(workflows);
  const taskQueue = `redaction-${randomUUID()}`;
  const app = defineApp({ name: taskQueue, workflows: [pays], activities: [gateway] });
  const canary = `canary-${randomUUID()}`;
  const card = { number: canary, holder: "Ada" };
  /** What anybody was told or could read. */
  const seen: string[] = [];
  let client: TenutoClient, connection: Connection, api: RunningApi, stopWatching: () => void;

  before(async () => {
    stopWatching = watchWorkerLog((entry) => seen.push(`${entry.message} ${JSON.stringify(fieldsOf(entry))}`));
    await rig.startWorker({ app, activities: [implementation] });
    connection = await Connection.connect({ address: testServer() });
    client = await createClient(app, { connection, namespace: rig.namespace });
    const write = (fields: object, message: string) => void seen.push(`${message} ${shown(fields)}`);
    const logger = { debug: write, info: write, warn: write, error: write };
    api = await listenApi(createApi({ client, app, logger }), { host: "127.0.0.1", port: 0 });
  });
  after(async () => {
    stopWatching();
    await api.close();
    await connection.close();
  });

  const post = async (path: string, body: object) => {
    const { body: answer, ...reply } = await callsTo(api.url).post(path, body, { prefer: "wait=0" });
    seen.push(JSON.stringify(answer));
    return { ...reply, body: answer };
  };
  const start = async (how: string, input: object = { how, card }): Promise<string> => {
    const { body, status } = await post("/v1/workflow-types/pays/runs", { input });
    assert.equal(status, 202, JSON.stringify(body));
    return String(body["workflowId"]);
  };
  const startUnparsed = (input: unknown) =>
    rig.client.workflow.start("pays", { taskQueue, workflowId: randomUUID(), args: [input] });
  /** All that the API shows of a run; what was kept out of it is `[redacted]`. */
  const look = async (workflowId: string): Promise<string> => {
    const calls = callsTo(api.url);
    const pages = await Promise.all(
      ["", "/history", "/result"].map((page) => calls.get(`/v1/runs/${workflowId}${page}`)),
    );
    const text = JSON.stringify(pages.map(({ body }) => body));
    seen.push(text);
    return text;
  };
  const ended = async (workflowId: string) => {
    await eventually("the run ends", async () => (await client.describe(workflowId)).status !== "running");
    const events = await (await fetch(`${api.url}/v1/runs/${workflowId}/events`)).text();
    assert.match(events, /^event:end$/m);
    seen.push(events);
  };
  const assertUnseen = () => {
    assert.deepEqual(
      seen.filter((text) => text.includes(canary)),
      [],
    );
  };

  test("of a run that completes: not in its history, nor in its result", async () => {
    const workflowId = await start("works");
    await post(`/v1/runs/${workflowId}/signals/useCard`, { input: { card } });
    await ended(workflowId);
    assert.match(await look(workflowId), /"result":\{"how":"works","token":"\[redacted\]"\}/);
    assert.equal((await client.result(workflowId, { workflow: pays })).result?.token, canary);
    assertUnseen();
  });

  test("of a step that is retried: not in its last failure, though its author quotes it", async () => {
    const workflowId = await start("fails");
    await eventually("it waits for its retry", async () => {
      const [step] = (await client.describe(workflowId)).pendingSteps;
      return step?.nextRetryAt !== undefined;
    });
    assert.match(await look(workflowId), /"lastFailure":\{"type":"Refused","message":"No to \[redacted\]"\}/);
    await client.cancel(workflowId, { reason: "the test is over" });
    await ended(workflowId);
    await look(workflowId);
    assertUnseen();
  });

  for (const how of ["own failure", "declined", "workflow throws"]) {
    test(`of a run that fails (${how}): not in its error`, async () => {
      const workflowId = await start(how);
      await ended(workflowId);
      assert.match(await look(workflowId), /"status":"failed","error"/);
      assertUnseen();
    });
  }

  test("of bad input: not in the refusal, by REST and by the run that nobody parsed before", async () => {
    const bad = { how: "works", card: { number: canary.repeat(3), [canary]: 1 } };
    const { status, body } = await post("/v1/workflow-types/pays/runs", { input: bad });
    assert.equal(status, 422);
    assert.match(JSON.stringify(body), /"pointer":"\/input\/card"/);
    const run = await startUnparsed(bad);
    await ended(run.workflowId);
    await look(run.workflowId);
    assertUnseen();
  });

  test("of a bad signal: not among the dropped ones", async () => {
    const run = await startUnparsed({ how: "works", card });
    await run.signal("useCard", { card: { ...card, number: canary.repeat(3) } });
    await eventually("it is dropped", async () => (await client.describe(run.workflowId)).droppedSignals.count === 1);
    await look(run.workflowId);
    await run.signal("useCard", { card });
    await ended(run.workflowId);
    await look(run.workflowId);
    assertUnseen();
  });

  test("of an update: not in its answer, nor in its error", async () => {
    const workflowId = await start("works");
    const update = (input: object) =>
      callsTo(api.url).post(`/v1/runs/${workflowId}/updates/check`, { input }, { prefer: "wait=30" });
    const answered = await update({ card });
    assert.deepEqual(answered.body["result"], { card: "[redacted]" });
    const failed = await update({ card: { ...card, holder: "nobody" } });
    assert.deepEqual(failed.body["error"], { type: "Error", message: "[redacted] can't be checked" });
    await post(`/v1/runs/${workflowId}/signals/useCard`, { input: { card } });
    await ended(workflowId);
    await look(workflowId);
    assertUnseen();
  });

  test("the workers' log was read", () => {
    assert.ok(seen.some((text) => text.includes("Activity failed") && text.includes("[redacted]")));
  });
});

const implementation = implementActivities(gateway, {
  async charge({ how, card }) {
    if (how === "fails") throw named("Refused", `No to ${card.number}`, new Error(`Bad: ${JSON.stringify(card)}`));
    if (how === "own failure") {
      const cause = new Error(card.number);
      throw ApplicationFailure.create({
        message: `Never ${card.number}`,
        nonRetryable: true,
        details: [{ card }],
        cause,
      });
    }
    if (how === "declined")
      throw gateway.errors.Declined({ reason: "poor", card }, { message: `No to ${card.number}` });
    return { ok: true };
  },
});

function named(name: string, message: string, cause: Error): Error {
  return Object.assign(new Error(message, { cause }), { name });
}

/** With everything that a logger may write of an error. */
function shown(value: unknown): string {
  if (!(value instanceof Error)) return JSON.stringify(value) ?? "";
  return `${value.name}: ${value.message} ${value.stack} ${shown(value.cause)}`;
}

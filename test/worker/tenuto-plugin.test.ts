import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Client, Connection, type WorkflowHandle } from "@temporalio/client";
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker, type WorkerOptions } from "@temporalio/worker";
import { defineApp, defineWorkflow } from "tenuto";
import { createClient } from "tenuto/client";
import { tenutoPlugin } from "tenuto/worker";
import { z } from "zod";
import { setUpNamespace } from "../../src/sdk/client/set-up-namespace.ts";
import { eventually } from "../rig/eventually.ts";
import { testServer } from "../rig/stack.ts";
import { implementations } from "./fixtures/adopted-activities.ts";
import { greetings, greets } from "./fixtures/adopted.contract.ts";

const logger = new DefaultLogger("ERROR");
const adopted = fixture("adopted-workflows");
const rawActivities = { shout: async (text: string) => text.toUpperCase() };

describe("a worker of Temporal's own with Tenuto's plugin", () => {
  const namespace = `test-${randomUUID()}`;
  const app = defineApp({ name: `adopted-${randomUUID()}`, workflows: [greets], activities: [greetings] });
  const plugin = tenutoPlugin({ app, activities: implementations });
  let connection: Connection, client: Client, native: NativeConnection;
  let stopWorker: () => Promise<void>;

  before(async () => {
    connection = await Connection.connect({ address: testServer() });
    // The plugin adds what its runs are marked by.
    await setUpNamespace(connection, { namespace, retentionDays: 1, searchAttributes: {} });
    client = new Client({ connection, namespace });
    native = await NativeConnection.connect({ address: testServer() });
    stopWorker = await startWorker({ taskQueue: app.name, workflowsPath: adopted, plugins: [plugin] });
  });
  after(async () => {
    await stopWorker();
    await native.close();
    try {
      await replayAll();
    } finally {
      await connection.close();
    }
  });

  test("runs what has a contract as Tenuto's worker does", async () => {
    const tenuto = await createClient(app, { connection, namespace });
    const { workflowId, runId } = await tenuto.start(greets, { name: "Ada" });
    const { status, result } = await tenuto.result(workflowId, { runId, waitMs: 60_000 });
    assert.deepEqual([status, result], ["completed", "Ada 32"]);
  });

  test("refuses a start that its contract does not take, from the raw client", async () => {
    const run = await start("greets", { name: "" });
    await assert.rejects(run.result(), ({ cause }: Error) => {
      assert.equal((cause as { readonly type?: unknown }).type, "InvalidInput");
      return true;
    });
  });

  test("leaves a raw run its events and headers, and zod in its code", async () => {
    const beside = await historyOf(await start("rawShouts", { name: "Ada" }));
    const alone = await withRawWorker(async (taskQueue) =>
      historyOf(await start("rawShouts", { name: "Ada" }, taskQueue)),
    );
    assert.deepEqual(beside, alone);
    assert.equal(beside.at(-1)?.result, "ADA on");
  });

  test("leaves a raw run that throws an Error in its failed workflow task", async () => {
    const beside = await taskFailureOf(await start("rawThrows", {}));
    const alone = await withRawWorker(async (taskQueue) => taskFailureOf(await start("rawThrows", {}, taskQueue)));
    assert.deepEqual(beside, alone);
    assert.equal(beside.message, "not yet");
  });

  for (const { title, options, remedy } of [
    {
      title: "another task queue than the app's",
      options: { taskQueue: "elsewhere", workflowsPath: adopted },
      remedy: /write `taskQueue: "adopted-/,
    },
    {
      title: "a raw activity with a contract's name",
      options: { workflowsPath: adopted, activities: { "greetings.greet": async () => "" } },
      remedy: /Rename it.*"greetings\.greet"/,
    },
  ] satisfies { title: string; options: Partial<WorkerOptions>; remedy: RegExp }[]) {
    test(`refuses ${title}, and says what to write`, async () => {
      await assert.rejects(create({ taskQueue: app.name, plugins: [plugin], ...options }), refusalThatSays(remedy));
    });
  }

  test("refuses a workflows file without a contract's function, naming both", async () => {
    const other = defineWorkflow("other", { input: z.string(), output: z.string() });
    const wider = defineApp({ ...app, name: "wider", workflows: [greets, other] });
    const plugins = [tenutoPlugin({ app: wider, activities: implementations })];
    const says = /adopted-workflows\.ts.*Export an async function "other"/;
    await assert.rejects(create({ taskQueue: "wider", workflowsPath: adopted, plugins }), refusalThatSays(says));
  });

  test("refuses a bundle that was made without it, and takes one that was made with it", async () => {
    const without = await bundleWorkflowCode({ workflowsPath: fixture("raw-workflows"), logger });
    const options = { taskQueue: app.name, plugins: [plugin] };
    await assert.rejects(
      create({ ...options, workflowBundle: without }),
      refusalThatSays(/bundleWorkflowCode as well/),
    );
    const bundle = await bundleWorkflowCode({ workflowsPath: adopted, plugins: [plugin], logger });
    const name = `bundled-${randomUUID()}`;
    const plugins = [tenutoPlugin({ app: { ...app, name }, activities: implementations })];
    const stop = await startWorker({ taskQueue: name, workflowBundle: bundle, plugins });
    try {
      assert.equal(await (await start("greets", { name: "Bob" }, name)).result(), "Bob 32");
    } finally {
      await stop();
    }
  });

  test("ends with its process, by the signal that Temporal's runtime listens to", async (t) => {
    const taskQueue = `process-${randomUUID()}`;
    const worker = spawn(process.execPath, [...process.execArgv, fixture("adopted-worker"), taskQueue], {
      env: { ...process.env, TEMPORAL_ADDRESS: testServer(), TEMPORAL_NAMESPACE: namespace },
      stdio: ["ignore", "ignore", "pipe"],
    });
    t.after(() => worker.kill("SIGKILL"));
    let complaints = "";
    worker.stderr.on("data", (chunk: Buffer) => (complaints += String(chunk)));
    const exited = once(worker, "exit");
    assert.equal(await (await start("greets", { name: "Eve" }, taskQueue)).result(), "Eve 32");
    worker.kill("SIGTERM");
    assert.deepEqual(await exited, [0, null], complaints);
  });

  function create(options: WorkerOptions): Promise<Worker> {
    return Worker.create({ activities: rawActivities, connection: native, namespace, ...options });
  }

  async function startWorker(options: WorkerOptions): Promise<() => Promise<void>> {
    const worker = await create(options);
    const running = worker.run();
    return async () => {
      worker.shutdown();
      await running;
    };
  }

  async function withRawWorker<T>(run: (taskQueue: string) => Promise<T>): Promise<T> {
    const taskQueue = `raw-${randomUUID()}`;
    const stop = await startWorker({ taskQueue, workflowsPath: fixture("raw-workflows") });
    try {
      return await run(taskQueue);
    } finally {
      await stop();
    }
  }

  function start(type: string, input: unknown, taskQueue = app.name): Promise<WorkflowHandle> {
    return client.workflow.start(type, { taskQueue, workflowId: randomUUID(), args: [input] });
  }

  async function historyOf(run: WorkflowHandle) {
    await eventually("it waits for its signal", async () => {
      const events = (await run.fetchHistory()).events ?? [];
      const hasSlept = events.some(({ timerFiredEventAttributes: fired }) => fired);
      return hasSlept && Boolean(events.at(-1)?.workflowTaskCompletedEventAttributes);
    });
    await run.signal("goOn", "on");
    const result: unknown = await run.result();
    const { events } = await run.fetchHistory();
    return (
      events?.map(({ eventType, activityTaskScheduledEventAttributes: scheduled }, index) => ({
        eventType,
        headers: Object.keys(scheduled?.header?.fields ?? {}),
        result: index === events.length - 1 ? result : undefined,
      })) ?? []
    );
  }

  async function taskFailureOf(run: WorkflowHandle) {
    const failed = async () => {
      const { events } = await run.fetchHistory();
      return events?.find(({ workflowTaskFailedEventAttributes: failure }) => failure);
    };
    await eventually("its workflow task fails", async () => (await failed()) !== undefined);
    const { status } = await run.describe();
    const { eventId, workflowTaskFailedEventAttributes: failure } = (await failed()) ?? {};
    await run.terminate();
    return { status: status.name, eventId: Number(eventId), cause: failure?.cause, message: failure?.failure?.message };
  }

  async function replayAll(): Promise<void> {
    const workflowBundle = await bundleWorkflowCode({ workflowsPath: adopted, plugins: [plugin], logger });
    const histories = client.workflow
      .list({ query: "ExecutionStatus = 'Completed' AND TaskQueue != 'tenuto-system'" })
      .intoHistories();
    let replayed = 0;
    for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, histories)) {
      if (error) throw new Error(`Run "${workflowId}" does not replay`, { cause: error });
      replayed += 1;
    }
    assert.ok(replayed >= 4, `only ${replayed} runs were replayed`);
  }
});

function refusalThatSays(remedy: RegExp) {
  return ({ name, message }: Error) => {
    assert.equal(name, "InvalidDefinition");
    assert.match(message, remedy);
    return true;
  };
}

function fixture(name: string): string {
  return fileURLToPath(new URL(`./fixtures/${name}.ts`, import.meta.url));
}

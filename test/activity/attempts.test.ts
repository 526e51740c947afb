import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { after, before, describe, test } from "node:test";
import { CompleteAsyncError } from "@temporalio/activity";
import { Client, Connection, type WorkflowHandle } from "@temporalio/client";
import { ActivityFailure, ApplicationFailure, TimeoutFailure } from "@temporalio/common";
import { NativeConnection } from "@temporalio/worker";
import { defineApp } from "tenuto";
import { type ActivitiesImplementation, type ActivityContext, implementActivities } from "tenuto/activity";
import { bundleWorkflows, createWorker, type WorkflowBundle } from "tenuto/worker";
import { setUpNamespace } from "../../src/sdk/client/set-up-namespace.ts";
import { eventually } from "../rig/eventually.ts";
import { failureOfRun } from "../rig/orders.ts";
import { replayAll } from "../rig/replay.ts";
import { testServer } from "../rig/stack.ts";
import { attempting, attempts } from "./fixtures/attempts.contract.ts";

const workflows = new URL("./fixtures/workflows.ts", import.meta.url);

describe("attempts of a step, on a real server", () => {
  const namespace = `test-${randomUUID()}`;
  const taskQueue = `attempts-${randomUUID()}`;
  /** When each attempt began, by run. */
  const begun = new Map<string, number[]>();
  /** Why the author's wait on a socket ended, by run. */
  const stopped = new Map<string, string[]>();
  const silent = createServer();
  let bundle: WorkflowBundle, client: Client, connection: Connection, native: NativeConnection;
  let stopWorker: () => Promise<void>;

  const startWorker = async (queue: string) => {
    const app = defineApp({ name: queue, workflows: [attempting], activities: [attempts] });
    const activities = [implementation({ begun, stopped })];
    const options = { app, workflows: bundle, activities, connection: native, namespace };
    const worker = await createWorker({ ...options, shutdownGrace: "100ms", maxCachedWorkflows: 0 });
    const running = worker.run();
    return async () => {
      worker.shutdown();
      await running;
    };
  };
  before(async () => {
    connection = await Connection.connect({ address: testServer() });
    await setUpNamespace(connection, { namespace, retentionDays: 1, searchAttributes: { TenutoMarks: "KeywordList" } });
    client = new Client({ connection, namespace });
    native = await NativeConnection.connect({ address: testServer() });
    bundle = await bundleWorkflows(workflows);
    stopWorker = await startWorker(taskQueue);
    await once(silent.listen(0, "127.0.0.1"), "listening");
  });
  after(async () => {
    await stopWorker();
    await native.close();
    silent.close();
    try {
      await replayAll(client, workflows);
    } finally {
      await connection.close();
    }
  });

  const start = (activity: keyof typeof attempts.definitions, url = urlOf(silent), queue = taskQueue) => {
    const workflowId = randomUUID();
    return client.workflow.start("attempting", { taskQueue: queue, workflowId, args: [{ activity, url }] });
  };
  const causeOf = async (run: WorkflowHandle) => {
    const failure = await failureOfRun(run);
    assert.ok(failure instanceof ActivityFailure);
    return failure.cause;
  };
  const waitsOf = ({ workflowId }: WorkflowHandle) => {
    const times = begun.get(workflowId) ?? [];
    return times.slice(1).map((time, index) => time - (times[index] ?? 0));
  };

  test("the waits double, and the sixth attempt is the last", async () => {
    const run = await start("plain");
    await failureOfRun(run);
    const waits = waitsOf(run);
    assert.equal(waits.length, 5);
    [50, 100, 200, 400, 800].forEach((wait, index) => {
      assert.ok((waits[index] ?? 0) >= wait - 5, `wait ${index + 1} took ${waits[index]} ms, of ${wait}`);
    });
    assert.equal(await lastAttempt(run), 6);
  });

  test("a wait that the failure asks for is taken; after the last attempt it arrives typed", async () => {
    const run = await start("limited");
    assert.equal(await run.result(), "limited for 0.2 s");
    assert.ok(waitsOf(run).every((wait) => wait >= 195 && wait < 5_000));
    assert.equal(await lastAttempt(run), 3);
  });

  test("a retryable error that nobody catches fails the run under its own name, with its data below", async () => {
    const failure = await failureOfRun(await start("limited", "uncaught"));
    assert.ok(failure instanceof ApplicationFailure);
    assert.equal(failure.type, "RateLimited");
    const cause = failure.cause?.cause;
    assert.ok(cause instanceof ApplicationFailure);
    assert.deepEqual(cause.details?.[0], { retryAfterSeconds: 0.2 });
  });

  test("a rule's own cap: the third attempt that times out is the last", async () => {
    const run = await start("capped");
    const cause = await causeOf(run);
    assert.ok(cause instanceof ApplicationFailure);
    assert.equal(cause.type, "Timeout");
    assert.equal(await lastAttempt(run), 3);
  });

  test("a lost worker is not retried where the contract says never", async () => {
    const run = await start("lost");
    assert.ok((await causeOf(run)) instanceof TimeoutFailure);
    assert.equal(await lastAttempt(run), 1);
  });

  test("data that does not fit a declared error's schema is told, and the error itself is not lost", async () => {
    const cause = await causeOf(await start("badData"));
    assert.ok(cause instanceof ApplicationFailure);
    assert.equal(cause.type, "InvalidErrorData");
    assert.match(cause.message, /"attempts.badData" threw "Refused".*"\/reason"/);
    assert.ok(cause.cause instanceof ApplicationFailure);
    assert.equal(cause.cause.type, "Refused");
    assert.deepEqual(cause.cause.details?.[0], { reason: 7 });
  });

  test("an error that the activity does not declare is no answer", async () => {
    const cause = await causeOf(await start("notItsOwn"));
    assert.ok(cause instanceof ApplicationFailure);
    assert.equal(cause.type, "UndeclaredError");
    assert.ok(cause.cause instanceof ApplicationFailure);
    assert.equal(cause.cause.type, "Refused");
  });

  describe("an author who waits on a socket, and writes no heartbeat, is stopped", () => {
    test("when the attempt's time is up", async () => {
      const run = await start("readsBriefly");
      const cause = await causeOf(run);
      assert.ok(cause instanceof ApplicationFailure);
      assert.equal(cause.type, "Timeout");
      await eventually("the request ended", () => stopped.has(run.workflowId));
    });
  });
});

/** What happened in Node, by run. */
interface Records {
  readonly begun: Map<string, number[]>;
  readonly stopped: Map<string, string[]>;
}

function implementation({ begun, stopped }: Records): ActivitiesImplementation {
  const add = <Entry>(records: Map<string, Entry[]>, { workflowId }: ActivityContext, entry: Entry) => {
    records.set(workflowId, [...(records.get(workflowId) ?? []), entry]);
  };
  const read = async ({ url }: { url: string }, context: ActivityContext) => {
    add(begun, context, Date.now());
    try {
      return await (await fetch(url, { signal: context.signal })).text();
    } catch (error) {
      add(stopped, context, String(error));
      throw error;
    }
  };
  const refused = () => attempts.errors.Refused({ reason: 7 as unknown as string });
  return implementActivities(attempts, {
    plain: async (_, context) => {
      add(begun, context, Date.now());
      throw new Error("broken");
    },
    limited: async (_, context) => {
      add(begun, context, Date.now());
      throw attempts.errors.RateLimited({ retryAfterSeconds: 0.2 });
    },
    capped: read,
    lost: async () => {
      throw new CompleteAsyncError();
    },
    badData: async () => {
      throw refused();
    },
    notItsOwn: async () => {
      throw refused();
    },
    readsBriefly: read,
  });
}

async function lastAttempt(run: WorkflowHandle): Promise<number | null | undefined> {
  const { events } = await run.fetchHistory();
  return events?.findLast((event) => event.activityTaskStartedEventAttributes)?.activityTaskStartedEventAttributes
    ?.attempt;
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

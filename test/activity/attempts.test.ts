import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { after, before, describe, test } from "node:test";
import { CompleteAsyncError, heartbeat as temporalHeartbeat } from "@temporalio/activity";
import { Client, Connection, type WorkflowHandle } from "@temporalio/client";
import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  defaultPayloadConverter,
  TimeoutFailure,
} from "@temporalio/common";
import { NativeConnection } from "@temporalio/worker";
import { defineApp } from "tenuto";
import { type ActivitiesImplementation, type ActivityContext, implementActivities } from "tenuto/activity";
import { bundleForTests } from "tenuto/testing";
import { createWorker, type WorkflowBundle } from "tenuto/worker";
import { setUpNamespace } from "../../src/sdk/client/set-up-namespace.ts";
import { eventually } from "../rig/eventually.ts";
import { failureOfRun } from "../rig/orders.ts";
import { replayAll } from "../rig/replay.ts";
import { testServer } from "../rig/stack.ts";
import { ignoredStepKeys } from "../workflow/fixtures/worker-rig.ts";
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
  const paths = new Set<string | undefined>();
  /** Is silent at the first request of a path, and answers the next. */
  const secondTime = createHttpServer(({ url }, response) => {
    if (paths.has(url)) response.end("answered");
    paths.add(url);
  });
  let bundle: WorkflowBundle, client: Client, connection: Connection, native: NativeConnection;
  let stopWorker: () => Promise<void>;

  const startWorker = async (queue: string) => {
    const app = defineApp({ name: queue, workflows: [attempting], activities: [attempts] });
    const activities = [implementation({ begun, stopped })];
    const sinks = ignoredStepKeys;
    const options = { app, workflows: bundle, activities, connection: native, namespace, sinks };
    const worker = await createWorker({ ...options, shutdownGrace: "100ms", maxCachedWorkflows: 0 });
    const running = worker.run();
    return async () => {
      worker.shutdown();
      await running;
    };
  };
  before(async () => {
    connection = await Connection.connect({ address: testServer() });
    await setUpNamespace(connection, { namespace, retentionDays: 1 });
    client = new Client({ connection, namespace });
    native = await NativeConnection.connect({ address: testServer() });
    bundle = await bundleForTests(workflows);
    stopWorker = await startWorker(taskQueue);
    for (const server of [silent, secondTime]) await once(server.listen(0, "127.0.0.1"), "listening");
  });
  after(async () => {
    await stopWorker();
    await native.close();
    silent.close();
    secondTime.closeAllConnections();
    secondTime.close();
    try {
      await replayAll(client, bundle);
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
    test("when the run is canceled: the run ends as canceled, with no further attempt", async () => {
      const run = await start("reads");
      await eventually("the request is under way", () => begun.has(run.workflowId));
      await run.cancel();
      assert.ok((await failureOfRun(run)) instanceof CancelledFailure);
      assert.match(stopped.get(run.workflowId)?.[0] ?? "", /CANCELLED/);
      assert.equal(begun.get(run.workflowId)?.length, 1);
    });

    test("when the worker shuts down: the step is not canceled, and the next worker attempts it again", async () => {
      const queue = `shutdown-${randomUUID()}`;
      const stopFirst = await startWorker(queue);
      const run = await start("reads", `${urlOf(secondTime)}${randomUUID()}`, queue);
      await eventually("the request is under way", () => begun.has(run.workflowId));
      await stopFirst();
      assert.match(stopped.get(run.workflowId)?.[0] ?? "", /WORKER_SHUTDOWN/);
      const stopSecond = await startWorker(queue);
      assert.equal(await run.result(), "answered");
      assert.equal(begun.get(run.workflowId)?.length, 2);
      await stopSecond();
    });

    test("when the attempt's time is up", async () => {
      const run = await start("readsBriefly");
      const cause = await causeOf(run);
      assert.ok(cause instanceof ApplicationFailure);
      assert.equal(cause.type, "Timeout");
      await eventually("the request ended", () => stopped.has(run.workflowId));
    });
  });

  describe("what an author tells by heartbeat", () => {
    const told = async (run: WorkflowHandle) => {
      const { raw } = await run.describe();
      const [step] = raw.pendingActivities ?? [];
      const [details] = step?.heartbeatDetails?.payloads ?? [];
      const at = JSON.stringify(step?.lastHeartbeatTime);
      return { details: details && defaultPayloadConverter.fromPayload(details), at };
    };

    test("is kept through the heartbeats that are sent for him, and handed to the next attempt", async () => {
      const queue = `heartbeats-${randomUUID()}`;
      const stopFirst = await startWorker(queue);
      const run = await start("resumes", urlOf(silent), queue);
      const times = new Set<string>();
      await eventually("three more heartbeats have come", async () => {
        const { details, at } = await told(run);
        if (details !== undefined) times.add(at);
        return times.size >= 4;
      });
      assert.deepEqual((await told(run)).details, { page: 3 });
      await stopFirst();
      const stopSecond = await startWorker(queue);
      assert.equal(await run.result(), 'went on from {"page":4}');
      await stopSecond();
    });
  });

  test("an output that is too large fails the step as PayloadTooLarge, and is not retried", async () => {
    const run = await start("oversized");
    const cause = await causeOf(run);
    assert.ok(cause instanceof ApplicationFailure);
    assert.equal(cause.type, "PayloadTooLarge");
    assert.match(cause.message, /output of activity "attempts.oversized".*got 2000002 bytes/);
    assert.equal(await lastAttempt(run), 1);
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
    reads: read,
    resumes: async ({ url }, context) => {
      const { lastDetails, heartbeat } = context;
      if (context.attempt === 1) {
        heartbeat({ page: 1 });
        heartbeat({ page: 3 });
        return read({ url }, context);
      }
      // Told in the moment of failing: it must not be lost either.
      if (context.attempt === 2) {
        assert.deepEqual(lastDetails, { page: 3 });
        temporalHeartbeat({ page: 4 });
        throw new Error("broken");
      }
      return `went on from ${JSON.stringify(lastDetails)}`;
    },
    oversized: async () => "x".repeat(2_000_000),
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

import assert from "node:assert/strict";
import { createHmac, randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { defineApp, defineEventSource, onEvent } from "tenuto";
import { createApi, listenApi, type RunningApi } from "tenuto/api";
import { createClient, type TenutoClient } from "tenuto/client";
import { createWebhooks, github, slack, standardWebhooks, webhook } from "tenuto/events";
import { z } from "zod";
import { Connection } from "@temporalio/client";
import { startProxy } from "../api/fixtures/temporal-proxy.ts";
import { callsTo, type Reply } from "../api/fixtures/http.ts";
import { type CheckedAnswers, checkedAnswers } from "../rig/checked-answers.ts";
import { eventually } from "../rig/eventually.ts";
import { workerRig } from "../workflow/fixtures/worker-rig.ts";
import { counter, parcel } from "./fixtures/parcels.contract.ts";

const secret = Buffer.from("a secret of the source, of 32 bytes").toString("base64");
const variables = { SECRET: `whsec_${secret}`, OTHER: "a plain secret of some length" };
const Id = z.object({ id: z.string().min(1) });

describe("webhooks", { timeout: 300_000 }, () => {
  const rig = workerRig(new URL("./fixtures/parcels-workflows.ts", import.meta.url));
  const posts = defineEventSource("posts", {
    from: webhook({ signature: standardWebhooks({ secrets: "SECRET" }) }),
    on: {
      "parcel.new": onEvent(Id.extend({ isTest: z.boolean().default(false) }), {
        start: parcel,
        input: ({ id }) => ({ id }),
        filter: ({ isTest }) => !isTest,
      }),
      "parcel.packed": onEvent(Id, {
        update: parcel,
        name: "packed",
        workflowId: ({ id }) => `parcel-${id}`,
        input: () => ({}),
      }),
      counted: onEvent(Id.extend({ n: z.int() }), {
        signal: counter,
        name: "add",
        workflowId: ({ id }) => `counter-${id}`,
        input: ({ n }) => ({ n }),
      }),
      "counted.first": onEvent(Id.extend({ n: z.int() }), {
        signal: counter,
        name: "add",
        workflowId: ({ id }) => `counter-${id}`,
        input: ({ n }) => ({ n }),
        orStart: ({ id }) => ({ id }),
      }),
    },
  });
  const hub = defineEventSource("hub", {
    from: webhook({ signature: github({ secrets: "OTHER" }) }),
    on: { push: onEvent(z.object({ after: z.string() }), { start: parcel, input: ({ after: id }) => ({ id }) }) },
  });
  const chat = defineEventSource("chat", {
    from: webhook({ signature: slack({ secrets: "OTHER" }) }),
    on: { ping: onEvent(z.object({}), { start: parcel, input: () => ({ id: "chat" }) }) },
  });
  const app = defineApp({
    name: `webhooks-${randomUUID()}`,
    workflows: [parcel, counter],
    activities: [],
    sources: [posts, hub, chat],
  });
  let client: TenutoClient;
  let server: RunningApi;
  let answers: CheckedAnswers;
  before(async () => {
    await rig.startWorker({ app, activities: [], maxCachedWorkflows: 0 });
    client = await createClient(app, { connection: rig.connection, namespace: rig.namespace });
    const webhooks = createWebhooks({ app, client, variables });
    server = await listenApi(createApi({ client, app, webhooks }), { host: "127.0.0.1", port: 0 });
    answers = await checkedAnswers(server.url);
  });
  after(async () => {
    await server.close();
    assert.deepEqual(answers.faults, []);
  });

  interface Posting {
    readonly id?: string;
    /** Seconds from now. */
    readonly signedAt?: number;
    readonly secret?: string;
    /** What is sent instead of what was signed. */
    readonly altered?: string;
    /** @default the suite's API */
    readonly url?: string;
  }
  const send = (
    source: string,
    body: string,
    { url = server.url, ...headers }: Readonly<Record<string, string>> & { readonly url?: string },
  ): Promise<Reply> =>
    callsTo(url, url === server.url ? answers.fetch : undefined).send(`/v1/webhooks/${source}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    });
  const post = (type: string, data: object, posting: Posting = {}): Promise<Reply> => {
    const { id = `msg_${randomUUID()}`, signedAt = 0, secret: own = secret, altered, url } = posting;
    const body = JSON.stringify({ type, timestamp: new Date().toISOString(), data });
    const timestamp = String(Math.floor(Date.now() / 1_000) + signedAt);
    const signed = createHmac("sha256", Buffer.from(own, "base64"))
      .update(`${id}.${timestamp}.${body}`)
      .digest("base64");
    const headers = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signed}` };
    return send("posts", altered ?? body, { ...headers, ...(url !== undefined && { url }) });
  };
  const runsOf = async (workflowId: string) => {
    const query = `WorkflowId = '${workflowId}'`;
    const { executions } = await rig.connection.workflowService.listWorkflowExecutions({
      namespace: rig.namespace,
      query,
    });
    return executions.length;
  };
  const updatesOf = async (workflowId: string) => {
    const { events } = await rig.client.workflow.getHandle(workflowId).fetchHistory();
    return (events ?? []).filter(({ workflowExecutionUpdateAcceptedEventAttributes: update }) => update).length;
  };
  const stateOf = async (workflowId: string) => (await client.machineState(workflowId)).state;

  test("100 parallel deliveries of one webhook begin one run", async () => {
    const [id, message] = [randomUUID(), `msg_${randomUUID()}`];
    const replies = await Promise.all(Array.from({ length: 100 }, () => post("parcel.new", { id }, { id: message })));
    assert.deepEqual([...new Set(replies.map(({ status }) => status))].toSorted(), [200, 202]);
    assert.deepEqual([...new Set(replies.map(({ body }) => body["workflowId"]))], [`parcel-${id}`]);
    await eventually("it is listed", async () => (await runsOf(`parcel-${id}`)) === 1);
    const again = await post("parcel.new", { id }, { id: message });
    assert.deepEqual([again.status, again.body["outcome"]], [200, "duplicate"]);
    assert.equal(await runsOf(`parcel-${id}`), 1);
    await client.terminate(`parcel-${id}`, { reason: "done" });
  });

  test("what is not the sender's is 401, whatever it says; nothing is begun", async () => {
    const id = randomUUID();
    const body = JSON.stringify({ type: "parcel.new", data: { id: "another" } });
    const cases: readonly Posting[] = [
      { altered: body },
      { secret: Buffer.from("another secret of the source, too").toString("base64") },
      { signedAt: -301 - 1 },
      { signedAt: 301 + 1 },
    ];
    for (const each of cases) {
      const { status, body: problem } = await post("parcel.new", { id }, each);
      assert.deepEqual([status, problem["code"]], [401, "WEBHOOK_NOT_SIGNED"], JSON.stringify(each));
    }
    const unsigned = await send("posts", body, {});
    assert.deepEqual([unsigned.status, unsigned.body["code"]], [401, "WEBHOOK_NOT_SIGNED"]);
    for (const name of [id, "another"])
      await assert.rejects(client.describe(`parcel-${name}`), { name: "RunNotFound" });
    assert.equal((await post("parcel.new", { id }, { signedAt: -290 })).status, 202);
    await client.terminate(`parcel-${id}`, { reason: "done" });
  });

  test("what can't be used is told apart: no such source, no JSON, no type, data that does not fit, nothing to do with it", async () => {
    const id = randomUUID();
    const codes = async (reply: Promise<Reply>) => {
      const { status, body } = await reply;
      return [status, body["code"] ?? body["outcome"]];
    };
    assert.deepEqual(await codes(send("nowhere", "{}", {})), [404, "NOT_FOUND"]);
    assert.deepEqual(await codes(post("", { id })), [422, "INVALID_INPUT"]);
    assert.deepEqual(await codes(post("parcel.new", { id: "" })), [422, "INVALID_INPUT"]);
    assert.deepEqual(await codes(post("parcel.lost", { id })), [200, "unmatched"]);
    assert.deepEqual(await codes(post("parcel.new", { id, isTest: true })), [200, "filtered"]);
    assert.deepEqual(await codes(post("parcel.packed", { id })), [404, "RUN_NOT_FOUND"]);
    const { body } = await post("parcel.new", { id: 7 });
    assert.deepEqual((body["errors"] as { pointer: string }[])[0]?.pointer, "/data/id");
    await assert.rejects(client.describe(`parcel-${id}`), { name: "RunNotFound" });
  });

  test("an event that sends a state machine one moves it once, and is refused where it is not allowed", async () => {
    const [id, message] = [randomUUID(), `msg_${randomUUID()}`];
    await post("parcel.new", { id });
    assert.equal((await post("parcel.packed", { id }, { id: message })).status, 202);
    await eventually("it is packed", async () => (await stateOf(`parcel-${id}`))[0] === "packed");
    assert.equal((await post("parcel.packed", { id }, { id: message })).status, 202);
    assert.equal(await updatesOf(`parcel-${id}`), 1);
    const refused = await post("parcel.packed", { id });
    assert.deepEqual(
      [refused.status, refused.body["code"], refused.body["allowed"]],
      [409, "EVENT_NOT_ALLOWED", ["sent"]],
    );
    await client.terminate(`parcel-${id}`, { reason: "done" });
  });

  test("an event that signals is a signal once, also when it comes again after continue-as-new", async () => {
    const id = randomUUID();
    const workflowId = `counter-${id}`;
    const told = async (n: number, type = "counted") => {
      const { status } = await post(type, { id, n }, { id: `msg-${id}-${n}` });
      assert.equal(status, 202);
    };
    await told(1, "counted.first");
    for (const n of [1, 2, 2, 3, 4]) await told(n, n === 1 ? "counted.first" : "counted");
    await eventually("it continued as new", async () => {
      const { events } = await rig.client.workflow.getHandle(workflowId).fetchHistory();
      return events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
    });
    for (const n of [2, 3, 4]) await told(n);
    await told(5);
    await client.signal(workflowId, "add", { n: 0 });
    const { result } = await client.result(workflowId, { waitMs: 30_000 });
    assert.equal(JSON.stringify(result), "[1,2,3,4,5]");
  });

  test("while Temporal is away nothing is taken, and what comes again later is taken once", async (t) => {
    const proxy = await startProxy(t);
    // Without its own repeats: one that is scheduled would meet a closed connection.
    const connection = await Connection.connect({ address: proxy.address, interceptors: [] });
    const own = await createClient(app, { connection, namespace: rig.namespace });
    const webhooks = createWebhooks({ app, client: own, variables });
    const closing = new AbortController();
    const api = createApi({ client: own, app, webhooks, closing: closing.signal });
    const behind = await listenApi(api, { host: "127.0.0.1", port: 0 });
    t.after(async () => {
      closing.abort();
      await behind.close();
      await connection.close();
    });
    const [id, message] = [randomUUID(), `msg_${randomUUID()}`];
    await proxy.close();
    const away = await post("parcel.new", { id }, { id: message, url: behind.url });
    assert.deepEqual([away.status, away.body["code"]], [503, "TEMPORAL_UNAVAILABLE"]);
    await proxy.open();
    const later = await eventually("it is taken", async () => {
      const reply = await post("parcel.new", { id }, { id: message, url: behind.url });
      return reply.status < 300 && reply;
    });
    assert.equal(later.body["workflowId"], `parcel-${id}`);
    await eventually("it is listed", async () => (await runsOf(`parcel-${id}`)) === 1);
    await client.terminate(`parcel-${id}`, { reason: "done" });
  });

  test("other schemes have type and id where their senders write them", async () => {
    const id = randomUUID();
    const body = JSON.stringify({ after: id });
    const signature = `sha256=${createHmac("sha256", variables.OTHER).update(body).digest("hex")}`;
    const headers = { "x-hub-signature-256": signature, "x-github-event": "push", "x-github-delivery": randomUUID() };
    assert.deepEqual((await send("hub", body, headers)).body["workflowId"], `parcel-${id}`);
    await client.terminate(`parcel-${id}`, { reason: "done" });

    const challenge = JSON.stringify({ type: "url_verification", challenge: "c-1", token: "t" });
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const own = createHmac("sha256", variables.OTHER).update(`v0:${timestamp}:${challenge}`).digest("hex");
    const slackHeaders = { "x-slack-request-timestamp": timestamp, "x-slack-signature": `v0=${own}` };
    const answered = await send("chat", challenge, slackHeaders);
    assert.deepEqual([answered.status, answered.body["challenge"]], [200, "c-1"]);
  });
});

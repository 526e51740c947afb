import assert from "node:assert/strict";
import { createHmac, randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { debounce, defineApp, defineEventSource, onEvent } from "tenuto";
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
      "parcel.asked": onEvent(Id, {
        start: parcel,
        window: debounce({ key: ({ id }) => id, quiet: "200ms" }),
        input: ([first]) => ({ id: `asked-${first?.id}` }),
      }),
      counted: onEvent(Id.extend({ n: z.int() }), {
        signal: counter,
        name: "add",
        workflowId: ({ id }) => `counter-${id}`,
        input: ({ n }) => ({ n }),
      }),
      noted: onEvent(Id.extend({ text: z.string() }), {
        update: counter,
        name: "noted",
        workflowId: ({ id }) => `counter-${id}`,
        input: ({ text }) => ({ text }),
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
    unmatched: "ignore",
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

  test("what is signed and can't be taken is a dead letter, once, and the answer names it; what is not signed is none", async () => {
    const letterIn = ({ body }: Reply) => String(body["deadLetterId"]);
    const cases = [
      { type: "parcel.lost", data: { id: "x" }, status: 200, error: "UnmatchedEvent" },
      { type: "parcel.new", data: { id: 7 }, status: 422, error: "InvalidInput" },
      { type: "parcel.packed", data: { id: "nobody" }, status: 404, error: "RunNotFound" },
      { type: "", data: { id: "x" }, status: 422, error: "InvalidInput" },
    ];
    for (const { type, data, status, error } of cases) {
      const message = `msg_${randomUUID()}`;
      const replies = [await post(type, data, { id: message }), await post(type, data, { id: message })];
      assert.deepEqual(
        replies.map((reply) => [reply.status, letterIn(reply)]),
        [
          [status, letterIn(replies[0] as Reply)],
          [status, letterIn(replies[0] as Reply)],
        ],
      );
      const letter = await client.deadLetter(letterIn(replies[0] as Reply));
      assert.deepEqual([letter.kind, letter.type, letter.error.type, letter.count], ["poison", "posts", error, 1]);
      assert.equal(letter.event?.id, message);
    }
    const body = JSON.stringify({ type: "parcel.new", data: { id: 7 } });
    const unsigned = await send("posts", body, {});
    assert.deepEqual([unsigned.status, unsigned.body["deadLetterId"]], [401, undefined]);
    const altered = await post("parcel.new", { id: 7 }, { altered: body });
    assert.deepEqual([altered.status, altered.body["deadLetterId"]], [401, undefined]);
  });

  test("what is signed and no JSON is refused with where, and is a dead letter of its sender's id", async () => {
    const [message, body] = [randomUUID(), '{"after": '];
    const sign = (text: string) => `sha256=${createHmac("sha256", variables.OTHER).update(text).digest("hex")}`;
    const headers = { "x-hub-signature-256": sign(body), "x-github-event": "push", "x-github-delivery": message };
    const { status, body: problem } = await send("hub", body, headers);
    assert.deepEqual([status, problem["code"]], [400, "NOT_JSON"]);
    const { event, input } = await client.deadLetter(String(problem["deadLetterId"]));
    assert.deepEqual([event?.id, event?.content, input], [message, "text", body]);
  });

  test("a source that ignores types that it does not know makes no dead letters of them", async () => {
    const body = "{}";
    const signature = `sha256=${createHmac("sha256", variables.OTHER).update(body).digest("hex")}`;
    const headers = { "x-hub-signature-256": signature, "x-github-event": "star", "x-github-delivery": randomUUID() };
    const { status, body: answer } = await send("hub", body, headers);
    assert.deepEqual([status, answer["outcome"], answer["deadLetterId"]], [200, "unmatched", undefined]);
  });

  test("a redrive over REST delivers what was posted again, with other data", async () => {
    const { body } = await post("parcel.new", { id: 7 });
    const path = `/v1/dead-letters/${String(body["deadLetterId"])}`;
    const api = callsTo(server.url, answers.fetch);
    const ask = (more: object) =>
      api.send(`${path}/redrive`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ reason: "mended", ...more }),
      });
    const planned = await ask({ dryRun: true });
    assert.deepEqual([planned.status, planned.body["action"], planned.body["mode"]], [200, "deliver", "restart"]);
    const unsound = await ask({ mode: "compensate" });
    assert.deepEqual(
      [unsound.status, unsound.body["code"], unsound.body["modes"]],
      [409, "REDRIVE_UNSOUND", ["restart"]],
    );
    const id = randomUUID();
    assert.equal((await ask({ input: { id } })).status, 202);
    await eventually("it is resolved", async () => (await api.send(path, {})).body["status"] === "resolved");
    assert.deepEqual(await stateOf(`parcel-${id}`), ["open"]);
    const listed = await api.send("/v1/dead-letters?kind=poison&type=posts&status=resolved", {});
    assert.equal(listed.status, 200);
    await client.terminate(`parcel-${id}`, { reason: "done" });
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

  test("an event that waits in a window is 202 with what it waits in, also when it comes again", async () => {
    const [id, message] = [randomUUID(), `msg_${randomUUID()}`];
    const reply = await post("parcel.asked", { id }, { id: message });
    const { outcome, window, workflowId } = reply.body;
    assert.deepEqual([reply.status, outcome, window], [202, "accepted", "debounce"]);
    assert.match(String(workflowId), /^tenuto-window-/);
    assert.deepEqual((await post("parcel.asked", { id }, { id: message })).body, reply.body);
    await eventually("its run is there", () => runsOf(`parcel-asked-${id}`));
    await client.terminate(`parcel-asked-${id}`, { reason: "done" });
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
    // What the run, or one before it, has had is done; a new one is too late.
    for (const n of [3, 5]) await told(n);
    const late = await post("counted", { id, n: 6 });
    assert.deepEqual([late.status, late.body["code"]], [409, "RUN_CLOSED"]);
  });

  test("an event that updates is an update once, also when it comes again after continue-as-new", async () => {
    const [id, name] = [randomUUID(), "noted"];
    const workflowId = `counter-${id}`;
    const first = await client.start(counter, { id });
    const told = async (text: string) => {
      const { status, body } = await post(name, { id, text }, { id: `msg-${id}-${text}` });
      return [status, body["outcome"], body["runId"]];
    };
    const updatesOf = async (runId?: string) => {
      const { events } = await rig.client.workflow.getHandle(workflowId, runId).fetchHistory();
      return events?.filter((event) => event.workflowExecutionUpdateAcceptedEventAttributes).length;
    };
    const goOn = async (from: string | undefined) => {
      for (const n of [1, 2, 3]) await client.signal(workflowId, "add", { n });
      return eventually("it continued as new", async () => {
        const { runId } = await client.describe(workflowId);
        return runId !== from && runId;
      });
    };
    const isOf = (runId: string | undefined) => [202, "accepted", runId];
    for (const text of ["one", "bad", "one"]) assert.deepEqual(await told(text), isOf(first.runId));
    const second = await goOn(first.runId);
    assert.deepEqual(await told("two"), isOf(second));
    for (const text of ["one", "bad"]) assert.deepEqual(await told(text), isOf(first.runId));
    const third = await goOn(second);
    for (const text of ["one", "bad"]) assert.deepEqual(await told(text), isOf(first.runId));
    assert.deepEqual(await told("two"), isOf(second));
    assert.deepEqual([await updatesOf(first.runId), await updatesOf(second), await updatesOf(third)], [2, 1, 0]);

    // By a key of one's own, the answer is that of the first time.
    const keyed = (text: string, idempotencyKey: string) =>
      client.update(workflowId, name, { text }, { idempotencyKey, waitMs: 10_000 });
    assert.equal((await keyed("three", "k")).result, "three after 6");
    await goOn(third);
    assert.deepEqual(await keyed("three", "k"), {
      ...(await keyed("three", "k")),
      runId: third,
      result: "three after 6",
    });
    await assert.rejects(keyed("four", "k"), { code: "IDEMPOTENCY_KEY_REUSED" });
    await client.signal(workflowId, "add", { n: 0 });
    await client.result(workflowId, { waitMs: 30_000 });
    assert.deepEqual(await told("two"), isOf(second));
    const late = await post(name, { id, text: "late" });
    assert.deepEqual([late.status, late.body["code"]], [409, "RUN_CLOSED"]);
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

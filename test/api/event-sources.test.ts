import assert from "node:assert/strict";
import { createHmac, randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { defineApp, defineEventSource, type EventSourceStatus, onEvent } from "tenuto";
import { createApi, createAuthentication, listenApi, parseApiKeys, type RunningApi } from "tenuto/api";
import { createClient } from "tenuto/client";
import { createWebhooks, rabbitMq, standardWebhooks, superviseWebhooks, webhook } from "tenuto/events";
import { startSystemWorker } from "tenuto/worker";
import { z } from "zod";
import { alertPlace } from "../alerts/fixtures/alert-place.ts";
import { tenuto } from "../cli/fixtures/tenuto-command.ts";
import { parcel } from "../events/fixtures/parcels.contract.ts";
import { type CheckedAnswers, checkedAnswers } from "../rig/checked-answers.ts";
import { eventually } from "../rig/eventually.ts";
import { callsTo, problemOf } from "./fixtures/http.ts";

const secret = Buffer.from("a secret of the source, of 32 bytes").toString("base64");
const reason = "the warehouse moves";
const authentication = createAuthentication({
  apiKeys: parseApiKeys("olga:operator:key-operator,vic:viewer:key-viewer,acme:admin@acme:key-acme"),
});
const on = { "parcel.new": onEvent(z.object({ id: z.string() }), { start: parcel, input: ({ id }) => ({ id }) }) };
const app = defineApp({
  name: `sources-${randomUUID()}`,
  workflows: [parcel],
  activities: [],
  sources: [
    defineEventSource("posts", { from: webhook({ signature: standardWebhooks({ secrets: "SECRET" }) }), on }),
    defineEventSource("off", { from: webhook({ signature: standardWebhooks({ secrets: "UNSET" }) }), on }),
    defineEventSource("queue", { from: rabbitMq({ queue: "q", url: "RABBIT" }), on, description: "Of a broker." }),
  ],
});

describe("event sources over HTTP", { timeout: 300_000 }, () => {
  const place = alertPlace();
  let answers: CheckedAnswers;

  /** An API with webhooks that are watched, as a process has it. */
  const startOne = async (): Promise<RunningApi & { readonly stop: () => Promise<void> }> => {
    const client = await createClient(app, { connection: place.raw.connection as never, namespace: place.namespace });
    const posted = createWebhooks({ app, client, variables: { SECRET: `whsec_${secret}` }, onOff: () => undefined });
    const webhooks = superviseWebhooks({ app, client, webhooks: posted, lookEveryMs: 200, process: randomUUID() });
    const server = await listenApi(createApi({ client, app, webhooks, authentication }), {
      host: "127.0.0.1",
      port: 0,
    });
    const stop = async () => {
      await webhooks.stop();
      await server.close();
    };
    return { ...server, stop };
  };
  let api: Awaited<ReturnType<typeof startOne>>;
  before(async () => {
    place.atEnd(await startSystemWorker(place.native, place.namespace, { reconcileEvery: "never" }));
    api = await startOne();
    answers = await checkedAnswers(api.url);
  });
  after(async () => {
    await api.stop();
    assert.deepEqual(answers.faults, []);
  });

  const as = (key: string, method: string, path: string, body?: object) =>
    callsTo(api.url, answers.fetch).send(path, {
      method,
      headers: { authorization: `Bearer key-${key}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
  const source = async (name: string) => {
    const { body } = await as("viewer", "GET", "/v1/event-sources");
    const found = (body["items"] as readonly EventSourceStatus[]).find((each) => each.name === name);
    assert.ok(found);
    return found;
  };
  const post = (data: object, key = secret) => {
    const [id, at] = [randomUUID(), Math.floor(Date.now() / 1_000)];
    const text = JSON.stringify({ type: "parcel.new", data });
    const signature = createHmac("sha256", Buffer.from(key, "base64")).update(`${id}.${at}.${text}`).digest("base64");
    return callsTo(api.url, answers.fetch).post("/v1/webhooks/posts", text, {
      ...{ "webhook-id": id, "webhook-timestamp": String(at), "webhook-signature": `v1,${signature}` },
    });
  };
  const cli = (...args: readonly string[]) =>
    tenuto(["events", ...args], { env: { TENUTO_URL: api.url, TENUTO_API_KEY: "key-operator" } });

  test("all of the app are listed; of one that nobody takes, nothing is known", async () => {
    const { name, kind, description, events, state, processes } = await source("queue");
    assert.deepEqual(
      { name, kind, description, events, state, processes },
      {
        ...{ name: "queue", kind: "rabbitmq", description: "Of a broker." },
        events: [{ type: "parcel.new", does: "start", workflow: "parcel" }],
        ...{ state: "unknown", processes: [] },
      },
    );
    await eventually("the webhooks are told", async () => (await source("posts")).state === "consuming");
    const off = await source("off");
    assert.equal(off.state, "off");
    assert.match(off.lastError ?? "", /secret/);
  });

  test("what is posted is counted; nothing of the data is in the last error", async () => {
    const id = randomUUID();
    assert.equal((await post({ id })).status, 202);
    assert.equal((await post({ id: 4_711_0815 })).status, 422);
    assert.equal((await post({ id }, Buffer.from("of somebody else").toString("base64"))).status, 401);
    const told = await eventually("it is told", async () => {
      const now = await source("posts");
      return now.outcomes?.accepted === 1 && now.outcomes.refused === 2 && now;
    });
    assert.deepEqual([told.ratePerMinute, told.inFlight], [1, 0]);
    assert.match(told.lastError ?? "", /not signed/);
    assert.doesNotMatch(JSON.stringify(told), /47110815/);
  });

  test("a paused webhook answers 503 with Retry-After and starts nothing, also after the API has restarted", async () => {
    const paused = await as("operator", "POST", "/v1/event-sources/posts/pause", { reason });
    assert.equal(paused.status, 200);
    assert.deepEqual({ ...(paused.body["paused"] as object), at: 0 }, { by: "olga", reason, at: 0 });
    const refused = { status: 503, code: "EVENT_SOURCE_PAUSED", isProblem: true };
    await eventually("it is known", async () => (await post({ id: "x" })).status === 503);
    await api.stop();
    api = await startOne();
    const id = randomUUID();
    const reply = await post({ id });
    assert.deepEqual([problemOf(reply), reply.headers.get("retry-after")], [refused, "30"]);
    await assert.rejects(place.raw.workflow.getHandle(`parcel-${id}`).describe());

    const resumed = await as("operator", "POST", "/v1/event-sources/posts/resume", { reason: "it has moved" });
    assert.deepEqual([resumed.status, resumed.body["paused"]], [200, undefined]);
    await eventually("it is taken", async () => (await post({ id })).status === 202);
  });

  test("who may not, what is not there, and what says no reason is refused", async () => {
    const path = "/v1/event-sources/posts/pause";
    const forbidden = { status: 403, code: "FORBIDDEN", isProblem: true };
    assert.deepEqual(problemOf(await as("viewer", "POST", path, { reason })), forbidden);
    assert.deepEqual(problemOf(await as("acme", "GET", "/v1/event-sources")), forbidden);
    assert.deepEqual(problemOf(await as("acme", "POST", path, { reason })), forbidden);
    const gone = await as("operator", "POST", "/v1/event-sources/nope/resume", { reason });
    assert.deepEqual(problemOf(gone), { status: 404, code: "EVENT_SOURCE_NOT_FOUND", isProblem: true });
    assert.equal((await as("operator", "POST", path, { reason: " " })).status, 422);
    assert.equal((await source("posts")).paused, undefined);
  });

  test("the command lists, shows, pauses and resumes them", async () => {
    const paused = await cli("pause", "queue", "--reason", "a test");
    assert.match(paused.stdout, /^queue is paused, by olga: a test\. /, paused.stderr);
    const list = await cli("list");
    assert.match(list.stdout, /^NAME +KIND +STATE +WAITING /m);
    assert.match(list.stdout, /^queue +rabbitmq +paused .* olga /m);
    const show = await cli("show", "queue");
    assert.match(show.stdout, /^Paused +by olga: a test, /m);
    assert.match(show.stdout, /parcel\.new: starts parcel/);
    assert.match((await cli("show", "posts")).stdout, /^ {2}PROCESS +STATE /m);
    const [resumed, missing] = [await cli("resume", "queue", "--reason", "done"), await cli("show", "nope")];
    assert.match(resumed.stdout, /^queue is no longer paused\.$/m);
    assert.deepEqual([missing.code, (await cli("pause", "queue")).code], [3, 2]);
    assert.match(missing.stderr, /tenuto events list/);
  });

  test("no app, or none that takes events of a broker, is wrong usage of `events run`", async () => {
    const missing = await cli("run", "--app", "./no-such-module.js");
    assert.equal(missing.code, 2);
    assert.match(missing.stderr, /can't be loaded/);
    const none = await cli("run", "--app", "scripts/root.mjs");
    assert.deepEqual([none.code, /exports no app/.test(none.stderr)], [2, true], none.stderr);
  });

  test("histories of their workflow replay", async () => {
    const { runs } = await place.replay("tenutoEventSources");
    assert.ok(runs >= 1);
  });
});

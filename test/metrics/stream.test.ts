import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { before, describe, test, type TestContext } from "node:test";
import { Connection } from "@temporalio/client";
import { defineApp } from "tenuto";
import { createApi, createAuthentication, listenApi, parseApiKeys } from "tenuto/api";
import { createClient, type RunSummary } from "tenuto/client";
import { openEvents, type SentEvent } from "../api/fixtures/event-stream.ts";
import { startProxy } from "../api/fixtures/temporal-proxy.ts";
import { eventually } from "../rig/eventually.ts";
import { countingConnection } from "../rig/counting-connection.ts";
import { testServer } from "../rig/stack.ts";
import { workerRig } from "../workflow/fixtures/worker-rig.ts";
import { chained, counted, plain } from "./fixtures/counted.contract.ts";

const authentication = createAuthentication({
  apiKeys: parseApiKeys("ada:admin:key-of-all,acme:admin@acme:key-of-acme"),
});

describe("the stream of what happens", { timeout: 300_000 }, () => {
  const rig = workerRig(new URL("./fixtures/counted-workflows.ts", import.meta.url));
  const app = defineApp({ name: `streamed-${randomUUID()}`, workflows: [counted, chained, plain], activities: [] });
  before(async () => {
    await rig.startWorker({ app, activities: [], reconcileEvery: "never", rollUpEvery: "1s" });
  });

  const startApi = async (t: TestContext, connection: Connection) => {
    const client = await createClient(app, { connection, namespace: rig.namespace });
    const closing = new AbortController();
    const api = createApi({ client, app, authentication, closing: closing.signal });
    const server = await listenApi(api, { host: "127.0.0.1", port: 0 });
    t.after(async () => {
      closing.abort();
      await server.close();
    });
    /** What a page has seen so far. */
    const open = async (query = "", who: "all" | "acme" = "all") => {
      const stream = await openEvents(`${server.url}/v1/metrics/stream${query}`, undefined, {
        headers: { authorization: `Bearer key-of-${who}` },
      });
      assert.equal(stream.status, 200);
      t.after(() => stream.cut());
      const seen: SentEvent[] = [];
      void (async () => {
        for await (const event of stream.events()) seen.push(event);
      })().catch(() => undefined);
      const runs = () =>
        seen.flatMap(({ name, data }) => (name === "runs" ? (data["items"] as readonly RunSummary[]) : []));
      const has = (workflowId: string, status: string) =>
        runs().some((run) => run.workflowId === workflowId && run.status === status);
      const named = (name: string) => seen.filter((event) => event.name === name).map(({ data }) => data);
      return { seen, runs, has, named, cut: () => stream.cut() };
    };
    return { client, open };
  };
  type Page = Awaited<ReturnType<Awaited<ReturnType<typeof startApi>>["open"]>>;
  const waits = { end: "wait" } as const;
  const isLive = (page: Page) => eventually("it is live", () => page.named("live").at(-1)?.["isLive"] === true);
  const within3s = async (what: string, holds: () => boolean) => eventually(what, holds, { withinMs: 3_000 });

  test("a start and an end are there within 3 s, as the list shows them", async (t) => {
    const { client, open } = await startApi(t, rig.connection);
    const page = await open();
    await isLive(page);
    const { workflowId } = await client.start(counted, waits, { workflowId: randomUUID() });
    await within3s("its start is told", () => page.has(workflowId, "running"));
    await client.terminate(workflowId, { reason: "by a test" });
    await within3s("its end is told", () => page.has(workflowId, "terminated"));
    const told = page.runs().find((run) => run.workflowId === workflowId && run.status === "terminated");
    const [listed] = (await client.list({ status: "terminated", type: "counted" })).items;
    assert.deepEqual(told, listed);
    // Each once.
    await sleep(3_000);
    assert.equal(page.runs().filter((run) => run.workflowId === workflowId).length, 2);
  });

  test("a page is told of the type and the status that it asks for, and of its tenant's runs", async (t) => {
    const { client, open } = await startApi(t, rig.connection);
    const [completed, counts, acme] = [
      await open("?status=completed"),
      await open("?type=counted"),
      await open("", "acme"),
    ];
    for (const page of [completed, counts, acme]) await isLive(page);
    const workflowId = randomUUID();
    await client.start(plain, {}, { workflowId });
    const { workflowId: waiting } = await client.start(counted, waits, { workflowId: randomUUID() });
    await client.forTenant("acme").start(counted, { end: "complete" }, { workflowId });
    await within3s("its own run is told a tenant, by its own id", () => acme.has(workflowId, "completed"));
    await within3s("those of a status", () => completed.has(workflowId, "completed"));
    await within3s("those of a type", () => counts.has(waiting, "running"));
    assert.ok(acme.runs().every((run) => run.workflowId === workflowId));
    assert.ok(completed.runs().every(({ status }) => status === "completed"));
    assert.ok(counts.runs().every(({ type }) => type === "counted"));
    await client.terminate(waiting, { reason: "by a test" });
  });

  test("a summary comes when its numbers have changed, whole", async (t) => {
    const { client, open } = await startApi(t, rig.connection);
    const page = await open("?window=1h&type=plain");
    const completed = () => (page.named("summary").at(-1)?.["total"] as Totals | undefined)?.now.completed;
    const counts = async (what: string) =>
      eventually(what, async () => {
        const { total } = await client.counts({ type: "plain", status: "completed" });
        return total > 0 && completed() === total && total;
      });
    const before = await counts("it has all runs of before");
    await client.start(plain, {}, { workflowId: randomUUID() });
    await eventually("the run has closed", async () => (await counts("it counts the run")) === before + 1);
    const { length } = page.named("summary");
    await sleep(11_000);
    assert.equal(page.named("summary").length, length, "nothing has changed");
    assert.deepEqual(Object.keys(page.named("summary")[0] ?? {}).includes("steps"), true);
  });

  test("100 open pages cost at most two requests a second of visibility", async (t) => {
    const counting = countingConnection(await Connection.connect({ address: testServer(), interceptors: [] }));
    t.after(() => counting.connection.close());
    const { client, open } = await startApi(t, counting.connection);
    const queries = ["", "?window=1h", "?window=7d", "?type=counted", "?status=running"];
    const pages: Page[] = [];
    for (let n = 0; n < 100; n++) pages.push(await open(queries[n % queries.length], n % 10 === 0 ? "acme" : "all"));
    await eventually("each page has its numbers", () => pages.every((page) => page.named("summary").length > 0));
    const [before, beganAt] = [counting.requests(), Date.now()];
    const { workflowId } = await client.start(counted, { end: "complete" }, { workflowId: randomUUID() });
    await within3s("all are told", () =>
      pages.every((page, n) => n % 10 === 0 || n % 5 > 2 || page.has(workflowId, "completed")),
    );
    await sleep(20_000);
    const perSecond = (counting.requests() - before) / ((Date.now() - beganAt) / 1_000);
    assert.ok(perSecond <= 2, `${perSecond} requests a second`);
    assert.ok(perSecond >= 0.5, `${perSecond} requests a second: who looks?`);
    for (const page of pages) page.cut();
    // What they had asked for lapses.
    await sleep(13_000);
    const after = counting.requests();
    await sleep(5_000);
    assert.equal(counting.requests(), after, "nobody watches, and nobody looks");
  });

  test("while Temporal is away a page is told so, and it goes on by itself", async (t) => {
    const proxy = await startProxy(t);
    const connection = await Connection.connect({ address: proxy.address, interceptors: [] });
    t.after(() => connection.close());
    const { open } = await startApi(t, connection);
    const page = await open();
    await isLive(page);
    await proxy.close();
    const away = await eventually("it is told", () => page.named("live").find((told) => told["isLive"] === false));
    assert.match(String(away["why"]), /Temporal/);
    const { client } = await startApi(t, rig.connection);
    const { workflowId } = await client.start(plain, {}, { workflowId: randomUUID() });
    await eventually("it has ended", async () => (await client.result(workflowId)).status === "completed");
    await proxy.open();
    await isLive(page);
    await eventually("what happened meanwhile is told", () => page.has(workflowId, "completed"));
  });
});

interface Totals {
  readonly now: { readonly completed: number };
}

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { WorkflowNotFoundError } from "@temporalio/client";
import { defineApp } from "tenuto";
import { createApi, createAuthentication, listenApi, parseApiKeys, type RunningApi } from "tenuto/api";
import { createClient } from "tenuto/client";
import { routes } from "../../src/api/routes.ts";
import { eventually } from "../rig/eventually.ts";
import { IncidentWorld } from "../workflow/fixtures/incident-world.ts";
import { payment, provider } from "../workflow/fixtures/incidents.contract.ts";
import { workerRig } from "../workflow/fixtures/worker-rig.ts";
import { type Calls, callsTo, type Reply } from "./fixtures/http.ts";
import { shop } from "./fixtures/tenants.contract.ts";

type Caller = "acme" | "globex" | "acm" | "all";
const authentication = createAuthentication({
  apiKeys: parseApiKeys("a:admin@acme:key-acme,g:admin@globex:key-globex,s:admin@acm:key-acm,all:admin:key-all"),
});
const app = defineApp({ name: `tenants-${randomUUID()}`, workflows: [shop, payment], activities: [provider] });

describe("tenants", () => {
  const rig = workerRig(new URL("./fixtures/tenants-workflows.ts", import.meta.url));
  const world = new IncidentWorld();
  let server: RunningApi;
  before(async () => {
    await rig.startWorker({ app, activities: [world.activities()], maxCachedWorkflows: 0 });
    const client = await createClient(app, {
      connection: rig.connection,
      namespace: rig.namespace,
      temporalUiUrl: "http://ui.example",
    });
    server = await listenApi(createApi({ client, app, authentication }), { host: "127.0.0.1", port: 0 });
  });
  after(() => server.close());

  const as = (caller: Caller): Pick<Calls, "get" | "post" | "send"> => {
    const calls = callsTo(server.url);
    const authorization = `Bearer key-${caller}`;
    return {
      get: (path, headers = {}) => calls.get(path, { authorization, ...headers }),
      post: (path, body, headers = {}) => calls.post(path, body, { authorization, ...headers }),
      send: (path, init) =>
        calls.send(path, { ...init, headers: { authorization, "content-type": "application/json" } }),
    };
  };
  const start = (caller: Caller, type: string, body: unknown, headers = {}) =>
    as(caller).post(`/v1/workflow-types/${type}/runs`, body, headers);
  const listed = async (caller: Caller, path = "/v1/runs?limit=200") => {
    const { body } = await as(caller).get(path);
    return (body["items"] as readonly { readonly workflowId: string; readonly id?: string }[]) ?? [];
  };
  const serverIds = async () => {
    const ids = [];
    for await (const { workflowId } of rig.client.workflow.list()) ids.push(workflowId);
    return ids;
  };

  test("the same id in two tenants is two runs, whatever the id is made from; children are the tenant's too", async () => {
    const id = randomUUID();
    const bodies = [
      { body: { input: { id, card: "ok" } } },
      { body: { input: { id: `own-${id}`, card: "ok" }, workflowId: `own-${id}` } },
    ];
    for (const { body } of bodies) {
      const [a, b] = [await start("acme", "shop", body), await start("globex", "shop", body)];
      assert.deepEqual([a.status, b.status], [202, 202]);
      assert.equal(a.body["workflowId"], b.body["workflowId"]);
      assert.notEqual(a.body["runId"], b.body["runId"]);
      for (const [caller, { headers }] of [
        ["acme", a],
        ["globex", b],
      ] as const) {
        const result = await as(caller).get(`${headers.get("location") ?? ""}/result?wait=30`);
        assert.deepEqual([result.status, result.body["result"]], [200, "ch-ok"]);
      }
    }
    const key = { "idempotency-key": id };
    const [a, b, again] = [
      await start("acme", "payment", { input: { card: "ok" } }, key),
      await start("globex", "payment", { input: { card: "other" } }, key),
      await start("acme", "payment", { input: { card: "ok" } }, key),
    ];
    assert.deepEqual([a.status, b.status, again.body["existing"]], [202, 202, true]);

    const expected = ["acme", "globex"].flatMap((tenant) =>
      [`shop-${id}`, `own-${id}`, `payment-of-${id}`, `payment-of-own-${id}`].map((each) => `${tenant}:${each}`),
    );
    await eventually("all are listed", async () => {
      const ids = await serverIds();
      return expected.every((each) => ids.includes(each));
    });
  });

  test("what a tenant is told has its own ids; the link to the Temporal Web UI has the server's", async () => {
    const id = randomUUID();
    await start("acme", "shop", { input: { id, card: "ok" } });
    await as("acme").get(`/v1/runs/shop-${id}/result?wait=30`);

    const run = await as("acme").get(`/v1/runs/shop-${id}`);
    const history = await as("acme").get(`/v1/runs/shop-${id}/history`);
    const child = await as("acme").get(`/v1/runs/payment-of-${id}`);
    const taken = await start("acme", "payment", { input: {}, workflowId: `payment-of-${id}` });

    const { temporalUi, ...links } = run.body["links"] as Record<string, string>;
    assert.match(temporalUi ?? "", new RegExp(`/workflows/acme%3Ashop-${id}/`));
    assert.deepEqual([child.status, taken.status, taken.body["code"]], [200, 409, "RUN_ALREADY_STARTED"]);
    const told = JSON.stringify([{ ...run.body, links }, history.body, taken.body]);
    assert.match(told, new RegExp(`"payment-of-${id}"`));
    assert.doesNotMatch(told, /acme:/);
  });

  test("lists and dead letters have a tenant's own only; who has no tenant sees all, by the server's ids", async () => {
    const card = `broken-${randomUUID()}`;
    const workflowId = randomUUID();
    const body = { input: { card: "ok", then: "fails", refund: card }, workflowId };
    await start("acme", "payment", body);
    await start("globex", "payment", { input: { card: "ok" }, workflowId });
    await start("all", "payment", { input: { card: "ok" }, workflowId: `free-${workflowId}` });
    await start("all", "payment", { input: { card: "ok" }, workflowId: `ACME:${workflowId}` });
    const letters = (caller: Caller) => listed(caller, "/v1/dead-letters?limit=200");

    const parked = await eventually("acme has a dead letter", async () => (await letters("acme"))[0]);
    assert.equal(parked.workflowId, workflowId);
    await eventually("all runs are listed", async () => {
      const all = (await listed("all")).map((each) => each.workflowId);
      const ids = [`acme:${workflowId}`, `globex:${workflowId}`, `free-${workflowId}`, `ACME:${workflowId}`];
      return ids.every((each) => all.includes(each));
    });
    for (const caller of ["acme", "globex"] as const) {
      const mine = (await listed(caller)).map((each) => each.workflowId);
      assert.ok(mine.includes(workflowId));
      assert.deepEqual(
        mine.filter((each) => each.includes(":") || each.startsWith("free-")),
        [],
      );
    }
    assert.deepEqual([await letters("globex"), await letters("acm"), await listed("acm")], [[], [], []]);

    const path = `/v1/dead-letters/${parked.id ?? ""}`;
    const unknown = `/v1/dead-letters/${"0".repeat(32)}`;
    for (const kind of ["parked", "partial"]) {
      const mine = await eventually(`it is ${kind}`, async () => {
        const { body: letter } = await as("acme").get(path);
        return letter["kind"] === kind && letter;
      });
      assert.equal(mine["workflowId"], workflowId);
      assert.equal((await as("all").get(path)).body["workflowId"], `acme:${workflowId}`);
      for (const [action, send] of [
        ["/redrive", { mode: "fail", reason: "r" }],
        ["/discard", { reason: "r" }],
        ["/notes", { note: "n" }],
      ] as const) {
        assert.deepEqual(
          told(await as("globex").post(path + action, send), parked.id),
          told(await as("globex").post(unknown + action, send), "0".repeat(32)),
        );
      }
      assert.deepEqual(
        told(await as("globex").get(path), parked.id),
        told(await as("globex").get(unknown), "0".repeat(32)),
      );
      assert.deepEqual(
        (await letters("acme")).map(({ id }) => id),
        [parked.id],
      );
      assert.deepEqual(await letters("globex"), []);
      if (kind === "parked") {
        const given = await as("acme").post(`${path}/redrive`, { mode: "fail", reason: "refunded in cash" });
        assert.equal(given.status, 202);
        const { body: recorded } = await as("acme").get(`/v1/runs/${workflowId}/history`);
        assert.match(JSON.stringify(recorded), /"by":"a"/);
      }
    }
    const fingerprint = String((await as("acme").get(path)).body["fingerprint"]);
    const group = `/v1/error-groups/${fingerprint}`;
    const nobodys = `/v1/error-groups/${"0".repeat(16)}`;
    const groups = (caller: Caller, query = "") => listed(caller, `/v1/error-groups${query}`);
    const own = await eventually(
      "acme has the error group",
      async () => {
        const { status, body: found } = await as("acme").get(group);
        return status === 200 && found;
      },
      { withinMs: 60_000 },
    );
    assert.equal(own["tenant"], undefined);
    assert.equal((own["sample"] as { readonly workflowId: string }).workflowId, workflowId);
    assert.ok((await groups("acme")).length > 0);
    assert.deepEqual([await groups("globex"), await groups("all", "?tenant=globex")], [[], []]);
    assert.equal((await as("all").get(`${group}?tenant=acme`)).body["fingerprint"], fingerprint);
    assert.equal((await as("acme").get(`${group}?tenant=globex`)).status, 403);
    for (const [action, send] of [
      ["", undefined],
      ["/resolve", { reason: "r" }],
      ["/assign", { assignee: "a" }],
    ] as const) {
      const ask = (at: string) => (send ? as("globex").post(at + action, send) : as("globex").get(at));
      assert.deepEqual(told(await ask(group), fingerprint), told(await ask(nobodys), "0".repeat(16)));
    }
    assert.equal((await as("acme").post(`${group}/notes`, { note: "ours" })).status, 200);
    const discarded = await as("all").post(`${path}/discard`, { reason: "paid back" });
    assert.deepEqual([discarded.status, discarded.body["status"]], [200, "discarded"]);
    await eventually("no dead letter is open", async () => (await letters("acme")).length === 0);
  });

  // What gets past the schemas, so that the run is looked for.
  const bodies: Readonly<Record<string, unknown>> = {
    "/v1/runs/:workflowId/signals/:name": { input: {} },
    "/v1/runs/:workflowId/queries/:name": { input: {} },
    "/v1/runs/:workflowId/updates/:name": { input: {} },
    "/v1/runs/:workflowId/skip": { step: "provider.note", output: "x", reason: "test" },
    "/v1/runs/:workflowId/rewind": { to: "x", reason: "test" },
  };
  // The stream of an open run has no end to wait for; it is asked for below.
  const asked = routes.filter(({ path }) => path.includes(":workflowId") && !path.endsWith("/events"));
  for (const { method, path } of asked) {
    test(`${method.toUpperCase()} ${path} tells another tenant nothing: the same answer as for an id that nobody has`, async () => {
      const workflowId = randomUUID();
      const started = await start("acme", "payment", { input: { card: `broken-${workflowId}` }, workflowId });
      const runId = String(started.body["runId"]);
      const init = {
        method: method.toUpperCase(),
        ...(method === "post" && { body: JSON.stringify(bodies[path] ?? { reason: "test" }) }),
      };
      const ask = async (caller: Caller, id: string, query = "") => {
        const url = path.replace(":workflowId", encodeURIComponent(id)).replaceAll(/:\w+/g, "none");
        const reply = await as(caller).send(url + query, init);
        return told(reply, id);
      };
      const nobodys = randomUUID();

      const own = await ask("acme", workflowId);
      for (const caller of ["globex", "acm"] as const) {
        const missing = await ask(caller, nobodys);
        assert.match(missing, /RUN_NOT_FOUND/);
        assert.equal(await ask(caller, workflowId), missing);
        assert.equal(await ask(caller, `acme:${workflowId}`), missing);
        const withRun = `?runId=${runId}`;
        assert.equal(await ask(caller, workflowId, withRun), await ask(caller, nobodys, withRun));
      }
      assert.doesNotMatch(own, /RUN_NOT_FOUND/);
      const run = rig.client.workflow.getHandle(`acme:${workflowId}`);
      await run.terminate("the test is over").catch((error: unknown) => {
        // What was asked has ended it already.
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      });
    });
  }

  test("GET /v1/runs/:workflowId/events tells another tenant nothing", async () => {
    const workflowId = randomUUID();
    await start("acme", "payment", { input: { card: `broken-${workflowId}` }, workflowId });
    const [others, nobodys] = [
      await as("globex").get(`/v1/runs/${workflowId}/events`),
      await as("globex").get(`/v1/runs/${randomUUID()}/events`),
    ];
    assert.deepEqual([others.status, nobodys.status], [404, 404]);
    await rig.client.workflow.getHandle(`acme:${workflowId}`).terminate("the test is over");
  });
});

/** An answer without its request id, and without the id that was asked for. */
function told({ status, body: { requestId: _, ...body } }: Reply, id = ""): string {
  return JSON.stringify({ status, body }).replaceAll(id, "ID");
}

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { createApi, createAuthentication, listenApi, parseApiKeys, type RunningApi } from "tenuto/api";
import { callsTo } from "../api/fixtures/http.ts";
import { eventually } from "../rig/eventually.ts";
import { letterRig } from "./fixtures/letter-rig.ts";

type Caller = "acme" | "globex";
const withinMs = 120_000;

describe("dead letters of a tenant's runs", () => {
  const rig = letterRig();
  let server: RunningApi;
  before(async () => {
    const apiKeys = parseApiKeys("a:operator@acme:key-acme,g:operator@globex:key-globex");
    const authentication = createAuthentication({ apiKeys });
    const api = createApi({ client: rig.client, app: rig.app, authentication });
    server = await listenApi(api, { host: "127.0.0.1", port: 0 });
  });
  after(() => server.close());

  const get = (caller: Caller, path: string) =>
    callsTo(server.url).get(path, { authorization: `Bearer key-${caller}` });
  const post = (caller: Caller, path: string, body: object) =>
    callsTo(server.url).post(path, body, { authorization: `Bearer key-${caller}` });
  const lettersOf = async (caller: Caller, workflowId: string, query = "") => {
    const { body } = await get(caller, `/v1/dead-letters?limit=200${query}`);
    const items = body["items"] as readonly {
      readonly id: string;
      readonly workflowId: string;
      readonly kind: string;
    }[];
    return items.filter((letter) => letter.workflowId === workflowId);
  };

  test("a run that is terminated becomes its tenant's letter and nobody else's, and its tenant alone resets it", async () => {
    const workflowId = randomUUID();
    const { status } = await post("acme", "/v1/workflow-types/order/runs", { input: { then: "waits" }, workflowId });
    assert.equal(status, 202);
    const acme = rig.client.forTenant("acme");
    await eventually("it waits", async () =>
      (await acme.describe(workflowId)).account?.steps.some(({ state }) => state === "done"),
    );
    await rig.raw.workflow.getHandle(`acme:${workflowId}`).terminate("by the CLI");

    const find = async () => (await lettersOf("acme", workflowId))[0];
    const letter = await eventually("acme has its letter", find, { withinMs });
    assert.equal(letter.kind, "terminated");
    assert.deepEqual(await lettersOf("globex", workflowId), []);
    assert.equal((await get("globex", `/v1/dead-letters/${letter.id}`)).status, 404);

    const reset = `/v1/runs/${workflowId}/reset`;
    const refused = await post("globex", reset, { reason: "curious" });
    assert.deepEqual([refused.status, refused.body["code"]], [404, "RUN_NOT_FOUND"]);
    assert.equal((await acme.describe(workflowId)).status, "terminated");

    const done = await post("acme", reset, { reason: "it was a mistake" });
    assert.deepEqual([done.status, done.body["id"], done.body["action"]], [202, letter.id, "reset"]);
    const goOn = () =>
      acme.signal(workflowId, "go", { ok: true }).then(
        () => true,
        () => false,
      );
    await eventually("the run takes a signal", goOn, { withinMs });
    const resolved = async () => (await lettersOf("acme", workflowId, "&status=resolved"))[0];
    assert.equal((await eventually("the letter is resolved", resolved, { withinMs })).id, letter.id);
    assert.equal((await acme.result(workflowId)).status, "completed");
  });

  test("a run that fails has a letter in which its tenant sees its own ids only", async () => {
    const workflowId = randomUUID();
    await post("acme", "/v1/workflow-types/order/runs", { input: { then: "fails" }, workflowId });
    const find = async () => (await lettersOf("acme", workflowId))[0];
    const { id } = await eventually("acme has its letter", find, { withinMs });
    const { body } = await get("acme", `/v1/dead-letters/${id}`);
    const { links: _, ...told } = body;
    assert.equal(told["status"], "open");
    assert.doesNotMatch(JSON.stringify(told), /acme:/);
  });

  test("a tenant's batch is about the tenant's dead letters only, and nobody else's to see or to stop", async () => {
    const failedOf = async (caller: Caller) => {
      const workflowId = randomUUID();
      await post(caller, "/v1/workflow-types/order/runs", { input: { card: "odd" }, workflowId });
      const find = async () => (await lettersOf(caller, workflowId))[0];
      return eventually(`${caller} has its letter`, find, { withinMs });
    };
    const [own, other] = await Promise.all([failedOf("acme"), failedOf("globex")]);
    const request = { action: "discard", filter: { all: true }, reason: "a test" };
    const begun = await post("acme", "/v1/batch-operations", request);
    assert.equal(begun.status, 202);
    const path = `/v1/batch-operations/${String(begun.body["id"])}`;
    assert.equal(begun.headers.get("location"), path);
    const over = async () => (await get("acme", path)).body["status"] === "completed";
    await eventually("the batch is over", over, { withinMs });
    const { body } = await get("acme", `${path}/items`);
    const ids = (body["items"] as readonly { readonly id: string }[]).map(({ id }) => id);
    assert.ok(ids.includes(own.id) && !ids.includes(other.id));
    assert.doesNotMatch(JSON.stringify(body), /acme:/);
    assert.equal((await get("globex", `/v1/dead-letters/${other.id}`)).body["status"], "open");
    for (const answer of [
      await get("globex", path),
      await get("globex", `${path}/items`),
      await post("globex", `${path}/stop`, { reason: "curious" }),
    ])
      assert.deepEqual([answer.status, answer.body["code"]], [404, "BATCH_NOT_FOUND"]);
    const listed = (await get("globex", "/v1/batch-operations")).body["items"];
    assert.deepEqual(listed, []);

    // Who sees all tenants' letters redrives or discards them by their ids, too.
    const all = await rig.client.startBatch({ action: "discard", filter: { ids: [other.id] }, reason: "for globex" });
    const done = async () => (await rig.client.batch(all.id)).closedAt !== undefined;
    await eventually("that batch is over", done, { withinMs });
    assert.equal((await rig.client.batch(all.id)).progress.done, 1);
    assert.equal((await get("globex", `/v1/dead-letters/${other.id}`)).body["status"], "discarded");
  });
});

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, suite, test } from "node:test";
import { WorkflowClient } from "@temporalio/client";
import { TemporalUnavailable } from "tenuto";
import { createAuthentication, parseApiKeys } from "tenuto/api";
import type { TenutoClient } from "tenuto/client";
import { auditWorkflow, auditWorkflowId } from "../../src/sdk/core/audit.ts";
import { systemTaskQueue } from "../../src/sdk/core/dead-letter.ts";
import { startApi } from "./fixtures/api-process.ts";
import { auditRuns, type Caller, callerWith, days, type Entry, useSystemWorker } from "./fixtures/audit.ts";
import { callsTo, problemOf, useApi } from "./fixtures/http.ts";
import { until, useTemporal, withServer } from "./fixtures/temporal.ts";

const keys =
  "root:admin:key-of-root,eve:viewer:key-of-eve,ada:operator@acme:key-of-ada,al:admin@acme:key-of-al,gus:admin@globex:key-of-gus";
const authentication = createAuthentication({ apiKeys: parseApiKeys(keys) });
const reason = { reason: "the customer called" };

/** What an entry says, without what differs from call to call. */
function told({ action, actor, outcome, status, code, reason: why, target }: Entry): object {
  return { action, actor: actor?.name, outcome, status, code, why, target };
}

suite("the audit", withServer, () => {
  const temporal = useTemporal({ hasWorker: false });
  const api = useApi(() => temporal().client, { authentication });
  useSystemWorker(temporal);
  const [root, eve, ada, al, gus] = ["root", "eve", "ada", "al", "gus"].map((name) =>
    callerWith(api, `key-of-${name}`),
  ) as [Caller, Caller, Caller, Caller, Caller];

  test("says who did what to which run, why, and what became of it; nothing of what was sent along", async () => {
    const workflowId = await root.begin();
    const run = `/v1/runs/${workflowId}`;
    const signaled = await root.post(`${run}/signals/go`, { input: { by: "canary-of-input" } });
    await root.post(`${run}/terminate`, reason, { "x-request-id": `request-${workflowId}` });
    await root.post(`${run}/cancel`, reason);
    await root.post(`${run}/cancel`, {});
    await root.post(`${run}/queries/none`, {});
    await root.get(run);

    const entries = await root.entriesOf(workflowId, 3);
    const actor = "root";
    const why = reason.reason;
    assert.equal(signaled.status, 202);
    assert.deepEqual(entries.map(told), [
      { action: "cancelRun", actor, outcome: "refused", status: 409, code: "RUN_CLOSED", why, target: { workflowId } },
      { action: "terminateRun", actor, outcome: "done", status: 202, code: undefined, why, target: { workflowId } },
      {
        ...{ action: "sendSignal", actor, outcome: "done", status: 202, code: undefined, why: undefined },
        target: { workflowId, name: "go" },
      },
    ]);
    assert.equal(entries[1]?.requestId, `request-${workflowId}`);
    assert.deepEqual(entries[1]?.actor, { name: "root", role: "admin" });
    assert.doesNotMatch(JSON.stringify(entries), /canary/);
  });

  test("has whom the guard refused, also those who are not known; an attempt to read is none", async () => {
    const workflowId = randomUUID();
    const path = `/v1/runs/${workflowId}/cancel`;
    const forbidden = await eve.post(path, reason);
    const unknown = await api().post(path, reason);
    const wrong = await callerWith(api, "canary-of-a-key").post(path, reason);
    const start = await eve.post(`/v1/workflow-types/${workflowId}/runs`, {});
    await eve.get(`/v1/audit?actor=${workflowId}`);

    const entries = await root.entriesOf(workflowId, 3);
    const items = await until(async () => {
      const all = await root.all("?actor=eve");
      return all.some(({ target }) => target["type"] === workflowId) && all;
    }, 60_000);
    assert.deepEqual([forbidden.status, unknown.status, wrong.status, start.status], [403, 401, 401, 403]);
    assert.deepEqual(
      entries.map(({ actor, outcome, code }) => [actor?.name, outcome, code]),
      [
        [undefined, "refused", "UNAUTHENTICATED"],
        [undefined, "refused", "UNAUTHENTICATED"],
        ["eve", "refused", "FORBIDDEN"],
      ],
    );
    assert.doesNotMatch(JSON.stringify(entries), /canary/);
    assert.deepEqual(
      items.filter(({ target }) => target["type"] === workflowId).map(({ action }) => action),
      ["startRun"],
    );
    assert.ok(items.every(({ action }) => action !== "listAudit"));
  });

  test("has no plain starts, but what is told to a run by a start, with the run that was found", async () => {
    const name = randomUUID();
    const key = { "idempotency-key": name };
    await root.post("/v1/workflow-types/waits/runs", {}, key);
    const signal = { name: "go", input: { by: "x" } };
    const told = await root.post("/v1/workflow-types/waits/runs", { signal }, { "idempotency-key": `${name}-2` });

    const workflowId = String(told.body["workflowId"]);
    const [entry] = await root.entriesOf(workflowId, 1);
    const { items } = await root.page("?limit=200");
    assert.deepEqual(entry?.target, { type: "waits", signal: "go", workflowId });
    assert.equal(items.filter(({ action, outcome }) => action === "startRun" && outcome === "done").length, 1);
  });

  test("shows each tenant its own only; who has no tenant picks one", async () => {
    const workflowId = await ada.begin();
    await ada.post(`/v1/runs/${workflowId}/cancel`, reason);
    await gus.post(`/v1/runs/${workflowId}/cancel`, reason);

    const [own] = await al.entriesOf(workflowId, 1);
    const [others] = await gus.entriesOf(workflowId, 1);
    assert.deepEqual([own?.tenant, own?.actor?.name, own?.outcome], ["acme", "ada", "done"]);
    assert.deepEqual([others?.tenant, others?.actor?.name, others?.code], ["globex", "gus", "RUN_NOT_FOUND"]);
    const picked = await root.page("?tenant=acme");
    assert.deepEqual(picked.items[0], own);
    assert.ok((await root.page("?limit=200")).items.every(({ tenant }) => tenant === undefined));
    assert.deepEqual((await root.page("?tenant=nobody")).items, []);
    const foreign = await al.get("/v1/audit?tenant=globex");
    assert.deepEqual(problemOf(foreign), { status: 403, code: "FORBIDDEN", isProblem: true });
    assert.equal((await al.get("/v1/audit?tenant=acme")).status, 200);
    assert.equal((await ada.get("/v1/audit")).status, 403);
  });

  test("goes on by a cursor where the page ended, for its own tenant and filter only", async () => {
    const workflowId = await ada.begin();
    for (let sent = 0; sent < 3; sent++) await ada.post(`/v1/runs/${workflowId}/cancel`, reason);
    const entries = await al.entriesOf(workflowId, 3);

    const first = await al.page("?limit=2&actor=ada");
    const cursor = `cursor=${first.nextCursor ?? ""}`;
    const second = await al.page(`?limit=1&actor=ada&${cursor}`);
    const strangers = await Promise.all(
      [() => gus.get(`/v1/audit?actor=ada&${cursor}`), () => al.get(`/v1/audit?${cursor}`)].map((ask) => ask()),
    );

    assert.deepEqual([...first.items, ...second.items], entries);
    for (const reply of strangers)
      assert.deepEqual(problemOf(reply), { status: 400, code: "INVALID_CURSOR", isProblem: true });
  });

  test("is no run that could be read, ended or taken by somebody else", async () => {
    const workflowId = await root.begin();
    await root.post(`/v1/runs/${workflowId}/cancel`, reason);
    await root.entriesOf(workflowId, 1);
    const id = auditWorkflowId(undefined, days()[0]);
    const missing = auditWorkflowId("nobody", days()[0]);
    const ask = (each: string) =>
      Promise.all([
        root.get(`/v1/runs/${each}`),
        root.get(`/v1/runs/${each}/history`),
        root.get(`/v1/runs/${each}/events`),
        root.get(`/v1/runs/${each}/result`),
        root.post(`/v1/runs/${each}/terminate`, reason),
        root.post(`/v1/runs/${each}/cancel`, reason),
        root.post(`/v1/runs/${each}/signals/entry`, { input: {} }),
      ]);

    const [own, nobodys] = [await ask(id), await ask(missing)];
    assert.deepEqual(
      own.map(({ status, body }) => [status, body["code"]]),
      own.map(() => [404, "RUN_NOT_FOUND"]),
    );
    assert.deepEqual(own.map(problemOf), nobodys.map(problemOf));
    const taken = await root.post("/v1/workflow-types/waits/runs", { workflowId: missing });
    assert.deepEqual([taken.status, taken.body["code"]], [422, "INVALID_INPUT"]);
    await until(async () => {
      for await (const run of auditRuns(temporal())) if (run.workflowId === id) return true;
      return false;
    }, 60_000);
    const { body } = await root.get("/v1/runs?limit=200");
    assert.ok((body["items"] as readonly { readonly type: string }[]).every(({ type }) => type !== auditWorkflow));
  });

  for (const query of ["since=yesterday", "since=", "limit=0", "limit=1e9", "tenant=Acme", "tenant=audit", "x=1"]) {
    test(`?${query} is a 400`, async () => {
      const reply = await root.get(`/v1/audit?${query}`);

      assert.deepEqual([reply.status, reply.body["code"]], [400, "INVALID_REQUEST"]);
    });
  }

  for (const cursor of ["x", "", randomUUID(), Buffer.from(`${"0".repeat(16)}.2026-01-01.x.1`).toString("base64url")]) {
    test(`the cursor ${JSON.stringify(cursor)} is a 400`, async () => {
      const reply = await root.get(`/v1/audit?cursor=${cursor}`);

      assert.deepEqual(problemOf(reply), { status: 400, code: "INVALID_CURSOR", isProblem: true });
    });
  }

  test("keeps what a tenant may not be called away from its workflows", () => {
    assert.throws(() => parseApiKeys("a:admin@audit:secret"), /audit/);
  });

  test("is not filled by somebody who is refused again and again", async () => {
    const workflowId = randomUUID();
    const refuse = () => eve.post(`/v1/runs/${workflowId}/cancel`, reason);

    for (let sent = 0; sent < 15; sent++) await Promise.all(Array.from({ length: 9 }, refuse));

    // What is signaled during a workflow task is in the history when that is over.
    const written = async () => (await root.all("?actor=eve")).length;
    await until(async () => (await written()) >= 60, 60_000);
    const count = await written();
    // Two minutes may have begun.
    assert.ok(count <= 120, `There are ${count} entries`);
  });
});

suite("an audit over days and histories", withServer, () => {
  const temporal = useTemporal({ hasWorker: false });
  const api = useApi(() => temporal().client, { authentication });
  useSystemWorker(temporal);
  const root = callerWith(api, "key-of-root");
  const eventsPerRun = 25;

  test("loses nothing when a history is full, and is read from the newest to the oldest day", async () => {
    const { connection, namespace } = temporal();
    const client = new WorkflowClient({ connection, namespace });
    const [today, tomorrow, yesterday] = days();
    const begin = (day: string) => ({
      workflowId: auditWorkflowId(undefined, day),
      taskQueue: systemTaskQueue,
      args: [{ day, eventsPerRun }],
    });
    const old = { id: randomUUID(), action: "old", target: {}, requestId: "x" };
    await client.signalWithStart(auditWorkflow, { ...begin(yesterday), signal: "entry", signalArgs: [old] });
    await client.signalWithStart(auditWorkflow, { ...begin(yesterday), signal: "entry", signalArgs: ["not ours"] });
    const since = new Date().toISOString();
    await client.start(auditWorkflow, begin(today));
    await client.start(auditWorkflow, begin(tomorrow));
    const path = `/v1/runs/${await root.begin()}/signals/go`;

    const sent = new Set<string>();
    // A busy server may hold up an entry for so long that the answer is a 503; then nothing was done.
    const signal = async () => {
      const requestId = randomUUID();
      const { status } = await root.post(path, { input: { by: "x" } }, { "x-request-id": requestId });
      if (status === 202) sent.add(requestId);
    };
    while (sent.size < 32) await Promise.all([signal(), signal(), signal(), signal()]);
    const done = (all: readonly Entry[]) => all.filter(({ outcome }) => outcome === "done");
    await until(async () => done(await root.all()).length >= sent.size, 60_000);

    const entries = await root.all("?limit=7");
    assert.deepEqual(new Set(done(entries).map(({ requestId }) => requestId)), sent);
    assert.equal(new Set(entries.map(({ id }) => id)).size, entries.length);
    assert.deepEqual(
      entries.map(({ at }) => at),
      entries
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
    assert.deepEqual([entries.at(-1)?.id, entries.at(-1)?.outcome], [old.id, "unknown"]);
    assert.deepEqual(await root.all(`?limit=200&since=${since}`), entries.slice(0, -1));
    assert.deepEqual(await root.all(`?actor=nobody&since=${since}`), []);
    const rolled = [];
    for await (const run of auditRuns(temporal())) if (run.status.name === "CONTINUED_AS_NEW") rolled.push(run);
    assert.ok(rolled.length > 1, `There were ${rolled.length} runs that continued as new`);
  });
});

suite("an audit that can't be written", withServer, () => {
  const temporal = useTemporal({ hasWorker: false });
  const failing: Pick<TenutoClient, "recordAction"> = { recordAction: () => Promise.reject(new TemporalUnavailable()) };
  const api = useApi(() => ({ ...temporal().client, ...failing }), { authentication });
  const root = callerWith(api, "key-of-root");

  test("is a 503, and what was to be done is not done", async () => {
    const workflowId = await root.begin();

    const reply = await root.post(`/v1/runs/${workflowId}/terminate`, reason);
    const refused = await callerWith(api, "key-of-eve").post(`/v1/runs/${workflowId}/terminate`, reason);

    assert.deepEqual(problemOf(reply), { status: 503, code: "TEMPORAL_UNAVAILABLE", isProblem: true });
    assert.equal((await root.get(`/v1/runs/${workflowId}`)).body["status"], "running");
    assert.equal(refused.status, 403);
  });
});

suite("an API that is killed", withServer, () => {
  const temporal = useTemporal({ hasWorker: true });
  useSystemWorker(temporal);
  let variables: Readonly<Record<string, string>> = {};
  before(() => {
    variables = { TEMPORAL_NAMESPACE: temporal().namespace, TENUTO_API_KEYS: keys };
  });
  const api = useApi(() => temporal().client, { authentication });
  const root = callerWith(api, "key-of-root");

  test("after it wrote an entry leaves it with an unknown outcome, which another API shows", async (t) => {
    const { child, url } = await startApi(t, variables, new URL("fixtures/fixture-api.ts", import.meta.url));
    const doomed = callerWith(() => callsTo(url), "key-of-root");
    const workflowId = randomUUID();
    await root.post("/v1/workflow-types/account/runs", { input: {}, workflowId });
    const deposit = doomed.post(
      `/v1/runs/${workflowId}/updates/deposit`,
      { input: { cents: 1, afterMs: 600_000 } },
      { prefer: "wait=60" },
    );
    deposit.catch(() => undefined); // Cut off.
    const entries = async () => (await root.page()).items.filter(({ target }) => target["workflowId"] === workflowId);
    await until(async () => (await entries()).length === 1, 60_000);

    child.kill("SIGKILL");
    await assert.rejects(deposit);

    const [entry] = await entries();
    assert.ok(entry);
    assert.deepEqual(told(entry), {
      ...{ action: "updateRun", actor: "root", outcome: "unknown", status: undefined, code: undefined, why: undefined },
      target: { workflowId, name: "deposit" },
    });
  });
});

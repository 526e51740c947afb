import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { before as beforeAll, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Connection } from "@temporalio/client";
import { createClient, type TenutoClient } from "tenuto/client";
import { startProxy } from "../api/fixtures/temporal-proxy.ts";
import { eventually } from "../rig/eventually.ts";
import { testServer } from "../rig/stack.ts";
import { workerRig } from "../workflow/fixtures/worker-rig.ts";
import { after, appWith, before, come, event, lastOutcome, letterOf } from "./fixtures/letters.ts";

const reason = "it is mended";
const bytes = (text: string) => Buffer.from(text, "utf8");

describe("events that could not be taken", { timeout: 300_000 }, () => {
  const rig = workerRig(new URL("./fixtures/letters-workflows.ts", import.meta.url));
  const name = `letters-${randomUUID()}`;
  const app = appWith(name, before);
  let client: TenutoClient;
  let stopWorker: () => Promise<void>;
  const startWorker = async (...sources: readonly (typeof before)[]) => {
    const of = appWith(name, ...sources);
    stopWorker = await rig.startWorker({
      app: of,
      activities: [],
      reconcileEvery: "1s",
      alerts: { watchEvery: "never" },
    });
  };
  /** From now on, the app's only worker has these sources. */
  const deploy = async (...sources: readonly (typeof before)[]) => {
    await stopWorker();
    await startWorker(...sources);
  };
  beforeAll(async () => {
    client = await createClient(app, { connection: rig.connection, namespace: rig.namespace, identity: "ada" });
    await startWorker(before);
  });
  const settledAs = (id: string, status: string, of = client) =>
    eventually(`letter ${id} is ${status}`, async () => {
      const letter = await of.deadLetter(id);
      return letter.status === status && letter;
    });
  const refusedAgain = (id: string, count = 2) =>
    eventually(`letter ${id} is open again`, async () => {
      const letter = await client.deadLetter(id);
      return letter.status === "open" && letter.count === count && letter;
    });
  const runsOf = async (workflowId: string) => {
    const query = `WorkflowId = '${workflowId}'`;
    const { executions } = await rig.connection.workflowService.listWorkflowExecutions({
      ...{ namespace: rig.namespace, query },
    });
    return executions.length;
  };
  /** The id that its data gives a run. */
  const runOf = ({ data }: { readonly data: unknown }) => `ticket-${(data as { readonly id: string }).id}`;

  test("each becomes a letter with its payload and why, and is found by its source and type", async () => {
    const cases = [
      { given: event("closed", { id: "a", n: 1 }), type: "UnmatchedEvent", why: /knows opened, noted/ },
      { given: event("opened", { id: "" }), type: "InvalidInput", why: /\/data\/id/ },
      { given: event("noted", { id: "nobody" }), type: "RunNotFound", why: /ticket-nobody/ },
      {
        given: event("broken", { id: "b", card: "4242-4242" }),
        type: "TypeError",
        why: /5 times: No ticket for \[redacted\]/,
      },
    ] as const;
    for (const { given, type, why } of cases) {
      const letter = await client.deadLetter(await letterOf(given, { client }));
      assert.deepEqual([letter.kind, letter.status, letter.count, letter.modes], ["poison", "open", 1, ["restart"]]);
      assert.deepEqual([letter.type, letter.step, letter.error.type], ["tickets", given.type, type]);
      assert.match(letter.error.message, why);
      const { id } = given;
      assert.deepEqual(letter.event, { app: name, source: "tickets", id, type: given.type, content: "data" });
      const shown = type === "TypeError" ? { id: "b", card: "[redacted]" } : given.data;
      assert.deepEqual(letter.input, shown);
      await eventually("it is listed", async () => {
        const { items } = await client.deadLetters({ type: "tickets", step: given.type, kind: "poison" });
        return items.some((each) => each.id === letter.id);
      });
    }
    for (const fine of [event("opened"), event("skipped")])
      assert.equal((await come(fine, { client }))?.status, "done");
    const { items } = await client.deadLetters({ type: "tickets", step: "opened" });
    assert.equal(items.length, 1);
  });

  test("the same event again opens no second letter, also at the same instant and after it was dealt with", async () => {
    const given = event("closed");
    const ids = await Promise.all(Array.from({ length: 10 }, () => letterOf(given, { client })));
    assert.equal(new Set(ids).size, 1);
    const [id = ""] = ids;
    assert.equal((await client.deadLetter(id)).count, 1);
    assert.notEqual(await letterOf(event("closed"), { client }), id);
    await client.discard(id, { reason });
    assert.equal(await letterOf(given, { client }), id);
    assert.equal((await client.deadLetter(id)).status, "discarded");
  });

  test("what has no id is known by its bytes, and opens its letter again once that was dealt with", async () => {
    const given = bytes(`{"n": "${randomUUID()}"`);
    const id = await letterOf(given, { client });
    assert.equal(await letterOf(given, { client }), id);
    const { event: kept, input, count } = await client.deadLetter(id);
    assert.deepEqual([kept, input, count], [{ app: name, source: "tickets", content: "text" }, String(given), 1]);
    await client.discard(id, { reason });
    assert.equal(await letterOf(given, { client }), id);
    const again = await settledAs(id, "open");
    assert.deepEqual([again.count, again.closed], [2, undefined]);
  });

  test("a process that dies before it acknowledges leaves one letter", async () => {
    const given = event("closed");
    const fixture = fileURLToPath(new URL("./fixtures/letters-process.ts", import.meta.url));
    const child = spawn(
      process.execPath,
      [...process.execArgv, fixture, testServer(), rig.namespace, name, JSON.stringify(given)],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    const [id] = (await once(createInterface(child.stdout), "line")) as [string];
    child.kill("SIGKILL");
    await once(child, "exit");
    assert.equal(await letterOf(given, { client }), id);
    assert.equal((await client.deadLetter(id)).count, 1);
  });

  test("while Temporal is away it is held, and becomes a letter later", async (t) => {
    const proxy = await startProxy(t);
    const connection = await Connection.connect({ address: proxy.address, interceptors: [] });
    t.after(() => connection.close());
    const behind = await createClient(app, { connection, namespace: rig.namespace });
    await proxy.close();
    let held = 0;
    const coming = letterOf(bytes(`"${randomUUID()}"`), { client: behind, onHeld: () => (held += 1) });
    await eventually("it is held", () => held > 0);
    await proxy.open();
    assert.equal((await client.deadLetter(await coming)).status, "open");
  });

  test("a consumer that ends leaves what it holds to its broker", async (t) => {
    const proxy = await startProxy(t);
    const connection = await Connection.connect({ address: proxy.address, interceptors: [] });
    t.after(() => connection.close());
    const behind = await createClient(app, { connection, namespace: rig.namespace });
    await proxy.close();
    const ending = new AbortController();
    const coming = come(bytes("{"), { client: behind, signal: ending.signal, onHeld: () => ending.abort() });
    assert.equal(await coming, undefined);
  });

  test("a redrive after a deploy that knows its type begins its run; before that it is refused", async (t) => {
    const given = event("closed");
    const id = await letterOf(given, { client });
    await client.redrive(id, { reason });
    assert.match(lastOutcome(await refusedAgain(id)) ?? "", /UnmatchedEvent/);
    await deploy(after);
    t.after(() => deploy(before));
    const planned = await client.redrive(id, { reason, dryRun: true });
    assert.deepEqual(planned, { id, mode: "restart", dryRun: true, step: "closed", action: "deliver" });
    await assert.rejects(client.redrive(id, { reason, mode: "continue" }), { name: "RedriveUnsound" });
    await client.redrive(id, { reason });
    const letter = await settledAs(id, "resolved");
    const last = letter.redrives.at(-1);
    assert.deepEqual([last?.outcome, last?.newWorkflowId, letter.closed?.by], ["accepted", runOf(given), "ada"]);
    const { status } = await client.result(runOf(given), { waitMs: 20_000, runId: last?.newRunId });
    assert.equal(status, "completed");
    await assert.rejects(client.redrive(id, { reason }), { name: "DeadLetterNotOpen" });
    assert.equal(await letterOf(given, { client }), id, "its old consumer brings it once more");
    assert.equal((await client.deadLetter(id)).status, "resolved");
  });

  test("a redrive with other data takes that, and with data that is no better says so", async () => {
    const id = await letterOf(event("opened", { id: "" }), { client });
    await client.redrive(id, { reason, input: { id: 7 } });
    assert.match((await refusedAgain(id)).error.message, /\/data\/id/);
    const ticket = randomUUID();
    await client.redrive(id, { reason, input: { id: ticket } });
    await settledAs(id, "resolved");
    assert.equal((await client.result(`ticket-${ticket}`, { waitMs: 20_000 })).status, "completed");
  });

  test("what can't be read goes again as an event that is given, and in no other way", async () => {
    const id = await letterOf(bytes(`{"id": "${randomUUID()}"}`), { client });
    assert.equal((await client.deadLetter(id)).event?.content, "json");
    await assert.rejects(client.redrive(id, { reason }), { name: "RedriveUnsound", message: /can't be read/ });
    await assert.rejects(client.redrive(id, { reason, input: { data: {} } }), { name: "InvalidInput" });
    const given = event("opened");
    await client.redrive(id, { reason, input: given });
    await settledAs(id, "resolved");
    assert.equal((await client.result(runOf(given), { waitMs: 20_000 })).status, "completed");
  });

  test("of two redrives at once one goes through, and an event that its run had already makes no other one", async (t) => {
    const given = event("closed");
    const id = await letterOf(given, { client });
    await deploy(after);
    t.after(() => deploy(before));
    const asked = await Promise.allSettled([client.redrive(id, { reason }), client.redrive(id, { reason })]);
    const refused = asked.flatMap((each) => (each.status === "rejected" ? [each.reason as Error] : []));
    assert.deepEqual(
      refused.map((each) => each.name),
      ["DeadLetterNotOpen"],
    );
    await settledAs(id, "resolved");
    await eventually("its run is listed", async () => (await runsOf(runOf(given))) === 1);

    const other = { ...event("closed"), data: given.data };
    const second = await letterOf(other, { client });
    await client.redrive(second, { reason });
    const { redrives } = await settledAs(second, "resolved");
    assert.deepEqual([redrives[0]?.outcome, redrives[0]?.newWorkflowId], ["duplicate", runOf(given)]);
    assert.equal(await runsOf(runOf(given)), 1);
  });

  test("a redrive waits for a worker of its app, and says so", async () => {
    const given = event("closed");
    const id = await letterOf(given, { client });
    await stopWorker();
    const system = await rig.startWorker({ app: appWith(`${name}-other`), activities: [], reconcileEvery: "never" });
    await client.redrive(id, { reason });
    const waiting = await eventually("it says what it waits for", async () => {
      const letter = await client.deadLetter(id);
      return /waits for a worker/.test(lastOutcome(letter) ?? "") && letter;
    });
    assert.equal(waiting.status, "redriving");
    await startWorker(after);
    await settledAs(id, "resolved");
    await eventually("its run is listed", async () => (await runsOf(runOf(given))) === 1);
    await system();
    await deploy(before);
  });

  test("a redrive that no worker takes is withdrawn by a discard", async () => {
    const gone = appWith(`gone-${randomUUID()}`, before);
    const own = await createClient(gone, { connection: rig.connection, namespace: rig.namespace, identity: "ada" });
    const given = event("opened", { id: "" });
    const id = await letterOf(given, { client: own });
    await own.redrive(id, { reason, input: { id: randomUUID(), n: 1 } });
    await eventually("it waits for a worker", async () =>
      /waits for/.test(lastOutcome(await own.deadLetter(id)) ?? ""),
    );
    const { status, closed } = await own.discard(id, { reason: "its app is gone" });
    assert.deepEqual([status, closed?.reason], ["discarded", "its app is gone"]);
    assert.match(lastOutcome(await own.deadLetter(id)) ?? "", /withdrawn before a worker delivered it/);
    await assert.rejects(own.discard(id, { reason }), { code: "DEAD_LETTER_NOT_OPEN" });
    await eventually("its workflow is over", async () => {
      const { pendingActivities, workflowExecutionInfo } =
        await rig.connection.workflowService.describeWorkflowExecution({
          namespace: rig.namespace,
          execution: { workflowId: `tenuto-dead-letter-${id}` },
        });
      return workflowExecutionInfo?.closeTime && (pendingActivities ?? []).length === 0;
    });
  });

  test("a redrive whose worker is killed on the way goes on in another one, and begins one run", async () => {
    const given = event("closed");
    const id = await letterOf(given, { client });
    await stopWorker();
    const fixture = fileURLToPath(new URL("./fixtures/letters-worker.ts", import.meta.url));
    const child = spawn(process.execPath, [...process.execArgv, fixture, testServer(), rig.namespace, name], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(createInterface(child.stdout), "line");
    await client.redrive(id, { reason });
    const [, signal] = (await once(child, "exit")) as [unknown, string];
    assert.equal(signal, "SIGKILL");
    await startWorker(after);
    await settledAs(id, "resolved");
    await eventually("its run is listed", async () => (await runsOf(runOf(given))) === 1);
    await deploy(before);
  });

  test("a source that is gone is told, and the letter is open", async (t) => {
    const id = await letterOf(event("closed"), { client });
    await deploy();
    t.after(() => deploy(before));
    await client.redrive(id, { reason });
    const { error } = await refusedAgain(id);
    assert.deepEqual([error.type, /no event source "tickets"/.test(error.message)], ["UnknownSource", true]);
  });

  test("50 are redriven together after a deploy, each once", { timeout: 120_000 }, async (t) => {
    const given = Array.from({ length: 50 }, () => event("closed"));
    const ids = await Promise.all(given.map((each) => letterOf(each, { client })));
    const { fingerprint } = await client.deadLetter(ids[0] ?? "");
    await deploy(after);
    t.after(() => deploy(before));
    await eventually("all are listed", async () => {
      const { items } = await client.deadLetters({ type: "tickets", kind: "poison", fingerprint, limit: 200 });
      return ids.every((id) => items.some((each) => each.id === id));
    });
    const filter = { type: "tickets", kind: "poison", fingerprint, error: "UnmatchedEvent" } as const;
    const batch = { action: "redrive", filter, reason, ratePerSecond: 100, idempotencyKey: "once" } as const;
    const [{ id }] = await Promise.all([
      client.startBatch(batch),
      client.startBatch({ ...batch, idempotencyKey: "twice" }),
    ]);
    await eventually("the batch is over", async () => (await client.batch(id)).status !== "running");
    for (const each of ids) await settledAs(each, "resolved");
    const runs = await Promise.all(given.map((each) => runsOf(runOf(each))));
    assert.deepEqual(new Set(runs), new Set([1]));
  });

  test("discards, notes and the group of what fails alike", async () => {
    const type = `unknown-${randomUUID()}`;
    const ids = [];
    for (let n = 0; n < 3; n += 1) ids.push(await letterOf(event(type), { client }));
    const [first = ""] = ids;
    const { notes, fingerprint } = await client.note(first, { note: "who sends this?" });
    assert.equal(notes[0]?.by, "ada");
    const group = await eventually("its group has counted them", async () => {
      const found = await client.errorGroup(fingerprint).catch(() => undefined);
      return found?.count === 3 && found;
    });
    assert.deepEqual([group.type, group.step, group.isOfEvents, group.kinds], ["tickets", type, true, { poison: 3 }]);
    await client.redrive(first, { reason });
    await refusedAgain(first);
    await eventually("what fails again is counted", async () => (await client.errorGroup(fingerprint)).count === 4);
    await client.changeErrorGroup(fingerprint, { action: "resolve", reason });
    await letterOf(event(type), { client });
    await eventually("it is back", async () => (await client.errorGroup(fingerprint)).status === "regressed");
    const { status } = await client.startBatch({ action: "discard", filter: { ids }, reason });
    assert.notEqual(status, "completed");
    for (const id of ids) await settledAs(id, "discarded");
  });

  test("the reconciler and the healer leave them alone", async () => {
    const id = await letterOf(event("closed"), { client });
    await sleep(4_000);
    assert.deepEqual([(await client.deadLetter(id)).status, (await client.deadLetter(id)).count], ["open", 1]);
  });

  test("a tenant's events are its own letters, and begin its own runs", async (t) => {
    const acme = client.forTenant("acme");
    const given = event("closed");
    const id = await letterOf(given, { client: acme });
    assert.notEqual(await letterOf(given, { client: client.forTenant("globex") }), id);
    await assert.rejects(client.forTenant("globex").deadLetter(id), { name: "DeadLetterNotFound" });
    await deploy(after);
    t.after(() => deploy(before));
    await acme.redrive(id, { reason });
    const { redrives } = await settledAs(id, "resolved", acme);
    assert.equal(redrives[0]?.newWorkflowId, runOf(given));
    assert.equal((await acme.result(runOf(given), { waitMs: 20_000 })).status, "completed");
    await assert.rejects(client.describe(runOf(given)), { name: "RunNotFound" });
  });
});

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { before, describe, test } from "node:test";
import { createApi, listenApi } from "tenuto/api";
import { createClient, type ListedEventWindow, type TenutoClient } from "tenuto/client";
import { deliver } from "tenuto/events";
import { callsTo } from "../api/fixtures/http.ts";
import { tenuto } from "../cli/fixtures/tenuto-command.ts";
import { checkedAnswers } from "../rig/checked-answers.ts";
import { eventually } from "../rig/eventually.ts";
import { workerRig } from "../workflow/fixtures/worker-rig.ts";
import { editsApp, editSource } from "./fixtures/edits-app.ts";
import { buildingActivities } from "./fixtures/edits-worker.ts";
import { replayWindows, startedLists } from "./fixtures/started-lists.ts";

describe("windows of events", { timeout: 300_000 }, () => {
  const rig = workerRig(new URL("./fixtures/edits-workflows.ts", import.meta.url));
  const app = editsApp(`windows-${randomUUID()}`);
  const source = editSource();
  let client: TenutoClient;
  const startWorker = () =>
    rig.startWorker({ app, activities: [buildingActivities()], maxCachedWorkflows: 0, reconcileEvery: "never" });
  before(async () => {
    await startWorker();
    client = await createClient(app, { connection: rig.connection, namespace: rig.namespace });
  });

  /** Delivers an event; its id is made of what it says. */
  const send = async (type: string, of: string, n: number): Promise<string> => {
    const event = { id: `${of}-${n}`, type, data: { of, n } };
    const delivery = await deliver(client, source, event);
    assert.equal(delivery.outcome, "accepted");
    return (delivery as { workflowId: string }).workflowId;
  };
  const listsOf = async (type: string, of: string) =>
    (await startedLists(rig.client, type)).filter((list) => list.of === of).map(({ numbers }) => numbers);
  const listed = (type: string, of: string, lists: readonly (readonly number[])[]) =>
    eventually(`the runs of ${of} are ${JSON.stringify(lists)}`, async () => {
      const found = await listsOf(type, of);
      return JSON.stringify(found.toSorted()) === JSON.stringify(lists.toSorted());
    });
  const runUnderWay = (window: string, other = "") =>
    eventually("a run is under way", async () => {
      const { run } = await client.eventWindow(window);
      return run && run.runId !== other && run;
    });
  const closed = (workflowId: string) =>
    eventually("it is over", async () => (await client.describe(workflowId)).status !== "running");

  test("debounce: a burst becomes one run with all of it, and a late event another one", async () => {
    const of = randomUUID();
    const answers: unknown[] = [];
    for (const n of [1, 2, 3])
      answers.push(await deliver(client, source, { id: `${of}-${n}`, type: "edit.quiet", data: { of, n } }));
    const [window] = answers as { workflowId: string }[];
    assert.ok(window);
    assert.match(window.workflowId, /^tenuto-window-[0-9a-f]{32}$/);
    assert.deepEqual(
      answers,
      Array(3).fill({ outcome: "accepted", workflowId: window.workflowId, window: "debounce" }),
    );
    const record = await client.eventWindow(window.workflowId);
    assert.deepEqual([record.source, record.type, record.key, record.kind], ["edits", "edit.quiet", of, "debounce"]);
    await listed("digest", of, [[1, 2, 3]]);
    await send("edit.quiet", of, 4);
    await listed("digest", of, [[1, 2, 3], [4]]);
    const { counts, waiting, lastRun } = await eventually("the window knows of both runs", async () => {
      const now = await client.eventWindow(window.workflowId);
      return now.counts.started === 2 && now;
    });
    assert.deepEqual(counts, { events: 4, duplicates: 0, superseded: 0, started: 2, refused: 0 });
    assert.equal(waiting.events, 0);
    assert.equal((await client.describe(lastRun?.workflowId ?? "")).type, "digest");
  });

  test("debounce: events that never stop have a run for what came within `atMost`", async () => {
    const of = randomUUID();
    let n = 0;
    await eventually(
      "a run started while events come",
      async () => {
        await send("edit.quiet", of, (n += n === 12 ? 2 : 1));
        return (await listsOf("digest", of)).length > 0;
      },
      { everyMs: 200 },
    );
    await eventually("all of them are in runs", async () => (await listsOf("digest", of)).flat().length >= n - 1);
    const numbers = (await listsOf("digest", of)).flat().toSorted((a, b) => a - b);
    assert.deepEqual(
      numbers,
      Array.from({ length: n }, (_, index) => index + 1).filter((each) => each !== 13),
    );
  });

  test("batch: so many become a run at once, the others when the time is over; keys do not mix", async () => {
    const [of, other] = [randomUUID(), randomUUID()];
    for (let n = 1; n <= 7; n += 1) {
      await send("edit.batch", of, n);
      if (n < 3) await send("edit.batch", other, n);
    }
    await listed("digest", of, [
      [1, 2, 3, 4, 5],
      [6, 7],
    ]);
    await listed("digest", other, [[1, 2]]);
  });

  test("an event that comes again counts once, also after its run was started; what the filter refuses is in no window", async () => {
    const of = randomUUID();
    for (const n of [1, 1, 2, 1]) await send("edit.quiet", of, n);
    const filtered = await deliver(client, source, { id: `${of}-13`, type: "edit.quiet", data: { of, n: 13 } });
    assert.deepEqual(filtered, { outcome: "filtered" });
    await listed("digest", of, [[1, 2]]);
    const window = await send("edit.quiet", of, 2);
    await eventually("it is counted", async () => (await client.eventWindow(window)).counts.duplicates === 3);
    assert.equal((await client.eventWindow(window)).waiting.events, 0);
    assert.deepEqual(await listsOf("digest", of), [[1, 2]]);
  });

  test("without a key all events of the rule are together, and the rule names the run by all of them", async () => {
    const of = randomUUID();
    await send("edit.all", of, 1);
    await send("edit.all", `${of}-b`, 2);
    await listed("digest", of, [[1, 2]]);
    assert.equal((await client.describe(`all-${of}`)).type, "digest");
  });

  test("singleton: one run at a time, through continue-as-new and a reset; what comes meanwhile is the next", async () => {
    const of = randomUUID();
    const window = await send("edit.one", of, 1);
    const first = await runUnderWay(window);
    for (const n of [2, 3]) await send("edit.one", of, n);
    await client.signal(first.workflowId, "go", { on: "as-new" });
    const asNew = await eventually("it continues as new", async () => {
      const { runId } = await client.describe(first.workflowId);
      return runId !== first.runId && runId;
    });
    await eventually("it has taken its step", async () => (await client.history(first.workflowId)).length >= 10);
    await rig.connection.workflowService.resetWorkflowExecution({
      namespace: rig.namespace,
      workflowExecution: { workflowId: first.workflowId, runId: asNew },
      reason: "by a test",
      workflowTaskFinishEventId: 4 as unknown as Long,
      requestId: randomUUID(),
    });
    // Longer than the window takes to see that a run is over.
    await sleep(1_500);
    assert.deepEqual([(await client.eventWindow(window)).run?.runId, await listsOf("slow", of)], [first.runId, [[1]]]);
    await client.signal(first.workflowId, "go", { on: "end" });
    const second = await runUnderWay(window, first.runId);
    await listed("slow", of, [[1], [2, 3]]);
    await client.terminate(second.workflowId, { reason: "by a test" });
    await eventually("the window is free", async () => (await client.eventWindow(window)).run === undefined);
    await send("edit.one", of, 4);
    const third = await runUnderWay(window, second.runId);
    await rig.connection.workflowService.deleteWorkflowExecution({
      namespace: rig.namespace,
      workflowExecution: { workflowId: third.workflowId, runId: third.runId },
    });
    await eventually("the window is free again", async () => (await client.eventWindow(window)).run === undefined);
  });

  test("latest wins: a newer event has the run canceled, and its own starts when that has undone its step", async () => {
    const of = randomUUID();
    const window = await send("edit.latest", of, 1);
    const first = await runUnderWay(window);
    await eventually("it has taken its step", async () => (await client.history(first.workflowId)).length >= 10);
    for (const n of [2, 3, 4]) await send("edit.latest", of, n);
    const second = await eventually("the newest has a run", async () => {
      const lists = await listsOf("slow", of);
      return lists.some((list) => list.includes(4)) && (await client.eventWindow(window)).run;
    });
    assert.equal((await client.describe(first.workflowId)).status, "canceled");
    const undone = (await client.history(first.workflowId)).some((event) =>
      JSON.stringify(event).includes("building.giveBack"),
    );
    assert.equal(undone, true);
    const { counts } = await client.eventWindow(window);
    const lists = await listsOf("slow", of);
    assert.equal(lists.flat().length + counts.superseded, 4);
    await client.signal(second.workflowId, "go", { on: "end" });
    await closed(second.workflowId);
  });

  test("what the workflow does not take are dead letters; redriven, each is taken, or is another letter", async () => {
    const of = randomUUID();
    for (const n of [-1, 2]) await send("edit.strict", of, n);
    const window = await send("edit.strict", of, 2);
    const refusal = await eventually("it is refused", async () => (await client.eventWindow(window)).refusals[0]);
    assert.deepEqual([refusal.events, refusal.error.type], [2, "InvalidInput"]);
    const [bad = "", good = ""] = refusal.deadLetterIds;
    const { kind, status, error, event, input } = await client.deadLetter(good);
    assert.deepEqual([kind, status, error.type], ["poison", "open", "InvalidInput"]);
    assert.deepEqual([event?.id, event?.window, input], [`${of}-2`, window, { of, n: 2, pad: "" }]);
    assert.deepEqual(await listsOf("strict", of), []);
    await client.redrive(good, { reason: "it was not to blame" });
    await listed("strict", of, [[2]]);
    await eventually("its letter is closed", async () => (await client.deadLetter(good)).status === "resolved");
    // What its sender brings once more is still a repeat.
    await send("edit.strict", of, 2);
    await client.redrive(bad, { reason: "to see" });
    const again = await eventually("it is refused again", async () => (await client.eventWindow(window)).refusals[1]);
    assert.notEqual(again.deadLetterIds[0], bad);
    assert.equal((await client.deadLetter(again.deadLetterIds[0] ?? "")).status, "open");
    assert.deepEqual(await listsOf("strict", of), [[2]]);
  });

  test("a run that has the id of the next one holds it up, and no longer than it goes", async () => {
    const of = randomUUID();
    const window = await send("edit.named", of, 1);
    await listed("named", of, [[1]]);
    await send("edit.named", of, 2);
    const failure = await eventually(
      "the window tells why",
      async () => (await client.eventWindow(window)).starting?.failure,
    );
    assert.equal(failure.type, "RunAlreadyStarted");
    await client.signal(`named-${of}`, "go", {});
    await listed("named", of, [[1], [2]]);
    await client.signal(`named-${of}`, "go", {});
    await closed(`named-${of}`);
  });

  test("while the app has no worker, events wait and are seen to wait; a worker that comes starts their run", async () => {
    const of = randomUUID();
    const queue = editsApp(`windows-late-${randomUUID()}`);
    const late = await createClient(queue, { connection: rig.connection, namespace: rig.namespace });
    const { workflowId } = (await deliver(late, source, { id: "1", type: "edit.batch", data: { of, n: 1 } })) as {
      workflowId: string;
    };
    await eventually("it is being started", async () => (await late.eventWindow(workflowId)).starting);
    await rig.startWorker({ app: queue, activities: [buildingActivities()], reconcileEvery: "never" });
    await listed("digest", of, [[1]]);
  });

  test("windows are found by their marks, and what can't be taken is told", async () => {
    const marks = "TenutoMarks = 'window' AND TenutoMarks = 'source:edits'";
    await eventually("they are listed", async () => (await rig.client.workflow.count(marks)).count > 5);
    const large = { id: "large", type: "edit.quiet", data: { of: "x", n: 1, pad: "x".repeat(300_000) } };
    const refused = await deliver(client, source, large);
    assert.equal(refused.outcome === "refused" && refused.error.name, "PayloadTooLarge");
    const unlisted = editSource("unlisted");
    const event = { id: "1", type: "edit.quiet", data: { of: "x", n: 1 } };
    await assert.rejects(deliver(client, unlisted, event), { name: "InvalidDefinition" });
    await assert.rejects(client.eventWindow("tenuto-window-none"), { name: "RunNotFound" });
  });

  test("a window in which too much waits takes no more until it is room", async () => {
    const of = randomUUID();
    const pad = "x".repeat(240_000);
    const queue = editsApp(`windows-full-${randomUUID()}`);
    const full = await createClient(queue, { connection: rig.connection, namespace: rig.namespace });
    const push = (n: number) => deliver(full, source, { id: `${of}-${n}`, type: "edit.quiet", data: { of, n, pad } });
    let n = 0;
    const error = await eventually("it is full", async () => {
      await sleep(100);
      return push((n += 1)).then(
        () => undefined,
        (reason: unknown) => reason as Error,
      );
    });
    assert.equal(error.name, "WindowFull");
    await rig.startWorker({ app: queue, activities: [buildingActivities()], reconcileEvery: "never" });
    await eventually("it is taken", () => push(n).then(Boolean, () => false));
    await eventually("all are in runs", async () => (await listsOf("digest", of)).flat().length === n);
    assert.deepEqual(
      (await listsOf("digest", of)).flat().toSorted((a, b) => a - b),
      Array.from({ length: n }, (_, index) => index + 1),
    );
  });

  test("windows are listed by their source and shown, over REST and by the command", async () => {
    const [of, other] = [randomUUID(), randomUUID()];
    const ids = [await send("edit.long", of, 1), await send("edit.long", other, 1)];
    const api = await listenApi(createApi({ client, app }), { host: "127.0.0.1", port: 0 });
    try {
      const answers = await checkedAnswers(api.url);
      const calls = callsTo(api.url, answers.fetch);
      const page = async (query: string) =>
        (await calls.get(`/v1/event-windows${query}`)).body as {
          items: ListedEventWindow[];
          nextCursor: string | null;
        };
      const listed = await eventually("both are listed", async () => {
        const { items } = await page("?source=edits&limit=200");
        return ids.every((id) => items.some((item) => item.id === id)) && items;
      });
      const found = listed.find(({ id }) => id === ids[1]);
      assert.deepEqual([found?.source, found?.type, found?.key], ["edits", "edit.long", other]);
      assert.deepEqual([found?.kind, found?.waiting.events, found?.counts.events], ["batch", 1, 1]);
      for (const source of ["EDITS", "no-such", 'what\'s "it"?'])
        assert.deepEqual(await page(`?source=${encodeURIComponent(source)}`), { items: [], nextCursor: null });
      const first = await page("?source=edits&limit=1");
      const second = await page(`?source=edits&limit=1&cursor=${encodeURIComponent(first.nextCursor ?? "")}`);
      assert.deepEqual([first.items.length, second.items.length], [1, 1]);
      assert.notEqual(first.items[0]?.id, second.items[0]?.id);
      const shown = await calls.get(`/v1/event-windows/${ids[1]}`);
      assert.deepEqual([shown.status, shown.body["id"], shown.body["key"]], [200, ids[1], other]);
      const none = await calls.get("/v1/event-windows/no-such-window");
      assert.deepEqual([none.status, none.body["code"]], [404, "RUN_NOT_FOUND"]);
      assert.deepEqual(answers.faults, []);

      const env = { TENUTO_URL: api.url, COLUMNS: "250" };
      const table = await tenuto(["events", "windows", "edits"], { env });
      assert.ok(ids.every((id) => table.stdout.includes(id)) && /batch +1 /.test(table.stdout), table.stdout);
      const one = await tenuto(["events", "window", ids[1] ?? ""], { env });
      assert.match(one.stdout, new RegExp(`Gathers +edit.long of edits[^]+Key +${other}\\nWaiting +1 events`));
    } finally {
      await api.close();
      for (const each of [of, other]) await send("edit.long", each, 2);
      for (const each of [of, other]) await listed("digest", each, [[1, 2]]);
    }
  });

  test("every run of a window replays without a cache, and none is long", async () => {
    const { runs, longest } = await replayWindows(rig.client);
    assert.ok(runs > 10 && longest < 2_000, `${runs} runs, the longest of ${longest} events`);
  });
});

// What the dashboard shows of lanes with runs in them, and of windows in which events are gathered.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, describe, test, type TestContext } from "node:test";
import { isDeepStrictEqual } from "node:util";
import type { App } from "tenuto";
import { implementActivities } from "tenuto/activity";
import { createApi, listenApi } from "tenuto/api";
import { createClient, type TenutoClient } from "tenuto/client";
import { deliver } from "tenuto/events";
import { laneIdOf } from "../../src/sdk/core/lane.ts";
import { editsApp, editSource } from "../events/fixtures/edits-app.ts";
import { buildingActivities } from "../events/fixtures/edits-worker.ts";
import { alone, job, jobsApp, journal } from "../lanes/fixtures/jobs.contract.ts";
import { browser, chromium, type Tab } from "../rig/browser.ts";
import { eventually } from "../rig/eventually.ts";
import { workerRig } from "../workflow/fixtures/worker-rig.ts";
import { assertSound, isAt, phone } from "./fixtures/dashboard-rig.ts";
import { type Row, rowsOf } from "./fixtures/overview-page.ts";

const skip = chromium === undefined && "There is no Chromium here: on Debian, apt-get install chromium";
const hostile = `<script>document.title="hacked"</script> ‮ ${"long-".repeat(30)}`;
const looks = [
  ["light", 1_280],
  ["dark", 1_280],
  ["light", phone],
  ["dark", phone],
] as const;

/** Serves an app until the suite ends; the answer is its client, and the address of the dashboard. */
async function serve(t: Pick<TestContext, "after">, app: App, rig: ReturnType<typeof workerRig>) {
  const client = await createClient(app, { connection: rig.connection, namespace: rig.namespace });
  const closing = new AbortController();
  const server = await listenApi(createApi({ client, app, closing: closing.signal }), { host: "127.0.0.1", port: 0 });
  t.after(async () => {
    closing.abort();
    await server.close();
  });
  return { client, url: `${server.url}/dashboard` };
}

/** Asks the page anew until a table of it says what is expected. */
async function says(
  tab: Tab,
  { caption, refresh }: { readonly caption: string; readonly refresh: string },
  rows: readonly Row[],
) {
  const seen: { rows?: readonly Row[] } = {};
  const isSo = async () => {
    await tab.press(refresh);
    seen.rows = await rowsOf(tab, caption);
    return isDeepStrictEqual(seen.rows, rows);
  };
  await eventually(caption, isSo, { withinMs: 90_000, everyMs: 500 }).catch(() => assert.deepEqual(seen.rows, rows));
}

describe("lanes with runs in them, on the dashboard", { skip, timeout: 300_000 }, () => {
  const rig = workerRig(new URL("../lanes/fixtures/jobs-workflows.ts", import.meta.url));
  const app = jobsApp(`lanes-${randomUUID()}`);
  const { open } = browser();
  const list = { caption: "Lanes", refresh: "Refresh" };

  test("a lane tells who is at work and who waits, follows them, and is gone when nobody is in it", async (t) => {
    await rig.startWorker({
      ...{ app, activities: [implementActivities(journal, { write: async () => null })], reconcileEvery: "never" },
    });
    const { client, url } = await serve(t, app, rig);
    const start = async (id: string) => (await client.start(job, { id, customer: hostile })).workflowId;
    const end = (workflowId: string) => client.signal(workflowId, "go", { on: "end" });
    const lane = () => client.lane(laneIdOf({ type: "job", key: hostile })).catch(() => undefined);
    const areAtWork = (count: number) =>
      eventually(`${count} are at work`, async () => (await lane())?.holders.length === count);
    const first = await start("first");
    await areAtWork(1);
    const second = await start("second");
    await areAtWork(2);
    const third = await start("third");
    await client.start(alone, { id: "only", customer: "anybody" });

    const tab = await open({ width: 1_280 });
    await tab.goTo(`${url}/lanes`);
    await isAt(tab, "Lanes");
    await says(tab, list, [
      { Lane: "alone", "At work": "1 of 1", Waiting: "0", "At its limit": "Others wait" },
      { Lane: `job${hostile.slice(0, 100)}…`, "At work": "2 of 2", Waiting: "1", "At its limit": "Others wait" },
    ]);
    assert.notEqual(await tab.read("document.title"), "hacked");
    await assertEverywhere(`${url}/lanes`, "lanes-full");

    await tab.follow("job");
    await isAt(tab, hostile);
    const facts = await tab.read<string>("document.querySelector('dl').textContent");
    assert.match(facts, /May be at work2At its limitOthers waitGot a slot2Refused0/);
    const ids = async (caption: string) => (await rowsOf(tab, caption)).map((row) => row["Workflow id"]);
    assert.deepEqual(await ids("Runs at work, the longest first"), [first, second]);
    assert.deepEqual(await ids("Runs that wait, in their order"), [third]);
    await tab.shows("Waiting: 1");
    await assertEverywhere(await tab.read<string>("location.href"), "lane-full");

    await end(first);
    await eventually("the one that waited is at work", async () => {
      await tab.press("Refresh");
      return (await ids("Runs at work, the longest first")).join() === [second, third].join();
    });
    await tab.shows("No run waits");
    await tab.follow(third);
    await isAt(tab, third);
    for (const workflowId of [second, third, "alone-only"]) await end(workflowId);
    await tab.goTo(`${url}/lanes`);
    await isAt(tab, "Lanes");
    await says(tab, list, []);
    await tab.shows("No run is in a lane");
    assert.deepEqual(tab.complaints, []);
  });

  async function assertEverywhere(address: string, name: string): Promise<void> {
    for (const [theme, width] of looks) {
      const tab = await open({ theme, width });
      await tab.goTo(address);
      await tab.holds(`document.querySelectorAll("table.table").length > 0`);
      await assertSound(tab, `${name}-${theme}-${width}`);
    }
  }
});

describe("windows of events with events in them, on the dashboard", { skip, timeout: 300_000 }, () => {
  const rig = workerRig(new URL("../events/fixtures/edits-workflows.ts", import.meta.url));
  const app = editsApp(`windows-${randomUUID()}`);
  const source = editSource();
  const { open } = browser();
  let client: TenutoClient;
  before(async () => {
    await rig.startWorker({ app, activities: [buildingActivities()], reconcileEvery: "never" });
  });

  const send = async (type: string, of: string, n: number) => {
    const delivery = await deliver(client, source, { id: `${type}-${of}-${n}`, type, data: { of, n } });
    assert.equal(delivery.outcome, "accepted");
  };

  test("each tells what it gathers and until when, what its run is, and what it has started", async (t) => {
    const served = await serve(t, app, rig);
    ({ client } = served);
    const table = { caption: "Windows, the one that began last first", refresh: "Refresh the windows" };
    // One that waits for an hour, one whose second event has begun a run, and one whose run goes until it is told.
    await send("edit.long", hostile, 1);
    for (const n of [1, 2, 3]) await send("edit.long", "filled", n);
    await send("edit.one", "single", 1);
    await send("edit.one", "single", 2);

    const tab = await open({ width: 1_280 });
    await tab.goTo(`${served.url}/event-sources`);
    await isAt(tab, "Event sources");
    const row = (window: string, more: Row): Row => ({ Window: window, "Being started": "–", Refused: "0", ...more });
    await says(tab, table, [
      row("edits: edit.onesingle", {
        Kind: "Singleton",
        Waiting: "1 event",
        Run: "At work",
        "So far": "2 events, 1 run",
      }),
      row("edits: edit.longfilled", {
        ...{ Kind: "Batch", Waiting: "1 event, closes in 59 min.", Run: "The last one", "So far": "3 events, 1 run" },
      }),
      row(`edits: edit.long${hostile.slice(0, 100)}…`, {
        ...{ Kind: "Batch", Waiting: "1 event, closes in 59 min.", Run: "–", "So far": "1 event, 0 runs" },
      }),
    ]);
    assert.notEqual(await tab.read("document.title"), "hacked");
    for (const [theme, width] of looks) {
      const other = await open({ theme, width });
      await other.goTo(`${served.url}/event-sources`);
      await other.shows("edit.one");
      await assertSound(other, `event-windows-full-${theme}-${width}`);
    }
    await tab.follow("At work");
    await tab.shows("slow");
    await tab.back();
    await tab.shows("The last one");
    assert.deepEqual(tab.complaints, []);
  });
});

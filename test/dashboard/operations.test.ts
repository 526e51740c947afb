import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, describe, test } from "node:test";
import { raiseAlert } from "../../src/sdk/client/raise-alert.ts";
import { Temporal } from "../../src/sdk/client/temporal.ts";
import { callsTo } from "../api/fixtures/http.ts";
import { chromium, type Tab } from "../rig/browser.ts";
import { eventually } from "../rig/eventually.ts";
import { anOrder, startOrder } from "../rig/orders.ts";
import { assertSound, dashboardRig, isAt, phone } from "./fixtures/dashboard-rig.ts";

const skip = chromium === undefined && "There is no Chromium here: on Debian, apt-get install chromium";
const script = `<script>document.title="hacked"</script>`;

/** Does something that asks for nothing but a reason. */
async function act(tab: Tab, label: string, reason: string): Promise<void> {
  await tab.press(label);
  await tab.fill("Reason", reason);
  await tab.press(label);
}

describe("what runs it, on the dashboard", { skip }, () => {
  const rig = dashboardRig();
  before(async () => {
    await callsTo(rig.url).post("/v1/schedules/deploy", { reason: "the code is new" });
  });

  test("the rate of a task queue is changed while workers run: at 0 steps wait, and then go on", async () => {
    const tab = await rig.open("/queues");
    await isAt(tab, "Queues and workers");
    await tab.shows("Steps begin without a limit");
    await tab.holds(`document.querySelectorAll("table").length >= 3`);
    await assertSound(tab, "queues");
    await tab.press("Change the rate");
    await tab.fill("Steps a second at most (optional)", "0");
    await tab.fill("Reason", "the provider asks for it");
    await tab.press("Change the rate");
    await tab.shows("All steps are held");
    const waiting = () =>
      tab.read<number>(`[...document.querySelectorAll("tr")].reduce(
        (sum, { cells }) => sum + (cells[0]?.innerText === "Steps" ? Number(cells[1].innerText) : 0), 0)`);
    const runs: Awaited<ReturnType<typeof startOrder>>[] = [];
    const start = async (order = anOrder()) => {
      runs.push(await startOrder(rig.stack, order));
      return order.id;
    };
    // Workers hear of a rate within ten seconds; what they are handed before that begins.
    const oneWaits = async () => {
      await start();
      return (await waiting()) > 0;
    };
    await eventually("a step waits", oneWaits, { withinMs: 60_000, everyMs: 1_000 });
    const before = await waiting();
    const held = await start();
    await eventually("so does that of the next order", async () => (await waiting()) > before, { withinMs: 60_000 });
    assert.deepEqual(await rig.stack.effects(held), []);
    await tab.press("Change the rate");
    await tab.fill("Steps a second at most (optional)", "50");
    await tab.fill("Reason", "the provider is well");
    await tab.press("Change the rate");
    await tab.shows("50 steps a second at most");
    for (const run of runs) await run.result();
  });

  test("a schedule is paused, resumed and triggered, and shows the run that it started", async () => {
    const tab = await rig.open("/schedules");
    await tab.shows("dailyDigest");
    await tab.shows("30 7 * * mon-fri (Europe/Berlin)");
    await assertSound(tab, "schedules");
    await tab.follow("dailyDigest");
    await isAt(tab, "dailyDigest");
    await tab.shows("Due next");
    await act(tab, "Pause", "holidays");
    await tab.shows("It is paused.");
    await tab.shows("holidays");
    await act(tab, "Resume", "back again");
    await tab.shows("It is due again.");
    await tab.press("Trigger");
    await tab.fill("Reason", "the team asks");
    await tab.press("Trigger");
    await tab.shows("A run is started.");
    await eventually(
      "its run is shown",
      async () => {
        await tab.press("Refresh");
        return tab.read(`document.querySelectorAll("tbody tr").length > 0`);
      },
      { everyMs: 500 },
    );
    await assertSound(tab, "schedule");
  });

  test("an event source is paused and resumed, and says by whom and why", async () => {
    const tab = await rig.open("/event-sources");
    await tab.shows("Orders and returns of the shop");
    await tab.shows("No events are being gathered");
    await assertSound(tab, "event-sources");
    await act(tab, "Pause", "the front end is mended");
    await tab.shows("dev, just now: the front end is mended");
    await act(tab, "Resume", "it is mended");
    await tab.holds(`!document.body.innerText.includes("the front end is mended")`);
  });

  test("an alert is acknowledged with a reason, and what it says is shown as text", async () => {
    const { connection, namespace } = rig.stack;
    await raiseAlert(new Temporal({ connection, namespace, identity: "rules" }), {
      ...{ rule: "no-poller", subject: `${script} ${randomUUID()}`, occurrence: "first", severity: "critical" },
      ...{ title: `${script} no worker polls`, text: `${script}${"x".repeat(3_000)}`, channels: [], coolDownMs: 0 },
      ...{ links: { queue: "http://ui.example/", other: "javascript:alert(1)" }, at: new Date().toISOString() },
    });
    const tab = await rig.open("/alerts?status=open");
    await isAt(tab, "Alerts");
    await eventually(
      "it is listed",
      async () => {
        await tab.press("Refresh");
        return (await tab.read<string>("document.body.innerText")).includes("no worker polls");
      },
      { everyMs: 1_000 },
    );
    assert.equal(await tab.read(`document.querySelectorAll("a[href^=javascript]").length`), 0);
    assert.notEqual(await tab.read("document.title"), "hacked");
    await assertSound(tab, "alerts");
    await act(tab, "Acknowledge", "on it");
    await tab.shows("It is yours.");
    await tab.goTo(`${rig.url}/dashboard/alerts?status=acknowledged`);
    await tab.shows("By dev: on it");
  });

  test("a rule is tried over the last day, turned off, and given back", async () => {
    const tab = await rig.open("/alert-rules");
    await isAt(tab, "Alert rules");
    await eventually(
      "the shipped rules are there",
      async () => {
        await tab.press("Refresh");
        return tab.read(`document.querySelectorAll("tbody tr").length > 0`);
      },
      { everyMs: 1_000 },
    );
    await assertSound(tab, "alert-rules");
    await tab.press("Try");
    await tab.shows("It would have raised");
    await tab.key("Escape");
    await act(tab, "Turn off", "too loud");
    await tab.shows("It raises nothing now.");
    await tab.shows("Somebody, over the API");
    await act(tab, "Take the edit back", "as it was");
    await tab.holds(`!document.body.innerText.includes("Somebody, over the API")`);
  });

  test("the audit says who did what, why, and what came of it", async () => {
    const tab = await rig.open("/audit");
    await tab.shows("Set queue rate");
    await tab.shows("the provider is well");
    await tab.shows("dev (admin)");
    await assertSound(tab, "audit");
  });

  test("lanes say that there are none", async () => {
    const tab = await rig.open("/lanes");
    await tab.shows("No run is in a lane");
    await assertSound(tab, "lanes");
  });

  test("every one of these views is sound in both themes and at both widths", async () => {
    const places = [
      "queues",
      "schedules",
      "schedules/dailyDigest",
      "event-sources",
      "alerts",
      "alert-rules",
      "audit",
      "lanes",
    ];
    for (const [theme, width] of [
      ["dark", 1_280],
      ["light", phone],
      ["dark", phone],
    ] as const) {
      const tab = await rig.open("/queues", { theme, width });
      for (const place of places) {
        await tab.goTo(`${rig.url}/dashboard/${place}`);
        await tab.holds(`document.querySelector("h1") !== null && document.querySelector(".loading") === null`);
        await assertSound(tab, `${place.replaceAll("/", "-")}-${theme}-${width}`);
      }
    }
  });
});

describe("what viewers see of it on the dashboard", { skip }, () => {
  const rig = dashboardRig({ TENUTO_API_KEYS: "vic:viewer:the-key-of-vic" });

  test("a viewer sees every view but the audit, and no button that changes something", async () => {
    const tab = await rig.open("/queues");
    await isAt(tab, "Sign in to Tenuto");
    await tab.fill("API key or token", "the-key-of-vic");
    await tab.press("Sign in");
    await isAt(tab, "Queues and workers");
    const titles = {
      queues: "Queues and workers",
      schedules: "Schedules",
      "event-sources": "Event sources",
      alerts: "Alerts",
      "alert-rules": "Alert rules",
      lanes: "Lanes",
      tasks: "Tasks",
      "dead-letters": "Dead letters",
      "error-groups": "Error groups",
      batches: "Batch operations",
    };
    for (const [place, title] of Object.entries(titles)) {
      await tab.goTo(`${rig.url}/dashboard/${place}`);
      await isAt(tab, title);
      await tab.holds(`document.querySelector(".loading") === null`);
      const buttons = await tab.read<readonly string[]>(
        `[...document.querySelectorAll("main button")].map((each) => each.textContent)`,
      );
      assert.deepEqual(
        buttons.filter((label) => !label.startsWith("Refresh")),
        [],
        place,
      );
    }
    await tab.goTo(`${rig.url}/dashboard/audit`);
    await tab.shows("You may not see this");
    assert.equal(
      await tab.read(`[...document.querySelectorAll("nav a")].some(({ textContent }) => textContent === "Audit")`),
      false,
    );
  });
});

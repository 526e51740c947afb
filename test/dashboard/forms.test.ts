import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { callsTo } from "../api/fixtures/http.ts";
import { chromium, type Tab } from "../rig/browser.ts";
import { eventually } from "../rig/eventually.ts";
import { anOrder, startOrder } from "../rig/orders.ts";
import { assertSound, dashboardRig, isAt, phone } from "./fixtures/dashboard-rig.ts";

const skip = chromium === undefined && "There is no Chromium here: on Debian, apt-get install chromium";

type Body = Readonly<Record<string, unknown>>;

async function buttons(tab: Tab): Promise<readonly string[]> {
  return tab.read(`[...document.querySelectorAll("main button")].map(({ textContent }) => textContent)`);
}

describe("rules and schedules made on the dashboard", { skip }, () => {
  const rig = dashboardRig();
  const read = async (path: string): Promise<Body> => (await callsTo(rig.url).get(path)).body;

  before(async () => {
    await callsTo(rig.url).post("/v1/schedules/deploy", { reason: "the code is new" });
    const isThere = async () => ((await read("/v1/alert-rules"))["items"] as readonly unknown[]).length > 0;
    await eventually("the shipped rules are there", isThere, { withinMs: 60_000, everyMs: 500 });
  });

  test("an alert rule is made from a form, edited with a reason, and deleted", async () => {
    const tab = await rig.open("/alert-rules");
    await tab.shows("Runs are stuck");
    await tab.press("New rule");
    await tab.choose("What it looks for", "Runs are slow");
    await tab.fill("Id", "orders-slow");
    await tab.fill("Of the workflow type", "fulfillOrder");
    await tab.fill("Takes more than", "five minutes");
    await tab.fill("Title", "Orders are slow");
    await tab.fill("Reason", "the customers wait");
    await assertSound(tab, "rule-form");
    await tab.press("New rule");
    await tab.shows("A number and a unit, such as 30s, 10m, 2h or 1d");
    await tab.fill("Takes more than", "5m");
    await tab.press("New rule");
    await tab.shows("The rule is there.");
    await tab.shows("Orders are slow");
    const { condition, severity, channels, isEnabled, origin, changed } = await read("/v1/alert-rules/orders-slow");
    assert.deepEqual(condition, {
      ...{ kind: "latency", type: "fulfillOrder", percentile: 95 },
      ...{ aboveMs: 300_000, windowMs: 600_000, minRuns: 20 },
    });
    assert.deepEqual([severity, channels, isEnabled, origin], ["error", ["log"], true, "api"]);
    assert.equal((changed as Body)["reason"], "the customers wait");
    const rowButton = (label: string) =>
      tab.read(`[...[...document.querySelectorAll("tbody tr")].find((row) => row.textContent.includes("orders-slow"))
        .querySelectorAll("button")].find(({ textContent }) => textContent === "${label}").click()`);
    await rowButton("Edit");
    await tab.fill("Takes more than", "90s");
    await tab.choose("Severity", "critical");
    await tab.fill("Reason", "too late");
    await tab.press("Edit");
    await tab.shows("The rule is changed.");
    await tab.shows("p95 is above 1 min 30 s");
    const edited = await read("/v1/alert-rules/orders-slow");
    assert.deepEqual(
      [edited["severity"], (edited["condition"] as Body)["aboveMs"], (edited["changed"] as Body)["reason"]],
      ["critical", 90_000, "too late"],
    );
    await rowButton("Delete");
    await tab.fill("Reason", "it was a test");
    await tab.press("Delete");
    await tab.holds(`!document.querySelector("main").textContent.includes("orders-slow")`);
  });

  test("what a rule would have raised is told before it is kept, and of what stands in its form", async () => {
    const dear = anOrder({ card: "declined" });
    await startOrder(rig.stack, dear);
    await eventually("it has failed", async () => (await read(`/v1/runs/order-${dear.id}`))["status"] === "failed");
    const tab = await rig.open("/alert-rules");
    await tab.shows("Runs are stuck");
    await tab.press("New rule");
    await tab.choose("What it looks for", "A share of runs fails");
    await tab.fill("Of the workflow type (optional)", "fulfillOrder");
    await tab.fill("Of at least so many runs", "1");
    await tab.fill("Within", "an hour");
    await tab.press("Try it on the last day");
    await tab.shows("A number and a unit, such as 30s, 10m, 2h or 1d");
    await tab.fill("Within", "1h");
    await tab.fill("Title", "Orders fail");
    await tab.press("Try it on the last day");
    await tab.shows("It would have raised 1 alert.");
    await tab.shows("Orders fail.");
    await assertSound(tab, "rule-tried");
    await tab.fill("Of the workflow type (optional)", "nobody");
    await tab.holds(`document.querySelector(".trial") === null`);
    await tab.press("Try it on the last day");
    await tab.shows("It would have raised 0 alerts.");
    const { items } = await read("/v1/alert-rules");
    assert.ok(!(items as readonly { readonly title: string }[]).some(({ title }) => title === "Orders fail"));
  });

  test("a rule whose id is taken is not written over by a new one", async () => {
    const tab = await rig.open("/alert-rules");
    await tab.shows("Runs are stuck");
    await tab.press("New rule");
    await tab.fill("Id", "tenuto.stuck-run");
    await tab.fill("Title", "Mine");
    await tab.fill("Reason", "a slip");
    await tab.press("New rule");
    await tab.shows("A rule has this id already.");
    assert.equal((await read("/v1/alert-rules/tenuto.stuck-run"))["title"], "Runs are stuck");
  });

  test("a schedule is made from a form, edited with a reason, and deleted", async () => {
    const tab = await rig.open("/schedules");
    await tab.shows("dailyDigest");
    await tab.press("New schedule");
    await tab.shows("Starts runs of");
    await tab.fill("Id", "boardDigest");
    await tab.choose("Starts runs of", "dailyDigest");
    await tab.fill("Cron", "0 25 * * *");
    await tab.fill("Time zone", "Europe/Berlin");
    await tab.fill("To", "board@shop.example");
    await tab.fill("Reason", "the board asks for it");
    await assertSound(tab, "schedule-form");
    await tab.press("New schedule");
    await tab.holds(`document.querySelector("dialog [aria-invalid]")?.labels?.[0]?.textContent === "Cron"`);
    await tab.fill("Cron", "0 8 * * fri");
    await tab.press("New schedule");
    await isAt(tab, "boardDigest");
    await tab.shows("0 8 * * fri");
    await tab.shows("the board asks for it");
    const made = (await read("/v1/schedules/boardDigest"))["spec"] as Body;
    assert.deepEqual(
      [made["type"], made["at"], made["timeZone"], made["input"], made["overlap"]],
      ["dailyDigest", [{ kind: "cron", cron: "0 8 * * fri" }], "Europe/Berlin", { to: "board@shop.example" }, "skip"],
    );
    await tab.press("Edit");
    await tab.shows("Time 1");
    await tab.choose("Time 1", "At an interval");
    await tab.fill("Every", "2h");
    await tab.choose("While one runs", "One waits");
    await tab.fill("Reason", "more often");
    await tab.press("Edit");
    await tab.shows("The schedule is changed.");
    await tab.shows("Every 2h");
    await tab.shows("more often");
    const { at, overlap, input } = (await read("/v1/schedules/boardDigest"))["spec"] as Body;
    assert.deepEqual(
      [at, overlap, input],
      [[{ kind: "every", every: "2h" }], "bufferOne", { to: "board@shop.example" }],
    );
    await tab.press("Delete");
    await tab.fill("Reason", "it was a test");
    await tab.press("Delete");
    await isAt(tab, "Schedules");
    await tab.holds(`!document.querySelector("main").textContent.includes("boardDigest")`);
  });

  test("a schedule of the code is edited, and the edit is taken back", async () => {
    const tab = await rig.open("/schedules/dailyDigest");
    await isAt(tab, "dailyDigest");
    await tab.shows("30 7 * * mon-fri");
    await tab.press("Edit");
    await tab.shows("Time 1");
    await tab.fill("Cron", "0 8 * * mon-fri");
    await tab.fill("Reason", "seven is too early");
    await tab.press("Edit");
    await tab.shows("Yes, no deploy changes it");
    await tab.shows("0 8 * * mon-fri");
    await tab.press("Take the edit back");
    await tab.fill("Reason", "it is not");
    await tab.press("Take the edit back");
    await tab.shows("30 7 * * mon-fri");
    assert.equal((await read("/v1/schedules/dailyDigest"))["isEdited"], false);
  });

  test("the forms are sound on a phone and in the dark", async () => {
    for (const [theme, width] of [
      ["light", phone],
      ["dark", phone],
      ["dark", 1_280],
    ] as const) {
      const tab = await rig.open("/alert-rules", { theme, width });
      await tab.shows("Runs are stuck");
      await tab.press("New rule");
      await tab.holds(`document.querySelector("dialog[open]") !== null`);
      await assertSound(tab, `rule-form-${theme}-${width}`);
      await tab.goTo(`${rig.url}/dashboard/schedules`);
      await tab.shows("New schedule");
      await tab.press("New schedule");
      await tab.shows("Time 1");
      await assertSound(tab, `schedule-form-${theme}-${width}`);
    }
  });
});

describe("rules and schedules for who may not change them", { skip }, () => {
  const rig = dashboardRig({ TENUTO_API_KEYS: "olga:operator:the-key-of-olga" });

  test("an operator is shown no form of a rule or a schedule", async () => {
    const tab = await rig.open("/alert-rules");
    await isAt(tab, "Sign in to Tenuto");
    await tab.fill("API key or token", "the-key-of-olga");
    await tab.press("Sign in");
    await tab.shows("Runs are stuck");
    const shown = await buttons(tab);
    assert.ok(shown.includes("Try"));
    assert.deepEqual(
      shown.filter((label) => ["New rule", "Edit", "Turn off"].includes(label)),
      [],
    );
    await tab.goTo(`${rig.url}/dashboard/schedules`);
    await isAt(tab, "Schedules");
    await tab.holds(`document.querySelector(".loading") === null`);
    assert.deepEqual(await buttons(tab), ["Refresh"]);
  });
});

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { chromium, type Tab } from "../rig/browser.ts";
import { eventually } from "../rig/eventually.ts";
import { anOrder, startOrder } from "../rig/orders.ts";
import { assertSound, dashboardRig, isAt, phone } from "./fixtures/dashboard-rig.ts";

const skip = chromium === undefined && "There is no Chromium here: on Debian, apt-get install chromium";

/** Rollups count closed runs every few seconds. */
const countedWithinMs = 90_000;

describe("the overview of the dashboard", { skip }, () => {
  const rig = dashboardRig();
  const complete = async () => {
    const run = await startOrder(rig.stack, anOrder());
    await run.result();
  };
  const numberOf = (tab: Tab, title: string) =>
    tab.read<string | undefined>(`document.querySelector('[data-number="${title}"]')?.textContent`);
  const says = (tab: Tab, title: string, number: string) =>
    eventually(`${title} is ${number}`, async () => (await numberOf(tab, title)) === number, {
      withinMs: countedWithinMs,
    });

  test("its numbers are those of the runs that closed, and follow them without being asked", async () => {
    // The rig has completed one.
    for (let count = 0; count < 2; count += 1) await complete();
    const declined = await startOrder(rig.stack, anOrder({ card: "declined" }));
    await assert.rejects(declined.result());
    const waiting = await startOrder(rig.stack, anOrder({ lines: [{ sku: "sofa", quantity: 1, unitCents: 90_000 }] }));
    const tab = await rig.open("/?window=1h");
    await says(tab, "Completed", "3");
    await says(tab, "Failed", "1");
    assert.equal(await numberOf(tab, "Failure rate"), "25 %");
    await tab.shows("Counted up to");
    await tab.shows("Live");
    await complete();
    await says(tab, "Completed", "4");
    assert.equal(await numberOf(tab, "Failure rate"), "20 %");
    await assertSound(tab, "overview");
    await waiting.terminate("the test is over");
  });

  test("every window is sound in both themes and at both widths, and is a place of its own", async () => {
    for (const [theme, width] of [
      ["light", 1_280],
      ["dark", 1_280],
      ["light", phone],
      ["dark", phone],
    ] as const) {
      const tab = await rig.open("/", { theme, width });
      await isAt(tab, "Overview");
      await tab.shows("By workflow type");
      await tab.shows("Runs that closed");
      await assertSound(tab, `overview-${theme}-${width}`);
      await tab.follow("7 days");
      await eventually("the window is in the address", () => tab.read("location.search === '?window=7d'"));
      await tab.shows("By workflow type");
      await tab.back();
      await eventually("the first window is back", () => tab.read("location.search === ''"));
    }
  });

  test("a tab that loads page after page can go on: those that it left hold no connection", async () => {
    const tab = await rig.open("/");
    for (let loads = 0; loads < 10; loads += 1) {
      await tab.goTo(`${rig.url}/dashboard/?window=1h&load=${loads}`);
      await tab.shows("By workflow type");
      await tab.shows("Live");
    }
    await tab.back();
    await eventually("the page before is there", () => tab.read("location.search.endsWith('load=8')"));
    await tab.shows("Live");
  });

  test("one type has an overview of its own", async () => {
    await complete();
    const tab = await rig.open("/workflow-types/fulfillOrder");
    await tab.shows("In the last 24 hours");
    await tab.follow("Its numbers over time");
    await isAt(tab, "Overview of fulfillOrder");
    await tab.shows("Runs that closed");
    await tab.follow("All types");
    await isAt(tab, "Overview");
  });
});

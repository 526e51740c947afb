import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { raiseAlert } from "../../src/sdk/client/raise-alert.ts";
import { Temporal } from "../../src/sdk/client/temporal.ts";
import { callsTo } from "../api/fixtures/http.ts";
import { chromium, type Tab } from "../rig/browser.ts";
import { eventually } from "../rig/eventually.ts";
import { letterOf } from "../rig/parked.ts";
import { askedOrder } from "./fixtures/asked-order.ts";
import { assertSound, dashboardRig, isAt } from "./fixtures/dashboard-rig.ts";

const skip = chromium === undefined && "There is no Chromium here: on Debian, apt-get install chromium";

/** A list is read again every 15 seconds at least; what it shows has to be listed by Temporal first. */
const shownWithinMs = 60_000;

const shows = (tab: Tab, text: string) =>
  eventually(
    `"${text}" is listed`,
    () => tab.read<boolean>(`document.querySelector("main").innerText.includes(${JSON.stringify(text)})`),
    { withinMs: shownWithinMs },
  );

/** How often a page has asked for a list. */
const timesAsked = (tab: Tab, path: string) =>
  tab.read<number>(
    `performance.getEntriesByType("resource").filter(({ name }) => new URL(name).pathname.endsWith("${path}")).length`,
  );

/** At most one each 15 seconds, and one for each count that changed. */
async function assertFewAsked(tab: Tab, path: string, changes: number): Promise<void> {
  const openForMs = await tab.read<number>("performance.now()");
  const most = 1 + Math.ceil(openForMs / 15_000) + changes;
  const asked = await timesAsked(tab, path);
  assert.ok(asked >= 2 && asked <= most, `${path} was asked ${asked} times in ${openForMs} ms`);
}

describe("open lists of the dashboard", { skip }, () => {
  const rig = dashboardRig();

  /** Raises an alert with a text that no other has. */
  async function raise(): Promise<string> {
    const { connection, namespace } = rig.stack;
    const title = `Nobody polls ${randomUUID()}`;
    await raiseAlert(new Temporal({ connection, namespace, identity: "rules" }), {
      ...{
        rule: "no-poller",
        subject: randomUUID(),
        occurrence: "first",
        severity: "error",
        title,
        text: "Work waits.",
      },
      ...{ channels: [], coolDownMs: 0, links: {}, at: new Date().toISOString() },
    });
    return title;
  }

  test("a new task shows up by itself, and moves neither the focus nor what is half typed", async () => {
    const tab = await rig.open("/tasks");
    await isAt(tab, "Tasks");
    await tab.shows("Live");
    await tab.fill("Kind of task", "half typed");
    const { run, title } = await askedOrder(rig.stack);
    await shows(tab, title);
    const field = await tab.read<{ readonly label: string; readonly value: string }>(
      `({ label: document.activeElement.labels?.[0]?.textContent, value: document.activeElement.value })`,
    );
    assert.deepEqual(field, { label: "Kind of task", value: "half typed" });
    await assertFewAsked(tab, "/v1/tasks", 4);
    await assertSound(tab, "tasks-live");
    await run.terminate("the test is over");
  });

  test("a new dead letter and its error group show up by themselves, and a page that is scrolled stays where it is", async () => {
    const [letters, groups] = [await rig.open("/dead-letters"), await rig.open("/error-groups")];
    await isAt(letters, "Dead letters");
    await isAt(groups, "Error groups");
    await letters.shows("Live");
    await letters.read("document.activeElement.blur(); window.scrollTo(0, 40)");
    const scrolled = await letters.read<number>("scrollY");
    const { run, order } = await askedOrder(rig.stack);
    await run.terminate("the test is over");
    const { id } = await letterOf(callsTo(rig.url), order);
    const isListed = () =>
      letters.read<boolean>(`document.querySelector('main a[href$="/dead-letters/${id}"]') !== null`);
    await eventually("its dead letter is listed", isListed, { withinMs: shownWithinMs });
    await shows(groups, "fulfillOrder");
    assert.equal(await letters.read("scrollY"), scrolled);
    await assertFewAsked(letters, "/v1/dead-letters", 4);
    await assertFewAsked(groups, "/v1/error-groups", 8);
  });

  test("a new alert shows up by itself, but not behind a form that somebody fills in", async () => {
    const [busy, idle] = [await rig.open("/alerts"), await rig.open("/alerts")];
    for (const tab of [busy, idle]) await isAt(tab, "Alerts");
    const first = await raise();
    await shows(busy, first);
    await busy.press("Acknowledge");
    await busy.fill("Reason", "half a");
    const second = await raise();
    await shows(idle, second);
    assert.equal(await busy.read(`document.querySelector("main").textContent.includes("${second}")`), false);
    assert.equal(await busy.read(`document.querySelector("dialog textarea").value`), "half a");
    await busy.key("Escape");
    await shows(busy, second);
    await assertFewAsked(busy, "/v1/alerts", 4);
  });
});

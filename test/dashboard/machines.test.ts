import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { returnRequest } from "../../src/workflows/return-request.contract.ts";
import { callsTo } from "../api/fixtures/http.ts";
import { chromium, type Tab } from "../rig/browser.ts";
import { eventually } from "../rig/eventually.ts";
import { anOrder, startOrder } from "../rig/orders.ts";
import { assertSound, dashboardRig, phone } from "./fixtures/dashboard-rig.ts";

const skip = chromium === undefined && "There is no Chromium here: on Debian, apt-get install chromium";

/** What the drawing says, in an order of its own. */
const statesDrawn = (tab: Tab) =>
  tab.read<readonly string[]>(`[...document.querySelectorAll("svg [data-state]")].map((each) => each.dataset.state)`);
const arrowsDrawn = (tab: Tab) =>
  tab.read<readonly string[]>(`[...document.querySelectorAll("svg .machine-label")]
    .map(({ dataset, textContent }) => dataset.from + " -> " + dataset.to + ": " + textContent)`);
const current = (tab: Tab) =>
  tab.read<{ readonly drawn: readonly string[]; readonly listed: readonly string[] }>(`({
    drawn: [...document.querySelectorAll("svg .machine-state.is-current")].map((each) => each.dataset.state),
    listed: [...document.querySelectorAll(".states [aria-current]")].map((each) => each.textContent),
  })`);
const isDrawn = (tab: Tab) => eventually("it is drawn", async () => (await statesDrawn(tab)).length > 0);

describe("state machines on the dashboard", { skip }, () => {
  const rig = dashboardRig();

  /** A return of an order that was paid. */
  async function askedReturn(): Promise<string> {
    const order = anOrder();
    const run = await startOrder(rig.stack, order);
    const { chargeId } = (await run.result()) as { readonly chargeId: string };
    const workflowId = `return-${randomUUID()}`;
    const input = { orderId: order.id, chargeId, amountCents: 1_200, lines: [{ sku: "mug", quantity: 1 }] };
    await rig.stack.client.workflow.start("returnRequest", { taskQueue: "shop", workflowId, args: [input] });
    return workflowId;
  }

  test("each state and each transition of a type is in its diagram, and in words beside it", async () => {
    const tab = await rig.open("/workflow-types/returnRequest", { width: 1_280 });
    await isDrawn(tab);
    const nodes = [...returnRequest.nodes.values()].filter(({ path }) => path !== "");
    assert.deepEqual((await statesDrawn(tab)).toSorted(), nodes.map(({ path }) => path).toSorted());
    assert.deepEqual((await arrowsDrawn(tab)).toSorted(), [
      "inspected -> closed: done",
      "inspected -> manual: a step failed",
      "inspected.refund.paying -> inspected.refund.paid: repay done",
      "inspected.restocking.putting -> inspected.restocking.put: restock done, if",
      "inspected.restocking.putting -> inspected.restocking.writtenOff: restock done",
      "manual -> inspected: decide, if",
      "manual -> rejected: decide, if",
      "manual -> settled: settle",
      "requested -> expired: after 14d",
      "requested -> inspected: inspect, if",
      "requested -> manual: inspect",
    ]);
    assert.deepEqual(await current(tab), { drawn: [], listed: [] });
    await tab.press("Its transitions, in words");
    assert.equal(await tab.read(`document.querySelectorAll(".transitions tbody tr").length`), 11);
    await assertSound(tab, "type-machine");
  });

  test("what a run is in is marked, and the mark moves while the page is open when an event is sent", async () => {
    const workflowId = await askedReturn();
    const tab = await rig.open(`/runs/${workflowId}`, { width: 1_280 });
    await isDrawn(tab);
    const isIn = (path: string) =>
      eventually(
        `${path} is marked`,
        async () => {
          const { drawn, listed } = await current(tab);
          return drawn.join() === path && listed.join() === path;
        },
        { withinMs: 60_000 },
      );
    await isIn("requested");
    await tab.shows("It is in requested.");
    await assertSound(tab, "run-machine");
    const { status } = await callsTo(rig.url).post(`/v1/runs/${workflowId}/updates/inspect`, { input: { ok: false } });
    assert.equal(status, 202);
    await isIn("manual");
    await tab.shows("It is in manual.");
    const settled = { input: { note: "paid by bank transfer" } };
    await callsTo(rig.url).post(`/v1/runs/${workflowId}/updates/settle`, settled);
    await isIn("settled");
  });

  test("a diagram is sound in both themes, and on a phone, where it scrolls in its own place", async () => {
    const workflowId = await askedReturn();
    for (const [theme, width] of [
      ["light", phone],
      ["dark", phone],
      ["dark", 1_280],
    ] as const) {
      const tab = await rig.open(`/runs/${workflowId}`, { theme, width });
      await isDrawn(tab);
      await tab.shows("It is in requested.");
      await assertSound(tab, `run-machine-${theme}-${width}`);
      const place = await tab.read<{ readonly wide: number; readonly room: number; readonly isCurrentSeen: boolean }>(`
        (() => {
          const machine = document.querySelector(".machine");
          const outer = machine.getBoundingClientRect();
          const inner = machine.querySelector(".machine-state.is-current").getBoundingClientRect();
          return {
            wide: machine.scrollWidth,
            room: machine.clientWidth,
            isCurrentSeen: inner.left >= outer.left && inner.right <= outer.right,
          };
        })()`);
      assert.ok(place.isCurrentSeen, JSON.stringify(place));
      if (width === phone) assert.ok(place.wide > place.room, JSON.stringify(place));
    }
  });
});

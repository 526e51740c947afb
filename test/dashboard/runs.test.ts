import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { chromium } from "../rig/browser.ts";
import { eventually } from "../rig/eventually.ts";
import { anOrder, startOrder } from "../rig/orders.ts";
import { changeService } from "../rig/stack.ts";
import { assertSound, dashboardRig, isAt, phone } from "./fixtures/dashboard-rig.ts";

const skip = chromium === undefined && "There is no Chromium here: on Debian, apt-get install chromium";
const dear = { lines: [{ sku: "sofa", quantity: 1, unitCents: 90_000 }] };

describe("runs on the dashboard", { skip }, () => {
  const rig = dashboardRig();

  test("an order is started from the form of its schema, watched live, and approved", async () => {
    const id = randomUUID();
    const tab = await rig.open("/workflow-types/fulfillOrder");
    await tab.shows("Reserves stock, charges the card");
    await tab.press("Start a run");
    await tab.fill("Id", id);
    await tab.fill("Customer", "ada@example.com");
    await tab.fill("Card", "ok");
    await tab.fill("Address", "1 Main St");
    await tab.press("Add line");
    await tab.fill("Sku", "sofa");
    await tab.fill("Quantity", "1");
    await tab.fill("Unit cents", "90000");
    await tab.press("Start a run");
    await isAt(tab, `order-${id}`);
    await tab.shows("The run is started.");
    await tab.shows("Approve order");
    await tab.shows("payments.chargeCard");
    await tab.press("Signal approve");
    await tab.choose("Approved", "Yes");
    await tab.fill("By", "Ada");
    await tab.press("Signal approve");
    await tab.shows("The signal approve is sent.");
    await tab.shows("Completed");
    await tab.shows("Result");
    await tab.shows("trackingNumber");
    await assertSound(tab, "run-completed");
    const { status } = await rig.stack.client.workflow.getHandle(`order-${id}`).describe();
    assert.equal(status.name, "COMPLETED");
  });

  test("what is wrong with a start is said beside its field, and the JSON of the form can be written instead", async () => {
    const tab = await rig.open("/workflow-types/fulfillOrder");
    await tab.shows("Policies");
    await tab.press("Start a run");
    await tab.press("JSON");
    await tab.fill("JSON", `{"id": "x", `);
    await tab.shows("This is no JSON");
    await tab.fill("JSON", JSON.stringify({ ...anOrder(), card: 5 }));
    await tab.press("Start a run");
    await tab.shows("/card");
    assert.equal(await tab.read(`document.querySelector("textarea[aria-invalid=true]") !== null`), true);
    await tab.key("Escape");
    await tab.holds(`document.querySelector("dialog") === null`);
    assert.equal(await tab.read("document.activeElement.textContent"), "Start a run");
    // It says of the refused start that it was: 422.
    assert.deepEqual(
      tab.complaints.filter((complaint) => !complaint.includes("422")),
      [],
    );
  });

  test("a run is paused, resumed, canceled and terminated with a reason, which its timeline tells", async () => {
    const order = anOrder(dear);
    await startOrder(rig.stack, order);
    const tab = await rig.open(`/runs/order-${order.id}`);
    await tab.shows("Approve order");
    await tab.press("Pause");
    await tab.fill("Reason", "look at it first");
    await tab.press("Pause");
    await tab.shows("It is paused");
    await tab.shows("Paused by dev: look at it first");
    await tab.press("Resume");
    await tab.fill("Reason", "all is well");
    await tab.press("Resume");
    await tab.shows("The run goes on.");
    await tab.press("Terminate");
    await tab.fill("Reason", "started by mistake");
    await tab.press("Terminate");
    await tab.shows("started by mistake");
    await tab.shows("Why it ended");
    await assertSound(tab, "run-terminated");
  });

  test("a parked step shows its attempts as they come, and what the run waits for", async () => {
    await changeService(rig.stack, "payments", { available: false });
    const order = anOrder();
    await startOrder(rig.stack, order);
    const tab = await rig.open(`/runs/order-${order.id}`, { width: phone });
    await tab.shows("Retrying");
    await tab.shows("attempts");
    await eventually(
      "the step is parked",
      async () => (await tab.read<string>("document.body.innerText")).includes("A step is parked: payments.chargeCard"),
      { withinMs: 120_000 },
    );
    await tab.shows("Open its dead letter");
    await assertSound(tab, "run-parked-phone");
    await tab.press("Skip this step");
    await tab.fill("JSON", '{"chargeId": "by-hand"}');
    await tab.fill("Reason", "charged by hand");
    await tab.press("Skip this step");
    await tab.shows("Completed");
    await changeService(rig.stack, "payments", { available: true });
  });

  test("a run that failed and undid what it did shows its undos and why", async () => {
    const order = anOrder({ card: "declined" });
    const run = await startOrder(rig.stack, order);
    await assert.rejects(run.result());
    const tab = await rig.open(`/runs/order-${order.id}`);
    await tab.shows("CardDeclined");
    await tab.shows("stock.release");
    await tab.shows("Undo");
    await assertSound(tab, "run-failed");
  });

  test("a run that starts or ends shows up in an open list within seconds, without being asked for", async () => {
    const tab = await rig.open("/runs?type=fulfillOrder");
    await tab.holds(`document.querySelectorAll("tbody tr").length > 0`);
    await tab.shows("Live");
    const order = anOrder(dear);
    const pill = `[...document.querySelectorAll("tbody tr")]
      .find((row) => row.textContent.includes("order-${order.id.slice(0, 20)}"))?.querySelector(".pill")?.textContent`;
    const says = (status: string) =>
      eventually(`the list says ${status}`, () => tab.read<boolean>(`${pill} === "${status}"`), { withinMs: 60_000 });
    const run = await startOrder(rig.stack, order);
    await says("Running");
    await run.terminate("the test is over");
    await says("Terminated");
    await assertSound(tab, "runs-live");
  });

  test("the list of runs is read page by page, each of which is a place of its own", async () => {
    // The server lists them by their ends, and what comes live by their starts: one after the other, that is the same.
    const runs: Awaited<ReturnType<typeof startOrder>>[] = [];
    for (let count = 0; count < 3; count += 1) {
      const run = await startOrder(rig.stack, anOrder());
      await run.result();
      runs.push(run);
    }
    const ids = runs.map(({ workflowId }) => `'${workflowId}'`).join(", ");
    const listed = `ExecutionStatus = 'Completed' AND WorkflowId IN (${ids})`;
    await eventually("all are listed", async () => (await rig.stack.client.workflow.count(listed)).count === 3);
    const tab = await rig.open("/runs?type=fulfillOrder&status=completed&limit=2");
    const rows = () => tab.read<readonly string[]>(`[...document.querySelectorAll("tbody a")].map((a) => a.href)`);
    await tab.holds(`document.querySelectorAll("tbody tr").length === 2`);
    const first = await rows();
    await tab.follow("Next page");
    await tab.shows("First page");
    const isNext = async () => {
      const next = await rows();
      return next.length > 0 && next.every((row) => !first.includes(row));
    };
    await eventually("other runs are shown", isNext);
    await tab.back();
    await eventually("the first page is back", async () => {
      const again = await rows();
      return first.every((row) => again.includes(row));
    });
  });

  test("the list of runs filters by what is in its address", async () => {
    const tab = await rig.open("/runs?type=fulfillOrder&status=completed");
    await tab.holds(`document.querySelectorAll("tbody tr").length > 0`);
    await tab.choose("Status", "terminated");
    await tab.holds(`location.search.includes("status=terminated")`);
    await tab.holds(`[...document.querySelectorAll("td .pill")].every((each) => each.textContent === "Terminated")`);
    await tab.back();
    await tab.holds(`location.search.includes("status=completed")`);
    await tab.choose("Type", "dailyDigest");
    await tab.shows("No run is like that");
  });
});

describe("hostile strings on the dashboard", { skip }, () => {
  const rig = dashboardRig();
  const script = `<script>document.title="hacked"</script><img src=x onerror='document.title="hacked"'>`;
  const odd = `\u202Ertl \u{1F9E8}\u{1F3F4}\u200D\u2620\uFE0F ${script}`;

  test("are shown as text in ids, inputs, signals and reasons, in both themes and at both widths", async () => {
    const workflowId = `${odd} ${"long".repeat(150)} ${randomUUID()}`;
    const order = anOrder({ ...dear, address: `${script}${"x".repeat(900)}`, customer: `${odd}${"y".repeat(100)}` });
    const options = { taskQueue: "shop", workflowId, args: [order] };
    const run = await rig.stack.client.workflow.start("fulfillOrder", options);
    await run.signal(odd, { text: script.repeat(200) });
    await eventually("it is charged", async () => (await rig.stack.effects(order.id)).length >= 2);
    await run.terminate(`${odd} ${"reason".repeat(1_000)}`);
    for (const theme of ["light", "dark"] as const) {
      for (const width of [1_280, phone]) {
        const tab = await rig.open(`/runs/${encodeURIComponent(workflowId)}`, { theme, width });
        await tab.shows("reasonreason");
        await tab.shows(script);
        assert.equal(await tab.read("document.images.length"), 0);
        assert.notEqual(await tab.read("document.title"), "hacked");
        await assertSound(tab, `hostile-run-${theme}-${width}`);
        await tab.goTo(`${rig.url}/dashboard/runs`);
        await tab.shows(script.slice(0, 20));
        await assertSound(tab, `hostile-runs-${theme}-${width}`);
      }
    }
  });
});

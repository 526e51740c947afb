import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { callsTo } from "../api/fixtures/http.ts";
import { chromium, type Tab } from "../rig/browser.ts";
import { anOrder, startOrder } from "../rig/orders.ts";
import { letterOf } from "../rig/parked.ts";
import { changeService } from "../rig/stack.ts";
import { askedOrder } from "./fixtures/asked-order.ts";
import { assertSound, dashboardRig, isAt, phone } from "./fixtures/dashboard-rig.ts";

const skip = chromium === undefined && "There is no Chromium here: on Debian, apt-get install chromium";

/** What a failure may say: markup, text from right to left, and very much of it. */
const script = `<script>document.title="hacked"</script><img src=x onerror='document.title="hacked"'>`;
const hostile = `${script} \u202Ertl \u{1F9E8} ${"reason".repeat(150)}`;

describe("dead letters on the dashboard", { skip }, () => {
  const rig = dashboardRig();
  const orders = [anOrder(), anOrder(), anOrder(), anOrder()];
  const [byHand = anOrder(), ...others] = orders;
  let terminated = anOrder();
  const ids = new Map<string, string>();

  before(async () => {
    const api = callsTo(rig.url);
    const { run, order } = await askedOrder(rig.stack);
    terminated = order;
    await run.terminate(hostile);
    await changeService(rig.stack, "payments", { available: false });
    for (const each of orders) await startOrder(rig.stack, each);
    for (const each of [...orders, terminated]) ids.set(each.id, (await letterOf(api, each)).id);
  });
  const placeOf = ({ id }: { readonly id: string }) => `/dead-letters/${ids.get(id) ?? ""}`;

  test("a parked step is explained, noted, and completed with an output that was made by hand", async () => {
    const tab = await rig.open(`/dead-letters?type=fulfillOrder&kind=parked`);
    await tab.holds(`document.querySelectorAll("tbody tr").length === 4`);
    await assertSound(tab, "dead-letters");
    await tab.goTo(`${rig.url}/dashboard${placeOf(byHand)}`);
    await isAt(tab, "A step is parked");
    await tab.shows("payments.chargeCard");
    await tab.shows("Input of the run");
    await assertSound(tab, "dead-letter");
    await tab.press("Add a note");
    await tab.fill("What is to be known", "the bank was called");
    await tab.press("Add a note");
    await tab.shows("It is noted.");
    await tab.press("Redrive");
    await tab.shows("The step runs again where it is.");
    await tab.choose("With", "A given output: it was done by hand");
    await tab.shows("The step ends with the output that you give.");
    await tab.fill("JSON", '{"chargeId": "by-hand"}');
    await tab.fill("Reason", "charged by phone");
    await assertSound(tab, "dead-letter-redrive");
    await tab.press("Redrive");
    await tab.shows("It goes again.");
    const result = (await rig.stack.client.workflow.getHandle(`order-${byHand.id}`).result()) as {
      readonly chargeId: string;
    };
    assert.equal(result.chargeId, "by-hand");
  });

  test("a batch for those that are picked can be stopped", async () => {
    const tab = await rig.open("/dead-letters?type=fulfillOrder&kind=parked");
    await tab.holds(`document.querySelectorAll("tbody input[type=checkbox]").length >= 3`);
    await tab.read(
      `[...document.querySelectorAll("tbody input[type=checkbox]")].slice(0, 2).forEach((each) => each.click())`,
    );
    await tab.shows("Redrive the 2 picked");
    await tab.press("Redrive the 2 picked");
    await tab.fill("How many a second", "0.1");
    await tab.fill("Reason", "look first");
    await tab.press("Redrive the 2 picked");
    await isAt(tab, "Redrive (dry run)");
    await tab.shows("Running");
    await tab.press("Stop");
    await tab.fill("Reason", "looked enough");
    await tab.press("Stop");
    await tab.shows("It begins no further item.");
    await tab.shows("Stopped");
    await tab.shows("looked enough");
  });

  test("when the provider is back, all are tried by a dry run and redriven, watched to the end, and charged once", async () => {
    await changeService(rig.stack, "payments", { available: true });
    const tab = await rig.open("/dead-letters?type=fulfillOrder&kind=parked");
    await tab.holds(`document.querySelectorAll("tbody tr").length === 3`);
    await tab.press("Redrive all of these");
    await tab.fill("Reason", "the provider is back");
    await tab.press("Redrive all of these");
    await isAt(tab, "Redrive (dry run)");
    await tab.shows("3 of 3");
    await tab.shows("Would be done");
    await tab.shows("Completed");
    await assertSound(tab, "batch-dry-run");
    await seenProgress(tab);
    await tab.press("Do it now");
    await tab.fill("How many a second", "1");
    await tab.fill("Reason", "the provider is back");
    await tab.press("Do it now");
    await isAt(tab, "Redrive");
    await tab.shows("3 of 3");
    await tab.shows("Completed");
    await tab.holds(`[...document.querySelectorAll("td .pill")].every(({ textContent }) => textContent === "Done")`);
    const seen = await tab.read<readonly string[]>("window.seenProgress");
    assert.ok(
      seen.some((text) => text === "1 of 3" || text === "2 of 3"),
      `It was watched on the way: ${seen.join(", ")}`,
    );
    await assertSound(tab, "batch-completed");
    for (const { id } of others) {
      await rig.stack.client.workflow.getHandle(`order-${id}`).result();
      assert.equal((await rig.stack.effects(id)).filter((effect) => effect === "payments.charge").length, 1);
    }
    await tab.follow("All batch operations");
    await isAt(tab, "Batch operations");
    await tab.holds(`document.querySelectorAll("tbody tr").length === 3`);
    await assertSound(tab, "batches");
    await tab.back();
    await isAt(tab, "Redrive");
  });

  test("a group of failures is assigned, ignored until something, opened again, and resolved", async () => {
    const tab = await rig.open("/error-groups?step=payments.chargeCard");
    await tab.holds(`document.querySelectorAll("tbody tr").length === 1`);
    await assertSound(tab, "error-groups");
    await tab.read(`document.querySelector("tbody a").click()`);
    await tab.shows("What they have in common");
    await tab.press("Assign");
    await tab.fill("To whom", "ada");
    await tab.press("Assign");
    await tab.shows("It is ada's now.");
    await tab.press("Ignore");
    await tab.fill("Until so many more failures (optional)", "20");
    await tab.fill("Reason", "the provider knows");
    await tab.press("Ignore");
    await tab.shows("20 more failures");
    await assertSound(tab, "error-group");
    await tab.press("Open it again");
    await tab.fill("Reason", "it is ours");
    await tab.press("Open it again");
    await tab.shows("It is open again.");
    await tab.shows("Resolve");
    await tab.press("Resolve");
    await tab.fill("Reason", "mended");
    await tab.press("Resolve");
    await tab.shows("By dev: mended");
  });

  test("what a failure says is shown as text in lists, letters and groups, in both themes and at both widths", async () => {
    for (const theme of ["light", "dark"] as const) {
      for (const width of [1_280, phone]) {
        const tab = await rig.open("/dead-letters?kind=terminated", { theme, width });
        await tab.shows(script);
        await assertSound(tab, `hostile-dead-letters-${theme}-${width}`);
        await tab.goTo(`${rig.url}/dashboard${placeOf(terminated)}`);
        await isAt(tab, "The run was terminated");
        await tab.shows(script);
        await assertSound(tab, `hostile-dead-letter-${theme}-${width}`);
        await tab.follow("All failures like it");
        await tab.shows("What they have in common");
        await assertSound(tab, `hostile-error-group-${theme}-${width}`);
        assert.equal(await tab.read("document.images.length"), 0);
        assert.notEqual(await tab.read("document.title"), "hacked");
      }
    }
  });

  test("a dead letter of which nothing more is wanted is discarded with a reason", async () => {
    const tab = await rig.open(placeOf(terminated));
    await isAt(tab, "The run was terminated");
    await tab.press("Discard");
    await tab.fill("Reason", "it was a test");
    await tab.press("Discard");
    await tab.shows("By dev: it was a test");
    await tab.holds(
      `![...document.querySelectorAll("main button")].some(({ textContent }) => textContent === "Redrive")`,
    );
  });
});

/** Notes what the page says of progress from now on. */
async function seenProgress(tab: Tab): Promise<void> {
  await tab.read(`(() => {
    window.seenProgress = [];
    const look = () => {
      for (const [text] of document.body.innerText.matchAll(/\\d+ of \\d+/g)) {
        if (!window.seenProgress.includes(text)) window.seenProgress.push(text);
      }
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  })()`);
}

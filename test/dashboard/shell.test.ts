import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { chromium } from "../rig/browser.ts";
import { anOrder, startOrder } from "../rig/orders.ts";
import { assertSound, dashboardRig, isAt, phone } from "./fixtures/dashboard-rig.ts";

const skip = chromium === undefined && "There is no Chromium here: on Debian, apt-get install chromium";
const keys = "ada:admin:the-key-of-ada,vic:viewer:the-key-of-vic";

describe("signing in to the dashboard", { skip }, () => {
  const rig = dashboardRig({ TENUTO_API_KEYS: keys });
  const signedIn = async (place: string, key: string) => {
    const tab = await rig.open(place);
    await isAt(tab, "Sign in to Tenuto");
    await tab.fill("API key or token", key);
    await tab.press("Sign in");
    return tab;
  };

  test("a wrong key is refused in words, and the right one opens the place that was asked for", async () => {
    const tab = await signedIn("/workflow-types", "nobody's");
    await tab.shows("The credentials are not valid");
    await tab.fill("API key or token", "the-key-of-ada");
    await tab.press("Sign in");
    await isAt(tab, "Workflow types");
    await tab.shows("ada");
    assert.equal(await tab.read("document.cookie"), "");
    await tab.press("Sign out");
    await isAt(tab, "Sign in to Tenuto");
    // The page asked who it is before it knew, and was refused twice.
    assert.deepEqual(
      tab.complaints.filter((complaint) => !complaint.includes("401")),
      [],
    );
  });

  test("who changes something by a session sends its token, and is in the history by name", async () => {
    const order = anOrder({ lines: [{ sku: "sofa", quantity: 1, unitCents: 90_000 }] });
    const run = await startOrder(rig.stack, order);
    const tab = await signedIn(`/runs/order-${order.id}`, "the-key-of-ada");
    await tab.shows("Cancel");
    await tab.press("Cancel");
    await tab.fill("Reason", "ordered twice");
    await tab.press("Cancel");
    await tab.shows("The run is asked to cancel.");
    await assert.rejects(run.result());
    await tab.shows("Canceled");
  });

  test("a viewer sees the views, and no button that changes something", async () => {
    const order = anOrder({ lines: [{ sku: "sofa", quantity: 1, unitCents: 90_000 }] });
    const run = await startOrder(rig.stack, order);
    const tab = await signedIn(`/runs/order-${order.id}`, "the-key-of-vic");
    await tab.shows("What it did");
    const buttons = await tab.read<readonly string[]>(
      `[...document.querySelectorAll("main button")].map((each) => each.textContent)`,
    );
    assert.deepEqual(buttons, []);
    assert.doesNotMatch(await tab.read<string>("document.querySelector('header').innerText"), /Audit/);
    await run.terminate("the test is over");
  });
});

describe("the dashboard's shell", { skip }, () => {
  const rig = dashboardRig();

  test("without credentials who uses the dashboard on this machine is dev", async () => {
    const tab = await rig.open("/runs");
    await isAt(tab, "Runs");
    await tab.shows("dev");
  });

  test("a view gets the focus and names the tab when it is navigated to, and the back button leads back", async () => {
    const tab = await rig.open("/runs");
    await isAt(tab, "Runs");
    await tab.follow("Workflow types");
    await isAt(tab, "Workflow types");
    await tab.holds(`document.activeElement === document.querySelector("h1")`);
    assert.equal(await tab.read("document.title"), "Workflow types · Tenuto");
    assert.equal(await tab.read("location.pathname"), "/dashboard/workflow-types");
    assert.equal(await tab.read(`document.querySelector("[aria-current=page]").textContent`), "Workflow types");
    await tab.back();
    await isAt(tab, "Runs");
  });

  test("a link that is followed as soon as it is there leads where it says", async () => {
    const tab = await rig.open("/runs");
    await tab.read(`new Promise((resolve) => {
      const follow = () => {
        const link = [...document.querySelectorAll("nav a")].find(({ textContent }) => textContent === "Workflow types");
        if (!link) return;
        seen.disconnect();
        link.click();
        resolve();
      };
      const seen = new MutationObserver(follow);
      seen.observe(document, { childList: true, subtree: true });
      follow();
    })`);
    await isAt(tab, "Workflow types");
  });

  test("the first Tab leads to a link that skips the navigation", async () => {
    const tab = await rig.open("/runs");
    await isAt(tab, "Runs");
    await tab.key("Tab");
    assert.equal(await tab.read("document.activeElement.textContent"), "Skip to the content");
    await tab.key("Enter");
    await tab.holds(`document.activeElement.id === "content"`);
  });

  test("an address that no view has says so", async () => {
    const tab = await rig.open("/nothing/here");
    await isAt(tab, "There is no such page");
  });

  test("colours follow the machine until somebody chooses, and stay as chosen", async () => {
    const tab = await rig.open("/runs", { theme: "dark" });
    await isAt(tab, "Runs");
    const ground = () => tab.read<string>("getComputedStyle(document.documentElement).backgroundColor");
    const dark = await ground();
    await tab.choose("Colours", "Light");
    assert.notEqual(await ground(), dark);
    await tab.goTo(`${rig.url}/dashboard/workflow-types`);
    await isAt(tab, "Workflow types");
    assert.notEqual(await ground(), dark);
    await tab.choose("Colours", "As the system");
    assert.equal(await ground(), dark);
  });

  test("the navigation is folded on a phone, and opens", async () => {
    const tab = await rig.open("/workflow-types", { width: phone });
    await isAt(tab, "Workflow types");
    await assertSound(tab, "workflow-types-phone");
    const isShown = `document.querySelector("nav").getClientRects().length > 0`;
    assert.equal(await tab.read(isShown), false);
    await tab.press("Menu");
    assert.equal(await tab.read(isShown), true);
    await tab.follow("Runs");
    await isAt(tab, "Runs");
    assert.equal(await tab.read(isShown), false);
  });
});

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { chromium } from "../rig/browser.ts";
import { askedOrder } from "./fixtures/asked-order.ts";
import { assertSound, dashboardRig, isAt, phone } from "./fixtures/dashboard-rig.ts";

const skip = chromium === undefined && "There is no Chromium here: on Debian, apt-get install chromium";
const keys = "ann:viewer+approver:the-key-of-ann,vic:viewer:the-key-of-vic";
const script = `<script>document.title="hacked"</script>`;

describe("the task inbox of the dashboard", { skip }, () => {
  const rig = dashboardRig();
  const asked = (changes?: Parameters<typeof askedOrder>[1]) => askedOrder(rig.stack, changes);

  test("a task is claimed, talked about, and completed from its form, and its run goes on", async () => {
    const { run, title } = await asked();
    const tab = await rig.open("/tasks");
    await tab.shows(title);
    await assertSound(tab, "tasks");
    await tab.follow(title);
    await isAt(tab, title);
    await tab.shows("ada@example.com");
    await tab.shows("sofa");
    await tab.press("Claim");
    await tab.press("Claim");
    await tab.shows("It is yours.");
    await tab.shows("By dev");
    await tab.press("Comment");
    await tab.fill("What is to be known", "the customer is known");
    await tab.press("Comment");
    await tab.shows("the customer is known");
    await assertSound(tab, "task");
    await tab.fill("Note (optional)", "fine");
    await tab.press("Complete");
    await tab.shows("It is answered.");
    await tab.shows("How it ended");
    await tab.shows("fine");
    await tab.holds(
      `![...document.querySelectorAll("main button")].some(({ textContent }) => textContent === "Complete")`,
    );
    await run.result();
    await assertSound(tab, "task-completed");
  });

  test("a task is rejected with a reason, which its run gets", async () => {
    const { run, title } = await asked();
    const tab = await rig.open("/tasks", { width: phone });
    await tab.shows(title);
    await tab.follow(title);
    await isAt(tab, title);
    await tab.press("Reject");
    await tab.fill("Reason", "too dear for us");
    await tab.press("Reject");
    await tab.shows("It is rejected.");
    await tab.shows("too dear for us");
    await assert.rejects(run.result());
    await assertSound(tab, "task-rejected-phone");
  });

  test("filters are in the address, and what operators do about a task is done there", async () => {
    const { run, title } = await asked();
    const tab = await rig.open("/tasks?role=approver&overdue=false");
    await tab.shows(title);
    await tab.choose("Due", "Overdue");
    await tab.shows("No task is like that");
    await tab.back();
    await tab.shows(title);
    await tab.follow(title);
    await isAt(tab, title);
    await tab.press("Escalate");
    await tab.fill("Reason", "it is urgent");
    await tab.press("Escalate");
    await tab.shows("Escalated");
    await tab.press("Reassign");
    await tab.fill("Task roles (optional)", "lead");
    await tab.fill("People (optional)", "dev, grace");
    await tab.fill("Reason", "grace knows them");
    await tab.press("Reassign");
    await tab.shows("role lead, dev, grace");
    await run.terminate("the test is over");
  });

  test("what is asked is shown as text, in both themes and at both widths", async () => {
    const sku = `${script} \u202Ertl \u{1F9E8}`;
    const lines = [{ sku, quantity: 1, unitCents: 90_000 }];
    const { run, title } = await asked({ customer: `${script}${"y".repeat(120)}`, lines });
    for (const theme of ["light", "dark"] as const) {
      for (const width of [1_280, phone]) {
        const tab = await rig.open("/tasks", { theme, width });
        await tab.shows(title);
        await assertSound(tab, `hostile-tasks-${theme}-${width}`);
        await tab.follow(title);
        await isAt(tab, title);
        await tab.shows(`${script}yyy`);
        await tab.shows(sku);
        assert.notEqual(await tab.read("document.title"), "hacked");
        await assertSound(tab, `hostile-task-${theme}-${width}`);
      }
    }
    await run.terminate("the test is over");
  });
});

describe("tasks of the dashboard and who may answer them", { skip }, () => {
  const rig = dashboardRig({ TENUTO_API_KEYS: keys });

  test("who has no role of a task is told whose it is, and who has one answers it", async () => {
    const { run, title } = await askedOrder(rig.stack);
    const opened = async (key: string) => {
      const tab = await rig.open("/tasks");
      await isAt(tab, "Sign in to Tenuto");
      await tab.fill("API key or token", key);
      await tab.press("Sign in");
      await isAt(tab, "Tasks");
      await tab.shows(title);
      await tab.follow(title);
      await isAt(tab, title);
      return tab;
    };
    const vic = await opened("the-key-of-vic");
    await vic.shows("It is for who has the task role approver to answer.");
    const buttons = await vic.read<readonly string[]>(
      `[...document.querySelectorAll("main button")].map((each) => each.textContent)`,
    );
    assert.deepEqual(buttons, ["Refresh"]);
    const ann = await opened("the-key-of-ann");
    await ann.press("Complete");
    await ann.shows("It is answered.");
    await run.result();
  });
});

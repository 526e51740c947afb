import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createTaskLinks } from "tenuto/client";
import { browser, chromium } from "../rig/browser.ts";
import { taskRig } from "./fixtures/task-rig.ts";

const taskLinks = createTaskLinks({
  secrets: ["the secret of this test, of 32 characters"],
  publicUrl: "https://tasks.example.com",
});
const minute = 60_000;
const skip = chromium === undefined && "There is no Chromium here: on Debian, apt-get install chromium";

describe("the page that a link to a task opens", { skip }, () => {
  const { open } = browser();
  const tasks = taskRig({ taskLinks });
  let links = 0;
  const linkTo = async (taskId: string, lifeMs = minute): Promise<string> => {
    const link = { taskId, tenant: "acme", id: `link-${(links += 1)}`, channel: "desk" };
    const { hash } = new URL(await taskLinks.addressOf(link, new Date(Date.now() + lifeMs)));
    return `${tasks.url}/task-link${hash}`;
  };
  const asked = async (input: object = {}) => {
    const workflowId = await tasks.start("ask", { task: "approveByForm", ...input });
    const [waiting] = await tasks.openTasks(workflowId);
    assert.ok(waiting);
    return { workflowId, taskId: waiting.taskId, address: await linkTo(waiting.taskId) };
  };
  const statusOf = async (taskId: string) => (await tasks.client.task(taskId)).status;
  const shown = async (address: string, options: { readonly width?: number } = {}) => {
    const tab = await open(options);
    await tab.goTo(address);
    return tab;
  };

  test("shows the task, whatever is in its texts, takes the token out of the address bar, and changes nothing", async () => {
    const hostile = `<img src=x onerror="document.title='hacked'"> ${"long".repeat(100)} \u202Ertl`;
    const { taskId, address } = await asked({ what: hostile });
    for (const width of [900, 380]) {
      const tab = await shown(address, { width });
      await tab.shows("Your answer");
      const text = await tab.read<string>("document.body.innerText");
      assert.ok(text.includes(`Refund ${hostile}`.slice(0, 100)));
      assert.ok(text.includes("[redacted]") && !text.includes("DE12345678"));
      assert.equal(await tab.read("document.images.length"), 0);
      assert.equal(await tab.read("location.href"), `${tasks.url}/task-link`);
      assert.ok((await tab.read<number>("document.documentElement.scrollWidth")) <= width);
      assert.deepEqual(tab.complaints, []);
    }
    assert.equal(await statusOf(taskId), "open");
  });

  test("makes an answer of what is filled in, once what is wrong is mended", async () => {
    const { workflowId, taskId, address } = await asked();
    const tab = await shown(address);
    await tab.shows("Your answer");
    await tab.press("Send the answer");
    assert.equal(await tab.read("document.activeElement.matches(':invalid')"), true);
    await tab.choose("Is refunded", "No");
    await tab.fill("Cents", "1999");
    await tab.choose("Reason", "late");
    await tab.fill("Name", "Ada");
    await tab.fill("Tags (optional)", '["a", 1');
    await tab.press("Send the answer");
    await tab.shows("This is no JSON");
    await tab.fill("Tags (optional)", '["a", 1]');
    await tab.press("Send the answer");
    await tab.shows("/1: ");
    assert.equal(await tab.read("document.activeElement.getAttribute('aria-invalid')"), "true");
    assert.equal(await statusOf(taskId), "open");
    await tab.fill("Tags (optional)", '["a", "b"]');
    await tab.press("Send the answer");
    await tab.shows("Thank you: your answer is there.");
    const { result } = await tasks.client.result(workflowId, { waitMs: 20_000 });
    const answer = { isRefunded: false, cents: 1999, reason: "late", paidOn: null, payTo: { name: "Ada" } };
    assert.deepEqual(result, [{ ...answer, tags: ["a", "b"] }]);
    // It says of each answer that was refused that it was: 422.
    assert.equal(tab.complaints.filter((complaint) => !complaint.includes("422")).length, 0);
  });

  test("rejects with a reason, and says when several are asked", async () => {
    const { workflowId, address } = await asked();
    const tab = await shown(address);
    await tab.shows("Your answer");
    await tab.press("Reject it instead");
    await tab.fill("Why", "it was used");
    await tab.press("Reject");
    await tab.shows("Thank you: it is rejected.");
    const { error } = await tasks.client.result(workflowId, { waitMs: 20_000 });
    assert.equal(error?.type, "TaskRejected");

    const together = await asked({ task: "approveTogether" });
    const vote = await shown(together.address);
    await vote.shows("Your answer");
    await vote.fill("Note", "fine");
    await vote.press("Send the answer");
    await vote.shows("It waits for others, too.");
  });

  test("says why a link can't be used: it was, its time is over, it was changed, it has no token", async () => {
    const { taskId, address } = await asked({ task: "approveByLink" });
    const tab = await shown(address);
    await tab.shows("Your answer");
    await tab.fill("Note", "done");
    await tab.press("Send the answer");
    await tab.shows("Thank you");
    for (const [link, why] of [
      [address, "it has answered already"],
      [await linkTo(taskId, -minute), "its time is over"],
      [`${address}x`, "its token is not one of ours"],
      [`${tasks.url}/task-link`, "The link has no token in it"],
    ] as const) {
      const other = await shown(link);
      await other.shows(why);
      assert.equal(await other.read("document.querySelectorAll('form').length"), 0);
    }
  });

  test("shows another task when its link is opened in the same tab", async () => {
    const [first, second] = [await asked({ what: "first" }), await asked({ what: "second" })];
    const tab = await shown(first.address);
    await tab.shows("Refund first 1");
    await tab.goTo(second.address);
    await tab.shows("Refund second 1");
  });
});

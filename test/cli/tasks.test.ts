import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Task, TaskPage } from "tenuto/client";
import { taskRig } from "../tasks/fixtures/task-rig.ts";
import { tenuto } from "./fixtures/tenuto-command.ts";

describe("tenuto tasks, against the API", () => {
  const rig = taskRig();
  const cli = (caller: string, ...args: readonly string[]) =>
    tenuto(["tasks", ...args], { env: { TENUTO_URL: rig.url, TENUTO_API_KEY: `key-${caller}` } });
  const waiting = async (task = "approveSpend") => {
    const workflowId = await rig.start("ask", { task });
    const [open] = await rig.openTasks(workflowId);
    return { workflowId, taskId: open?.taskId ?? "" };
  };

  test("lists, shows and answers a task; who may not is told so by the exit code", async () => {
    const { workflowId, taskId } = await waiting();
    const list = await cli("approver-0", "list", "--mine");
    assert.equal(list.code, 0, list.stderr);
    assert.match(list.stdout, /^ID +STATUS +OPENED +DUE +WHO +TYPE +TITLE$/m);
    assert.match(
      list.stdout,
      new RegExp(`^${taskId} +open .* approver +approveSpend +Spend 100 cents on thing 1$`, "m"),
    );
    assert.match((await cli("ada", "list", "--mine")).stderr, /There are no such tasks/);
    const page = JSON.parse((await cli("ada", "list", "--role", "approver", "--json")).stdout) as TaskPage;
    assert.ok(page.items.some((task) => task.taskId === taskId));

    const shown = await cli("ada", "show", taskId);
    assert.match(shown.stdout, /^Title +Spend 100 cents on thing 1$/m);
    assert.match(shown.stdout, /"iban": "\[redacted\]"/);
    assert.match(shown.stdout, /"required": \[\n +"note"/);
    assert.match(shown.stdout, new RegExp(`^  answer it: tenuto tasks complete ${taskId} --answer`, "m"));

    assert.equal((await cli("ada", "claim", taskId)).code, 5);
    assert.match((await cli("approver-0", "claim", taskId)).stdout, /^Claimed task .* It is claimed now\.$/m);
    const held = await cli("approver-1", "complete", taskId, "--answer", '{"note":"mine"}');
    assert.equal(held.code, 4);
    assert.match(held.stderr, /is claimed by "approver-0"/);
    assert.equal((await cli("approver-0", "release", taskId)).code, 0);
    assert.equal((await cli("approver-0", "comment", taskId, "a good customer")).code, 0);
    const wrong = await cli("approver-0", "complete", taskId, "--answer", "{}");
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /\/answer\/note/);
    assert.equal((await cli("approver-0", "complete", taskId)).code, 2);
    const done = await cli("approver-0", "complete", taskId, "--answer", '{"note":"fine"}', "--json");
    const answered = JSON.parse(done.stdout) as Task;
    assert.deepEqual([done.code, answered.status, answered.ended?.by], [0, "completed", "approver-0"]);
    assert.equal((await cli("approver-0", "complete", taskId, "--answer", '{"note":"again"}')).code, 4);
    assert.equal((await cli("gina", "show", taskId)).code, 3);
    const { result } = await rig.client.result(workflowId, { waitMs: 20_000 });
    assert.deepEqual(result, [{ note: "fine" }]);
    assert.match((await cli("ada", "show", taskId)).stdout, /^Ended +by approver-0, /m);
  });

  test("escalates, reassigns and rejects with a reason", async () => {
    const { workflowId, taskId } = await waiting("approveOrFail");
    assert.equal((await cli("ada", "reject", taskId)).code, 2);
    assert.match((await cli("ada", "escalate", taskId, "--reason", "hurry")).stderr, /has no escalation/);
    const moved = await cli("olga", "reassign", taskId, "--to", "lea", "--role", "auditor", "--reason", "on holiday");
    assert.equal(moved.code, 0, moved.stderr);
    assert.match((await cli("lea", "list", "--assignee", "lea")).stdout, new RegExp(taskId));
    assert.match((await cli("lea", "show", taskId)).stdout, /olga, .*: on holiday$/m);
    assert.equal((await cli("lea", "reject", taskId, "--reason", "no")).code, 0);
    assert.equal((await rig.client.result(workflowId, { waitMs: 20_000 })).error?.type, "TaskRejected");
    const rejected = await cli("lea", "list", "--status", "rejected", "--assignee", "lea");
    assert.match(rejected.stdout, new RegExp(`^${taskId} +rejected`, "m"));
  });
});

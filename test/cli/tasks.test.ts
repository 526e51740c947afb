import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { Task, TaskPage } from "tenuto/client";
import { taskRig } from "../tasks/fixtures/task-rig.ts";
import { spawnTenuto } from "./fixtures/tenuto-command.ts";

describe("tenuto tasks, against the API", { timeout: 300_000 }, () => {
  const rig = taskRig();
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- a cast with a name
  const json = <T>({ stdout }: { readonly stdout: string }) => JSON.parse(stdout) as T;
  const as = (caller: string, args: readonly string[], stdin?: string) =>
    spawnTenuto(["tasks", ...args], {
      env: { TENUTO_URL: rig.url, TENUTO_API_KEY: `key-${caller}` },
      ...(stdin !== undefined && { stdin }),
    }).ended;
  const bo = (...args: readonly string[]) => as("bo", args);
  const put = async (task = "approveSpend") => {
    const workflowId = await rig.start("ask", { task });
    const [opened] = await rig.openTasks(workflowId);
    assert.ok(opened);
    return opened;
  };
  const listed = async (...args: readonly string[]) =>
    json<TaskPage>(await bo("list", "--json", ...args)).items.map(({ taskId }) => taskId);

  test("the list shows what waits, who may answer, and takes every filter", async () => {
    const [spend, late] = [await put(), await put("approveInTime")];
    const list = await bo("list");
    assert.equal(list.code, 0, list.stderr);
    assert.match(list.stdout, /^ID +STATUS +OPENED +DUE +WHO +TYPE +TITLE$/m);
    assert.match(
      list.stdout,
      new RegExp(`^${spend.taskId} +open .* approver +approveSpend +Spend 100 cents on thing 1$`, "m"),
    );
    assert.match(list.stdout, new RegExp(`^${late.taskId} +open .* in \\S+ +ada, approver +approveInTime `, "m"));

    const day = new Date(Date.now() + 86_400_000).toISOString();
    const filters: Readonly<Record<string, readonly [spend: boolean, late: boolean]>> = {
      "--mine": [true, true],
      "--role approver": [true, true],
      "--assignee ada": [false, true],
      "--type approveSpend": [true, false],
      "--status open": [true, true],
      "--status claimed": [false, false],
      "--overdue": [false, false],
      [`--due-before ${day}`]: [false, true],
    };
    for (const [filter, expected] of Object.entries(filters)) {
      const found = await listed(...filter.split(" "));
      assert.deepEqual([found.includes(spend.taskId), found.includes(late.taskId)], expected, filter);
    }
    const none = await bo("list", "--type", "nothing");
    assert.deepEqual([none.code, none.stdout], [0, ""]);
    assert.match(none.stderr, /There are no such tasks/);
  });

  test("a list ends at its limit, and goes on at its cursor", async () => {
    for (let count = 0; count < 3; count += 1) await put("approveTogether");
    const type = ["--type", "approveTogether"];
    const first = json<TaskPage>(await bo("list", "--json", "--limit", "2", ...type));
    assert.equal(first.items.length, 2);
    const rest = json<TaskPage>(await bo("list", "--json", "--cursor", first.nextCursor ?? "", ...type));
    const ids = [...first.items, ...rest.items].map(({ taskId }) => taskId);
    assert.equal(new Set(ids).size, 3);
    assert.match((await bo("list", "--limit", "2", ...type)).stderr, /--limit/);
  });

  test("one is shown, claimed, commented on, released and answered, and then takes nothing more", async () => {
    const { taskId, workflowId } = await put();
    const shown = (await bo("show", taskId)).stdout;
    assert.match(shown, /^Title +Spend 100 cents on thing 1$/m);
    assert.match(shown, new RegExp(`^Run +${workflowId} \\(ask\\), running$`, "m"));
    assert.match(shown, /"iban": "\[redacted\]"/);
    assert.match(shown, /"maxLength": 100/);
    assert.ok(shown.includes(`tenuto tasks complete ${taskId} --answer '{…}'`));

    assert.match(
      (await bo("claim", taskId)).stdout,
      /^Claimed task .*: Spend 100 cents on thing 1\. It is claimed now\.$/m,
    );
    assert.match((await bo("show", taskId)).stdout, /^Claimed +by bo, /m);
    const taken = await as("approver-1", ["complete", taskId, "--answer", '{"note":"mine"}']);
    assert.equal(taken.code, 4);
    assert.match(taken.stderr, /is claimed by "bo"/);
    assert.equal((await bo("comment", taskId, "asked the board")).code, 0);
    assert.match((await as("olga", ["release", taskId])).stdout, /^Released task/m);

    const answered = await as("approver-1", ["complete", taskId, "--answer", '{"note":"fine"}', "--json"]);
    const { status, ended, comments } = json<Task>(answered);
    assert.deepEqual([status, ended?.by, ended?.answer], ["completed", "approver-1", { note: "fine" }]);
    assert.deepEqual(
      comments.map(({ by, text }) => [by, text]),
      [["bo", "asked the board"]],
    );
    const late = await bo("reject", taskId, "--reason", "no");
    assert.equal(late.code, 4);
    assert.match(late.stderr, /completed by "approver-1"/);
    assert.match((await bo("show", taskId)).stdout, /^Ended +by approver-1, /m);
    assert.ok((await listed("--status", "completed")).includes(taskId));
  });

  test("an answer comes from a file or stdin as well; one that does not fit is refused, with where", async (t) => {
    const folder = await mkdtemp(join(tmpdir(), "tenuto-cli-"));
    t.after(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, "answer.json");
    await writeFile(file, '{"note":"from a file"}');
    const { taskId } = await put();
    const wrong = await bo("complete", taskId, "--answer", '{"note":""}');
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /\/answer\/note/);
    assert.equal((await bo("complete", taskId, "--answer", "{")).code, 2);
    assert.equal((await bo("complete", taskId)).code, 2);
    assert.equal((await bo("complete", taskId, "--answer", `@${file}`)).code, 0);
    const other = await put();
    assert.equal((await as("bo", ["complete", other.taskId, "--answer", "@-"], '{"note":"from stdin"}')).code, 0);
    const { result } = await rig.client.result(other.workflowId, { waitMs: 30_000 });
    assert.deepEqual(result, [{ note: "from stdin" }]);
  });

  test("one is escalated, reassigned and rejected, each with a reason; who may not is told whose it is", async () => {
    const { taskId } = await put("approveInTime");
    assert.equal((await as("lea", ["claim", taskId])).code, 5);
    assert.equal((await bo("escalate", taskId)).code, 2);
    assert.match((await bo("escalate", taskId, "--reason", "hurry")).stdout, /^Escalated task/m);
    assert.equal((await as("lea", ["claim", taskId])).code, 0);
    const to = ["--to", "ada", "zoe", "--role", "lead", "--reason", "on leave"];
    const reassigned = json<Task>(await as("olga", ["reassign", taskId, ...to, "--json"]));
    assert.deepEqual([reassigned.assignees, reassigned.roles, reassigned.status], [["ada", "zoe"], ["lead"], "open"]);
    assert.equal((await as("olga", ["reassign", taskId, "--reason", "to nobody"])).code, 2);
    const mine = await as("approver-1", ["reject", taskId, "--reason", "no"]);
    assert.equal(mine.code, 5);
    assert.match(mine.stderr, /it is for task role "lead", "ada", "zoe"/);
    assert.match(
      (await as("ada", ["reject", taskId, "--reason", "too dear"])).stdout,
      /^Rejected task .* It is rejected now\.$/m,
    );
    assert.match((await bo("show", taskId)).stdout, /^Ended +by ada: too dear, /m);
  });

  test("a task of another tenant is not found; who has no tenant names it", async () => {
    const { taskId } = await put();
    assert.equal((await as("gina", ["show", taskId])).code, 3);
    assert.equal((await as("root", ["show", taskId])).code, 3);
    assert.equal((await as("root", ["show", taskId, "--tenant", "acme"])).code, 0);
    assert.equal((await bo("show", "nothing")).code, 3);
    assert.equal((await as("nobody", ["list"])).code, 5);
    assert.equal((await bo("list", "--status", "lost")).code, 2);
  });
});

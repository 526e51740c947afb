// Which tasks are in whose inbox: on SQLite, and, with `npm test -- --postgres`, on PostgreSQL.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import type { Task } from "tenuto/client";
import type { Reply } from "../api/fixtures/http.ts";
import { eventually } from "../rig/eventually.ts";
import { approvers, taskRig } from "./fixtures/task-rig.ts";

const note = { answer: { note: "fine" } };

describe("the inbox", { concurrency: 1 }, () => {
  const tasks = taskRig();
  const [first = ""] = approvers;
  /** All pages of a list: its tasks of these runs, as the name of the task in the run. */
  const listed = async (runs: readonly string[], query = "", { caller = "ada", limit = 200 } = {}) => {
    const items: Task[] = [];
    let path: string | undefined = `/v1/tasks?limit=${limit}${query && `&${query}`}`;
    for (const start = path; path !== undefined;) {
      const { status, body }: Reply = await tasks.get(caller, path);
      assert.equal(status, 200, JSON.stringify(body));
      items.push(...(body["items"] as readonly Task[]));
      const next = body["nextCursor"];
      path = typeof next === "string" ? `${start}&cursor=${next}` : undefined;
    }
    return items.filter(({ workflowId }) => runs.includes(workflowId));
  };
  const collect = async (...names: readonly string[]) => {
    const workflowId = await tasks.start("collect", { what: randomUUID(), tasks: names });
    const open = await tasks.openTasks(workflowId, names.length);
    await eventually("it is listed", async () => (await listed([workflowId])).length === names.length);
    return { workflowId, open };
  };
  const typesOf = (items: readonly Task[]) => items.map(({ type }) => type).toSorted();
  const act = (caller: string, { taskId }: Pick<Task, "taskId">, action: string, body: object) =>
    tasks.post(caller, `/v1/tasks/${taskId}/${action}`, body);

  test("filters find the tasks that fit, also one of several of a run, and roles are told apart by case", async () => {
    const { workflowId } = await collect("signSoon", "signLater", "signUpper");
    const { workflowId: other } = await collect("signUpper");
    const { workflowId: wide } = await collect("signByMany", "signLater");
    const runs = [workflowId, other, wide];

    for (const [query, expected] of [
      ["role=approver", ["signSoon"]],
      ["role=Approver", ["signUpper", "signUpper"]],
      ["role=APPROVER", []],
      ["role=auditor", ["signByMany"]],
      ["role=lead", []],
      ["type=signLater", ["signLater", "signLater"]],
      ["type=SignLater", []],
      ["type=signLater&role=approver", []],
      ["assignee=lea", ["signLater", "signLater"]],
      ["assignee=Lea", []],
      ["assignee=lea&type=signLater", ["signLater", "signLater"]],
      ["role=approver&assignee=lea", []],
      [`role=${encodeURIComponent("a' OR 1=1 --")}`, []],
      [`type=${encodeURIComponent('"?\\')}`, []],
      ["status=open", ["signByMany", "signLater", "signLater", "signSoon", "signUpper", "signUpper"]],
      ["status=claimed", []],
    ] as const)
      assert.deepEqual([query, typesOf(await listed(runs, query))], [query, expected]);
    assert.deepEqual(await listed(runs, "", { caller: "gina" }), []);
    assert.equal((await listed(runs, "tenant=acme", { caller: "root" })).length, 6);
    const all = await listed(
      runs.map((id) => `acme:${id}`),
      "role=auditor",
      { caller: "root" },
    );
    assert.deepEqual(
      all.map(({ workflowId: id, tenant }) => [id, tenant]),
      [[`acme:${wide}`, "acme"]],
    );
  });

  test("`mine` is what the caller may answer, by role or by name, and what is claimed is told apart", async () => {
    const { workflowId, open } = await collect("signSoon", "signLater", "signUpper");
    const { workflowId: wide } = await collect("signByMany");
    const runs = [workflowId, wide];

    for (const [caller, expected] of [
      [first, ["signSoon"]],
      ["bo", ["signSoon"]],
      ["eve", ["signUpper"]],
      ["lea", ["signLater"]],
      ["aud", ["signByMany"]],
      ["ada", []],
      ["olga", []],
    ] as const)
      assert.deepEqual([caller, typesOf(await listed(runs, "mine=true", { caller }))], [caller, expected]);

    const [soon] = open.filter(({ type }) => type === "signSoon");
    assert.ok(soon);
    assert.equal((await act(first, soon, "claim", {})).status, 200);
    await eventually("it is claimed", async () => (await listed(runs, "status=claimed")).length === 1);
    assert.equal((await act(first, soon, "escalate", { reason: "late" })).status, 200);
    await eventually(
      "it is the lead's, too",
      async () => (await listed(runs, "mine=true", { caller: "lea" })).length === 2,
    );
    assert.deepEqual(typesOf(await listed(runs, "role=lead")), ["signSoon"]);
    assert.equal((await act("olga", soon, "reassign", { assignees: ["ada"], reason: "r" })).status, 200);
    await eventually("it is ada's", async () => (await listed(runs, "mine=true")).length === 1);
    assert.deepEqual(typesOf(await listed(runs, "role=lead")), []);
  });

  test("what is late comes first, and is found by `overdue` and `dueBefore`; once it is answered nothing of the run is late", async () => {
    const { workflowId, open } = await collect("signLater", "signUpper", "signSoon");
    const runs = [workflowId];
    const late = await eventually("one is late", async () => {
      const items = await listed(runs, "overdue=true");
      return items.length > 0 && items;
    });

    assert.deepEqual(
      late.map(({ type, overdue }) => [type, overdue]),
      [["signSoon", true]],
    );
    assert.deepEqual(
      (await listed(runs)).map(({ type }) => type),
      ["signSoon", "signLater", "signUpper"],
    );
    assert.deepEqual(typesOf(await listed(runs, "overdue=false")), ["signLater", "signUpper"]);
    const dueBefore = (ms: number) => listed(runs, `dueBefore=${new Date(Date.now() + ms).toISOString()}`);
    assert.deepEqual(typesOf(await dueBefore(3_600_000)), ["signSoon"]);
    assert.deepEqual(typesOf(await dueBefore(7 * 86_400_000)), ["signLater", "signSoon"]);
    assert.deepEqual(typesOf(await dueBefore(-3_600_000)), []);

    for (const type of ["signSoon", "signLater"]) {
      const task = open.find((each) => each.type === type);
      assert.ok(task);
      const caller = type === "signSoon" ? first : "lea";
      assert.equal((await act(caller, task, "complete", note)).status, 200);
    }
    await eventually("one is left", async () => (await listed(runs)).length === 1);
    assert.deepEqual(await listed(runs, "overdue=true"), []);
    assert.deepEqual(await dueBefore(7 * 86_400_000), []);
    // What is due of a run that has nothing due any more is not a time long ago.
    const query = `TenutoTaskDue < "${new Date().toISOString()}"`;
    const found = [];
    for await (const run of tasks.rig.client.workflow.list({ query })) found.push(run.workflowId);
    assert.ok(!found.includes(`acme:${workflowId}`));
  });

  test("pages have each task once, also of what is late while time goes on; a cursor of another list is refused", async () => {
    const runs: string[] = [];
    for (let index = 0; index < 5; index += 1) runs.push((await collect("signSoon", "signUpper")).workflowId);

    await eventually("all are late", async () => (await listed(runs, "overdue=true")).length === 5);
    for (const [query, count] of [
      ["", 10],
      ["overdue=true", 5],
      ["role=Approver", 5],
    ] as const)
      for (const limit of [1, 3]) {
        const items = await listed(runs, query, { limit });
        assert.deepEqual([items.length, new Set(items.map(({ taskId }) => taskId)).size], [count, count]);
      }
    const page = await tasks.get("ada", "/v1/tasks?limit=1&overdue=true");
    const cursor = String(page.body["nextCursor"]);
    const other = await tasks.get("ada", `/v1/tasks?limit=1&role=approver&cursor=${cursor}`);
    const others = await tasks.get("gina", `/v1/tasks?limit=1&overdue=true&cursor=${cursor}`);
    assert.deepEqual(
      [other, others].map(({ status, body }) => [status, body["code"]]),
      Array(2).fill([400, "INVALID_CURSOR"]),
    );
  });

  test("tasks that ended are listed by how, each once, also when the run is over or has gone on as a new one", async () => {
    const { workflowId: answered, open } = await collect("signSoon", "signUpper");
    const [soon] = open.filter(({ type }) => type === "signSoon");
    const [upper] = open.filter(({ type }) => type === "signUpper");
    assert.ok(soon && upper);
    await act(first, soon, "complete", note);
    await act("eve", upper, "reject", { reason: "no" });
    const { workflowId: ended } = await collect("signSoon", "signUpper");
    await tasks.client.terminate(ended, { reason: "a mistake" });
    const { workflowId: canceled } = await collect("signUpper");
    await tasks.client.cancel(canceled, { reason: "not needed" });
    const twice = await tasks.start("askTwice", {});
    const [one] = await tasks.openTasks(twice);
    assert.ok(one);
    await act(first, one, "complete", note);
    await tasks.client.result(twice, { runId: one.runId, isFollowing: false, waitMs: 20_000 });
    const [two] = await tasks.openTasks(twice);
    assert.ok(two);
    const runs = [answered, ended, canceled, twice];

    await eventually("all is listed", async () => (await listed(runs)).length === 1);
    const expected = {
      completed: ["approveSpend", "signSoon"],
      rejected: ["signUpper"],
      canceled: ["signSoon", "signUpper", "signUpper"],
      timedOut: [],
      open: ["approveSpend"],
    };
    for (const [status, types] of Object.entries(expected)) {
      const items = await eventually(`what is ${status} is listed`, async () => {
        const found = await listed(runs, `status=${status}`);
        return found.length === types.length && found;
      });
      assert.deepEqual([status, typesOf(items)], [status, types]);
      assert.ok(items.every((item) => item.status === status));
    }
    assert.deepEqual(
      new Set((await listed([ended], "status=canceled")).map(({ runStatus }) => runStatus)),
      new Set(["terminated"]),
    );
    await act(first, two, "complete", note);
  });

  test("what a filter can't be is 400 with a pointer", async () => {
    for (const [query, pointer] of [
      ["status=late", "/query/status"],
      ["overdue=1", "/query/overdue"],
      ["mine=yes", "/query/mine"],
      ["dueBefore=tomorrow", "/query/dueBefore"],
      ["limit=0", "/query/limit"],
      ["limit=201", "/query/limit"],
      ["colour=red", "/query/colour"],
      ["role=a&role=b", "/query/role"],
    ] as const) {
      const { status, body } = await tasks.get("ada", `/v1/tasks?${query}`);
      const [error] = body["errors"] as readonly { readonly pointer: string }[];
      assert.deepEqual([query, status, error?.pointer], [query, 400, pointer]);
    }
  });

  test("a list needs no worker", async () => {
    const { workflowId } = await collect("signSoon");
    await tasks.stopWorker();
    assert.deepEqual(typesOf(await listed([workflowId])), ["signSoon"]);
    await tasks.startWorker();
  });
});

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { defineHumanTask, NotYourTask, TaskClosed } from "tenuto";
import { longestQuestion } from "../../src/sdk/core/human-task.ts";
import { eventually } from "../rig/eventually.ts";
import { ada, askingApp, askingRig } from "./fixtures/asking-rig.ts";
import { approveSpend, approveTogether } from "./fixtures/tasks.contract.ts";

const waitMs = 60_000;

describe("tasks of runs that end, go on and go back, without a cache", { timeout: 300_000 }, () => {
  const rig = askingRig();

  test("a run that continues as new knows what ended before, and asks anew", async () => {
    const workflowId = await rig.start("askTwice");
    const [first] = await rig.opened(workflowId);
    await rig.complete(first, "one");
    const [second] = await eventually("the second is open", async () => {
      const open = await rig.opened(workflowId);
      return open[0] !== first && open;
    });
    await assert.rejects(rig.complete(first, "again"), TaskClosed);
    await rig.complete(second, "two");
    assert.deepEqual((await rig.ended(workflowId)).result, { rounds: 2 });
    const records = await rig.records(workflowId);
    assert.deepEqual(
      records.map(({ ended: end }) => end?.answer),
      [{ note: "one" }, { note: "two" }],
    );
  });

  test("what is open when a run continues as new is closed, and takes no answer", async () => {
    const workflowId = await rig.start("askAndLeave");
    const taskIds = await rig.opened(workflowId, 2);
    const taken = (await rig.records(workflowId)).find(({ type }) => type === "approveSpend")?.key ?? "";
    await rig.complete(
      taskIds.find((taskId) => taskId.startsWith(taken)),
      "go on",
    );
    assert.deepEqual((await rig.ended(workflowId)).result, { note: "go on" });
    const left = (await rig.records(workflowId)).find(({ type }) => type === "approveOrFail");
    assert.deepEqual([left?.status, left?.ended?.by], ["canceled", undefined]);
    assert.deepEqual(await rig.marks(workflowId), ["task-ended"]);
    await assert.rejects(
      rig.complete(
        taskIds.find((taskId) => !taskId.startsWith(taken)),
        "late",
      ),
      TaskClosed,
    );
  });

  test("a run that asks the 101st at once fails as TooManyTasks, and the others leave the inbox", async () => {
    const workflowId = await rig.start("ask", { count: 101 });
    const { status, error } = await rig.ended(workflowId);
    assert.deepEqual([status, error?.type], ["failed", "TooManyTasks"]);
    assert.match(error?.message ?? "", /100 open tasks at once.*Put the next ones when some are answered/);
    const statuses = new Set((await rig.records(workflowId)).map((record) => record.status));
    assert.deepEqual([...statuses], ["canceled"]);
    assert.deepEqual(await rig.marks(workflowId), ["task-ended"]);
  });

  test("a question that is too long fails the run as InvalidInput, and nobody is asked", async () => {
    const workflowId = await rig.start("askAbout", { what: "x".repeat(longestQuestion) });
    const { error } = await rig.ended(workflowId);
    assert.equal(error?.type, "InvalidInput");
    assert.match(
      error.message,
      /question of human task "approveSpend" is too long: got 10\d+ characters.*at most 10000/,
    );
    assert.deepEqual(await rig.records(workflowId), []);
  });

  test("a run that is canceled takes its task along, and undoes what it did", async () => {
    const workflowId = await rig.start("spend");
    const [taskId] = await rig.opened(workflowId);
    await rig.client.cancel(workflowId, { reason: "not needed" });
    assert.equal((await rig.ended(workflowId)).status, "canceled");
    const [record] = await rig.records(workflowId);
    assert.equal(record?.status, "canceled");
    assert.deepEqual(rig.effectsOf(workflowId), ["reserved", "released"]);
    assert.deepEqual(await rig.marks(workflowId), ["task-ended"]);
    await assert.rejects(rig.complete(taskId, "late"), TaskClosed);
  });

  test("a task that the app does not list stops the run, which goes on when it does", async () => {
    const app = askingApp({ tasks: [approveTogether] });
    const first = await rig.serve(app);
    const workflowId = randomUUID();
    await first.client.start("ask", {}, { workflowId });
    const failed = await eventually("the workflow task has failed", async () =>
      (await rig.history(workflowId)).find(({ workflowTaskFailedEventAttributes: attributes }) => attributes),
    );
    const { failure } = failed.workflowTaskFailedEventAttributes ?? {};
    assert.match(failure?.message ?? "", /On what terms task "approveSpend" is put could not be found out/);
    assert.match(failure?.cause?.cause?.message ?? failure?.cause?.message ?? "", /lists no human task "approveSpend"/);
    await first.stop();
    const { client, stop } = await rig.serve({ ...app, tasks: [approveSpend] });
    const [taskId = ""] = await rig.opened(workflowId);
    await client.actOnTask(taskId, { action: "complete", answer: { note: "at last" }, by: ada });
    assert.deepEqual((await client.result(workflowId, { waitMs })).result, [{ note: "at last" }]);
    await stop();
  });

  test("a deploy that redefines a task changes nothing about one that is open", async () => {
    const app = askingApp({ tasks: [approveSpend] });
    const first = await rig.serve(app);
    const workflowId = randomUUID();
    await first.client.start("ask", {}, { workflowId });
    const [taskId = ""] = await rig.opened(workflowId);
    const [before] = await rig.records(workflowId);
    await first.stop();
    const others = { title: "Another", roles: ["others"], timeout: "1s", quorum: { approve: 2, of: 2 } } as const;
    const { question, answer } = approveSpend;
    const redefined = defineHumanTask("approveSpend", { question, answer, ...others });
    const { client, stop } = await rig.serve({ ...app, tasks: [redefined] });
    await client.actOnTask(taskId, { action: "comment", text: "still here?", by: ada });
    const [now] = await rig.records(workflowId);
    assert.deepEqual({ ...now, comments: [] }, before);
    const eve = { ...ada, name: "eve", taskRoles: ["others"] };
    const asBefore = { action: "complete", answer: { note: "as before" } } as const;
    await assert.rejects(client.actOnTask(taskId, { ...asBefore, by: eve }), NotYourTask);
    await client.actOnTask(taskId, { ...asBefore, by: ada });
    assert.deepEqual((await client.result(workflowId, { waitMs })).result, [{ note: "as before" }]);
    await stop();
  });

  test("a run that is reset asks again, under the same id", async () => {
    const workflowId = await rig.start("ask");
    const [taskId] = await rig.opened(workflowId);
    await rig.reject(taskId, "by mistake");
    assert.equal((await rig.ended(workflowId)).status, "failed");
    const { namespace, connection } = rig.worker;
    const finished = (await rig.history(workflowId)).find(({ workflowTaskCompletedEventAttributes: done }) => done);
    await connection.workflowService.resetWorkflowExecution({
      namespace,
      workflowExecution: { workflowId },
      reason: "by mistake",
      requestId: randomUUID(),
      workflowTaskFinishEventId: finished?.eventId ?? null,
    });
    assert.deepEqual(await rig.opened(workflowId), [taskId]);
    await rig.complete(taskId, "after all");
    assert.deepEqual((await rig.ended(workflowId)).result, [{ note: "after all" }]);
  });

  test("the task of a child is its tenant's, under an id without the tenant, and no other's", async () => {
    const acme = rig.client.forTenant("acme");
    const [workflowId, childId] = [randomUUID(), randomUUID()];
    await acme.start("askByChild", { childId }, { workflowId });
    const [serverId = ""] = await rig.opened(`acme:${childId}`);
    const taskId = serverId.replace("acme:", "");
    assert.equal((await acme.task(taskId)).workflowId, childId);
    await assert.rejects(rig.client.forTenant("globex").task(taskId), { name: "TaskNotFound" });
    await assert.rejects(rig.client.task(taskId), { name: "TaskNotFound" });
    await acme.actOnTask(taskId, { action: "complete", answer: { note: "theirs" }, by: ada });
    assert.deepEqual((await acme.result(workflowId, { waitMs })).result, [{ note: "theirs" }]);
  });
});

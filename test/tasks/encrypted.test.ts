import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { Connection } from "@temporalio/client";
import { createTestRig, type TestRig } from "tenuto/testing";
import { textsIn } from "../dead-letters/fixtures/recorded-texts.ts";
import { aKey } from "../encryption/fixtures/keys.ts";
import { Canaries } from "../encryption/fixtures/canaries.ts";
import { eventually } from "../rig/eventually.ts";
import { testServer } from "../rig/stack.ts";
import { approver, askingApp, askingWorkflows, bank } from "./fixtures/asking-rig.ts";
import { approveInTime, approveOrFail, approveSpend, approveTogether } from "./fixtures/tasks.contract.ts";

const waitMs = 60_000;

describe("human tasks with encryption", { timeout: 300_000 }, () => {
  const canaries = new Canaries();
  const secret = () => canaries.some(1)[0] ?? "";
  const [asked, person, other] = [secret(), secret(), secret()];
  const told = { ...approveInTime, title: secret, assignees: [asked], channels: ["log"] };
  const app = askingApp({ tasks: [approveSpend, approveTogether, approveOrFail, told] });
  let rig: TestRig;
  before(async () => {
    const server = { server: "real", address: testServer(), encryptionKeys: aKey("k1") } as const;
    const activities = [bank(new Map())];
    rig = await createTestRig({ app, workflows: askingWorkflows, activities, maxCachedWorkflows: 0, ...server });
  });
  after(() => rig.close());

  const put = async (type: string, input: object) => {
    const workflowId = randomUUID();
    await rig.client.start(type, input, { workflowId });
    const [task] = await eventually("it is asked", async () => {
      const { tasks } = await rig.client.describe(workflowId);
      return tasks.length > 0 && tasks;
    });
    assert.ok(task);
    return task;
  };
  const ended = (workflowId: string) => rig.client.result(workflowId, { waitMs });

  test("who has the keys sees the question, and is answered what was answered", async () => {
    const what = secret();
    const { taskId, workflowId, title, data } = await put("askAbout", { what });
    assert.ok(title.includes(what) && JSON.stringify(data).includes(what));
    const by = approver(person);
    const [comment, reason, note] = [secret(), secret(), secret()];
    await rig.client.actOnTask(taskId, { action: "claim", by });
    await rig.client.actOnTask(taskId, { action: "comment", text: comment, by });
    await rig.client.actOnTask(taskId, { action: "reassign", text: reason, to: { assignees: [other] }, by });
    const { items } = await eventually("it is found for who may answer now", async () => {
      const page = await rig.client.tasks({ assignee: other });
      return page.items.length > 0 && page;
    });
    assert.deepEqual(
      items.map((task) => [task.taskId, task.assignees, task.comments.map(({ text }) => text)]),
      [[taskId, [other], [comment, reason]]],
    );
    await assert.rejects(rig.client.actOnTask(taskId, { action: "complete", answer: { note }, by }), {
      name: "NotYourTask",
      message: new RegExp(other),
    });
    await rig.client.actOnTask(taskId, { action: "complete", answer: { note }, by: approver(other) });
    assert.deepEqual((await ended(workflowId)).result, { note });
  });

  test("a no fails the run with its reason", async () => {
    const { taskId, workflowId } = await put("askAbout", { what: secret() });
    const text = secret();
    await rig.client.actOnTask(taskId, { action: "reject", text, by: approver(person) });
    assert.deepEqual((await ended(workflowId)).error?.data, { taskId, type: "approveSpend", by: person, reason: text });
  });

  test("votes are kept, and the second of one person is refused by name", async () => {
    const { taskId, workflowId } = await put("ask", { task: "approveTogether" });
    const vote = (name: string) => ({ action: "complete", answer: { note: secret() }, by: approver(name) }) as const;
    await rig.client.actOnTask(taskId, vote(person));
    await assert.rejects(rig.client.actOnTask(taskId, vote(person)), { name: "TaskAnswered", by: person });
    await rig.client.actOnTask(taskId, vote(other));
    assert.equal((await ended(workflowId)).status, "completed");
  });

  test("a channel is told of one, and that it needs others", async () => {
    const { taskId, workflowId } = await put("ask", { task: "approveInTime" });
    await rig.client.actOnTask(taskId, { action: "escalate", text: secret(), by: approver(person) });
    const answer = { note: secret() };
    await rig.client.actOnTask(taskId, { action: "complete", answer, by: approver(asked) });
    assert.deepEqual((await ended(workflowId)).result, [answer]);
  });

  test("the server has no question, answer, title, name or word in clear; marks have names of types and roles, and hashes", async () => {
    assert.ok(canaries.count >= 15, `only ${canaries.count}`);
    // Read without keys, as whoever has the server can.
    const connection = await Connection.connect({ address: testServer() });
    const { workflowService: service } = connection;
    const { namespace } = rig;
    const executions = await eventually("the messages are listed as well", async () => {
      const { executions: listed } = await service.listWorkflowExecutions({ namespace, pageSize: 200 });
      return listed.filter(({ type }) => type?.name === "tenutoAlertDelivery").length >= 3 && listed;
    });
    const [marks, found] = [new Set<string>(), new Set<string>()];
    for (const { execution = null, type, searchAttributes } of executions) {
      const [own = "[]"] = textsIn(searchAttributes?.indexedFields?.["TenutoMarks"]?.data);
      for (const mark of JSON.parse(own) as readonly string[]) marks.add(mark);
      const described = await service.describeWorkflowExecution({ namespace, execution });
      const { history } = await service.getWorkflowExecutionHistory({ namespace, execution });
      const texts = [...textsIn(described), ...textsIn(history)].join("\n");
      assert.ok(!texts.includes(canaries.prefix), `${type?.name} ${execution?.workflowId} tells`);
      // What is looked for would be found.
      for (const open of ["task-role:approver", "__tenuto_task"]) if (texts.includes(open)) found.add(open);
    }
    await connection.close();
    assert.equal(found.size, 2);
    const isAllowed =
      /^(task|task-ended|task-type:\w+|task-role:\w+|task-for:[0-9a-f]{12}|(dl|eg|fp|kind|type|step|alert)\S*)$/;
    assert.deepEqual(
      [...marks].filter((mark) => !isAllowed.test(mark)),
      [],
    );
    assert.ok(marks.has("task-ended"));
  });
});

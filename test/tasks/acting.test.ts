// What people may do about a task besides answering it, and what they are told of it.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import type { Task } from "tenuto/client";
import { routes } from "../../src/api/routes.ts";
import type { Reply } from "../api/fixtures/http.ts";
import { approvers, taskRig } from "./fixtures/task-rig.ts";

const note = { answer: { note: "fine" } };

describe("acting on a task", () => {
  const tasks = taskRig();
  const [first = "", second = ""] = approvers;
  const only = async (workflowId: string): Promise<Task> => {
    const [task] = await tasks.openTasks(workflowId);
    assert.ok(task);
    return task;
  };
  const asked = async (type: string, input: object = {}) => only(await tasks.start(type, input));
  const act = (caller: string, taskId: string, action: string, body: object = {}, headers = {}) =>
    tasks.post(caller, `/v1/tasks/${encodeURIComponent(taskId)}/${action}`, body, headers);
  const done = (reply: Reply) => {
    assert.equal(reply.status, 200, JSON.stringify(reply.body));
    return reply.body;
  };
  const refused = (reply: Reply, status: number, code: string) => {
    assert.deepEqual([reply.status, reply.body["code"]], [status, code]);
    return reply.body;
  };

  test("a run shows the tasks that it waits with, as they are shown by themselves, and those only", async () => {
    const workflowId = await tasks.start("ask", { count: 3 });
    const open = await tasks.openTasks(workflowId, 3);
    const [answered, ...others] = open;
    done(await act(first, answered?.taskId ?? "", "complete", note));

    const { body } = await tasks.get("ada", `/v1/runs/${workflowId}`);

    const alone = await Promise.all(others.map(({ taskId }) => tasks.get("ada", `/v1/tasks/${taskId}`)));
    assert.deepEqual(body["tasks"], alone.map(done));
    for (const { taskId } of others) done(await act(first, taskId, "complete", note));
  });

  test("who may not answer is told whom it is for, and nothing of what it asks", async () => {
    const { taskId } = await asked("ask");

    for (const action of ["claim", "release"]) {
      const { status, body } = await act("lea", taskId, action);
      const { requestId: _, detail: __, ...told } = body;
      const problem = { type: "about:blank", title: "Forbidden", status: 403, code: "NOT_YOUR_TASK" };
      assert.deepEqual([status, told], [403, { ...problem, audience: { roles: ["approver"], assignees: [] } }]);
    }
    for (const [action, body] of [
      ["comments", { text: "t" }],
      ["reassign", { assignees: ["lea"], reason: "r" }],
      ["reject", { reason: "r" }],
    ] as const)
      refused(await act("lea", taskId, action, body), 403, "NOT_YOUR_TASK");
    done(await act(first, taskId, "complete", note));
  });

  test("an escalation by hand asks those whom time would have asked, and takes it from who has claimed it", async () => {
    const { taskId } = await asked("collect", { what: "it", tasks: ["signSoon"] });
    done(await act(first, taskId, "claim"));

    refused(await act("lea", taskId, "complete", note), 403, "NOT_YOUR_TASK");
    const { roles, status, escalatedAt } = done(await act(second, taskId, "escalate", { reason: "hurry" }));

    assert.deepEqual([roles, status, typeof escalatedAt], [["approver", "lead"], "open", "string"]);
    done(await act("lea", taskId, "complete", note));
  });

  test("a task that several answer is claimed by nobody", async () => {
    const { taskId } = await asked("ask", { task: "approveTogether" });

    refused(await act(first, taskId, "claim"), 422, "INVALID_INPUT");

    done(await act(first, taskId, "complete", note));
    done(await act(second, taskId, "complete", note));
  });

  test("who comes too late is told the answer that counts, without what contracts redact", async () => {
    const { taskId, workflowId } = await asked("collect", { what: "it", tasks: ["signLater"] });
    done(await act("olga", taskId, "reassign", { roles: ["approver"], reason: "lea is away" }));
    const { ended } = done(await act(first, taskId, "complete", { answer: { note: "ok", account: "DE77" } }));
    await tasks.client.result(workflowId, { waitMs: 20_000 });

    const late = refused(await act(second, taskId, "complete", note), 409, "TASK_CLOSED");

    assert.deepEqual((ended as { readonly answer: unknown }).answer, { note: "ok", account: "[redacted]" });
    assert.deepEqual(late["ended"], ended);
    const history = await tasks.get("ada", `/v1/runs/${workflowId}/history`);
    assert.doesNotMatch(JSON.stringify([late, history.body]), /DE77/);
  });

  test("of fifty who claim at once one has it, and the others are told who", async () => {
    const { taskId } = await asked("ask");

    const replies = await Promise.all(approvers.map((caller) => act(caller, taskId, "claim")));

    const won = approvers.filter((_, index) => replies[index]?.status === 200);
    assert.equal(won.length, 1);
    const lost = replies.filter(({ status }) => status === 409);
    assert.deepEqual([lost.length, new Set(lost.map(({ body }) => body["by"]))], [49, new Set(won)]);
    done(await act(won[0] ?? "", taskId, "complete", note));
  });

  // What gets past the schemas, so that the task is looked for.
  const bodies: Readonly<Record<string, object>> = {
    complete: note,
    reassign: { assignees: ["gina"], reason: "r" },
    comments: { text: "t" },
  };
  test("a tenant's task is like one that nobody has to other tenants, on every route", async () => {
    const { taskId, workflowId } = await asked("ask");
    const key = taskId.slice(0, 16);
    const nobodys = `${"0".repeat(16)}-${randomUUID()}`;
    const told = ({ status, body: { requestId: _, ...body } }: Reply, id: string) =>
      JSON.stringify([status, body]).replaceAll(id, "ID");
    const ofTasks = routes.filter(({ path }) => path.includes(":taskId"));

    assert.ok(ofTasks.length >= 8);
    for (const { method, path } of ofTasks) {
      const ask = async (id: string) => {
        const url = path.replace(":taskId", encodeURIComponent(id));
        const body = bodies[path.split("/").at(-1) ?? ""] ?? { reason: "r" };
        return told(await (method === "get" ? tasks.get("gina", url) : tasks.post("gina", url, body)), id);
      };
      const missing = await ask(nobodys);
      assert.match(missing, /TASK_NOT_FOUND/);
      for (const id of [taskId, `${key}-acme:${workflowId}`]) assert.equal(await ask(id), missing);
    }
    refused(await tasks.get("gina", `/v1/tasks/${taskId}?tenant=acme`), 403, "FORBIDDEN");

    const serverId = `${key}-acme:${workflowId}`;
    assert.equal(done(await tasks.get("root", `/v1/tasks/${taskId}?tenant=acme`))["taskId"], taskId);
    const wide = done(await tasks.get("root", `/v1/tasks/${encodeURIComponent(serverId)}`));
    assert.deepEqual([wide["taskId"], wide["tenant"]], [serverId, "acme"]);
    done(await act(first, taskId, "complete", note));
  });

  test("what ended before a run continued as new is still known, and the same answer under its key is the same one", async () => {
    const workflowId = await tasks.start("askTwice", {});
    const one = await only(workflowId);
    const key = { "idempotency-key": randomUUID() };
    const { ended } = done(await act(first, one.taskId, "complete", note, key));
    await tasks.client.result(workflowId, { runId: one.runId, isFollowing: false, waitMs: 20_000 });
    const two = await only(workflowId);
    assert.notEqual(two.runId, one.runId);

    const again = done(await act(first, one.taskId, "complete", note, key));
    refused(await act(first, one.taskId, "complete", { answer: { note: "other" } }, key), 409, "TASK_CLOSED");
    refused(await act(second, one.taskId, "complete", note, key), 409, "TASK_CLOSED");
    refused(await act(first, one.taskId, "complete", note), 409, "TASK_CLOSED");

    assert.deepEqual([again["status"], again["ended"]], ["completed", ended]);
    done(await act(second, two.taskId, "complete", note));
    assert.deepEqual((await tasks.client.result(workflowId, { waitMs: 20_000 })).result, { rounds: 2 });
    done(await act(first, one.taskId, "complete", note, key));
  });

  test("while no worker is there an answer is 504 in the end, and the same one is taken when there is", async () => {
    const { taskId } = await asked("ask");
    const key = { "idempotency-key": randomUUID() };
    await tasks.stopWorker();

    const began = Date.now();
    const reply = await act(first, taskId, "complete", note, key);
    const tookMs = Date.now() - began;
    const shown = await tasks.get("ada", `/v1/tasks/${taskId}`);
    await tasks.startWorker();

    assert.match(
      String(refused(reply, 504, String(reply.body["code"]))["code"]),
      /NO_WORKER_POLLING|RUN_NOT_ANSWERING/,
    );
    assert.ok(tookMs < 17_000, `${tookMs} ms`);
    assert.equal(done(shown)["status"], "open");
    done(await act(first, taskId, "complete", note, key));
  });
});

// What people may do about a task, over HTTP; what is refused leaves nothing in the history of its run.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { encode } from "../../src/sdk/client/payloads.ts";
import { stages } from "../../src/sdk/client/update-run.ts";
import { problemOf, type Reply } from "../api/fixtures/http.ts";
import { type Caller, taskApi } from "./fixtures/task-api.ts";

const note = { answer: { note: "fine" } };

describe("acting on a task", () => {
  const api = taskApi();
  const asked = async (input: object = {}) => {
    const workflowId = await api.start("ask", input);
    return { workflowId, task: await api.openTask(workflowId) };
  };
  const done = (reply: Reply) => {
    assert.equal(reply.status, 200, JSON.stringify(reply.body));
    return reply.body;
  };
  const refused = (reply: Reply, code: string, status: number) => {
    assert.deepEqual({ code: reply.body["code"], status: reply.status }, { code, status });
    return reply.body;
  };

  test("an answer is what the workflow goes on with, and who gave it is in the task", async () => {
    const { workflowId, task } = await asked();

    const answered = done(await api.act("ada", task.taskId, "complete", note));

    const { result } = await api.client.result(workflowId, { waitMs: 20_000 });
    assert.deepEqual(result, [{ note: "fine" }]);
    assert.deepEqual([answered["status"], (answered["ended"] as { by: string }).by], ["completed", "ada"]);
    const { body: later } = await api.get("eve", `/v1/tasks/${task.taskId}`);
    assert.deepEqual([later["status"], later["runStatus"]], ["completed", "completed"]);
  });

  test("a task says what is asked, of whom, and what an answer has to be; nothing that is redacted", async () => {
    const { workflowId, task } = await asked({ cents: 700 });

    const { body } = await api.get("eve", `/v1/tasks/${task.taskId}`);
    const { body: run } = await api.get("eve", `/v1/runs/${workflowId}`);

    const { title, data, roles, status, workflowType, schema } = body;
    assert.deepEqual(
      { title, data, roles, status, workflowType },
      {
        title: "Spend 700 cents on thing 1",
        data: { what: "thing 1", cents: 700, iban: "[redacted]" },
        roles: ["approver"],
        status: "open",
        workflowType: "ask",
      },
    );
    const { required, properties } = schema as { required: unknown; properties: unknown };
    assert.deepEqual([required, properties], [["note"], { note: { type: "string", minLength: 1, maxLength: 100 } }]);
    assert.deepEqual(run["tasks"], [body]);
    assert.doesNotMatch(JSON.stringify([body, run, await api.listed("eve")]), /DE12345678/);
  });

  test("an answer that its contract refuses is 422 with a pointer, also to what is in it", async () => {
    const { workflowId, task } = await asked();

    const replies = [];
    for (const body of [{ answer: { note: "" } }, { answer: {} }, {}, { answer: "yes" }])
      replies.push(problemOf(await api.act("ada", task.taskId, "complete", body)));

    const problem = (pointer: string) => ({
      status: 422,
      code: "INVALID_INPUT",
      isProblem: true,
      pointers: [pointer],
    });
    assert.deepEqual(replies, ["/answer/note", "/answer/note", "/answer", "/answer"].map(problem));
    assert.equal(await api.acceptedUpdates(workflowId), 0);
    assert.equal((await api.openTask(workflowId)).status, "open");
  });

  test("a task is for its roles: nobody else answers it, and operators keep it going only", async () => {
    const { workflowId, task } = await asked();
    const to = (caller: Caller, action: string, body: object) => api.act(caller, task.taskId, action, body);

    for (const caller of ["eve", "lea", "upper", "ops", "all"] as const) {
      for (const [action, body] of [
        ["claim", {}],
        ["complete", note],
        ["reject", { reason: "no" }],
      ] as const) {
        const { audience } = refused(await to(caller, action, body), "NOT_YOUR_TASK", 403);
        assert.deepEqual(audience, { roles: ["approver"], assignees: [] });
      }
    }
    for (const [action, body] of [
      ["release", {}],
      ["reassign", { assignees: ["eve"], reason: "r" }],
      ["comments", { text: "t" }],
    ] as const)
      refused(await to("eve", action, body), "NOT_YOUR_TASK", 403);
    assert.equal(await api.acceptedUpdates(workflowId), 0);

    done(await to("ops", "comments", { text: "please look" }));
    done(await to("ops", "reassign", { assignees: ["eve"], reason: "ada is away" }));
    refused(await to("ada", "complete", note), "NOT_YOUR_TASK", 403);
    const { comments } = done(await to("eve", "complete", note));
    assert.deepEqual(
      (comments as readonly { by: string; text: string }[]).map(({ by, text }) => [by, text]),
      [
        ["ops", "please look"],
        ["ops", "ada is away"],
      ],
    );
  });

  test("who has claimed a task answers it; others are told who has, until it is given back", async () => {
    const { workflowId, task } = await asked();
    const to = (caller: Caller, action: string, body = {}) => api.act(caller, task.taskId, action, body);

    const claimed = done(await to("ada", "claim"));
    assert.deepEqual([claimed["status"], (claimed["claimed"] as { by: string }).by], ["claimed", "ada"]);
    for (const [action, body] of [
      ["claim", {}],
      ["release", {}],
      ["complete", note],
      ["reject", { reason: "no" }],
    ] as const)
      assert.equal(refused(await to("bob", action, body), "TASK_CLAIMED", 409)["by"], "ada");
    done(await to("ada", "claim"));
    assert.equal(await api.acceptedUpdates(workflowId), 2);

    done(await to("ops", "release"));
    done(await to("bob", "claim"));
    done(await to("bob", "release"));
    done(await to("ada", "complete", note));
  });

  test("a rejection needs a reason, and fails the run as what it is, without a dead letter", async () => {
    const { workflowId, task } = await asked();

    refused(await api.act("ada", task.taskId, "reject", {}), "INVALID_BODY", 422);
    const rejected = done(await api.act("ada", task.taskId, "reject", { reason: "too much" }));

    const { by, reason } = rejected["ended"] as { by: string; reason: string };
    assert.deepEqual([rejected["status"], by, reason], ["rejected", "ada", "too much"]);
    const result = await api.client.result(workflowId, { waitMs: 20_000 });
    assert.equal(result.status, "failed");
    assert.equal(result.error?.type, "TaskRejected");
  });

  test("an escalation by hand asks those whom time would have asked; a task without one refuses it", async () => {
    const workflowId = await api.start("collect", { what: "it", tasks: ["signSoon"] });
    const { taskId } = await api.openTask(workflowId);
    const { task } = await asked();

    refused(await api.act("lea", taskId, "claim"), "NOT_YOUR_TASK", 403);
    const { roles, escalatedAt } = done(await api.act("ada", taskId, "escalate", { reason: "hurry" }));

    assert.deepEqual(roles, ["approver", "lead"]);
    assert.equal(typeof escalatedAt, "string");
    done(await api.act("lea", taskId, "complete", note));
    refused(await api.act("ada", task.taskId, "escalate", { reason: "hurry" }), "INVALID_INPUT", 422);
    done(await api.act("ada", task.taskId, "complete", note));
  });

  test("a quorum needs different people: the votes of all who agreed are the result", async () => {
    const { workflowId, task } = await asked({ task: "approveTogether" });
    const to = (caller: Caller, action: string, body: object) => api.act(caller, task.taskId, action, body);

    const first = done(await to("ada", "complete", { answer: { note: "a" } }));
    refused(await to("ada", "complete", { answer: { note: "again" } }), "TASK_ANSWERED", 409);
    refused(await to("ada", "reject", { reason: "on second thought" }), "TASK_ANSWERED", 409);
    refused(await to("bob", "claim", {}), "INVALID_INPUT", 422);
    done(await to("bob", "reject", { reason: "no" }));
    const last = done(await to("cy", "complete", { answer: { note: "c" } }));

    assert.deepEqual([first["status"], last["status"]], ["open", "completed"]);
    const { result } = await api.client.result(workflowId, { waitMs: 20_000 });
    const votes = (result as readonly (readonly { by: string; answer: unknown }[])[])[0] ?? [];
    assert.deepEqual(
      votes.map(({ by, answer }) => [by, answer]),
      [
        ["ada", { note: "a" }],
        ["cy", { note: "c" }],
      ],
    );
    assert.equal(await api.acceptedUpdates(workflowId), 3);
  });

  test("a quorum that can't be reached any more is rejected", async () => {
    const { workflowId, task } = await asked({ task: "approveTogether" });

    done(await api.act("ada", task.taskId, "reject", { reason: "no" }));
    const { status } = done(await api.act("bob", task.taskId, "reject", { reason: "nor I" }));

    assert.equal(status, "rejected");
    assert.equal((await api.client.result(workflowId, { waitMs: 20_000 })).status, "failed");
  });

  test("a tenant's task is nobody else's: the same answer as for an id that nobody has", async () => {
    const workflowId = await api.start("ask", {}, "acme");
    const { taskId } = await api.openTask(`acme:${workflowId}`);
    const nobodys = `${"0".repeat(16)}-${randomUUID()}`;
    const told = ({ status, body: { requestId: _, ...body } }: Reply, id: string) =>
      JSON.stringify([status, body]).replaceAll(id, "ID");
    const [key = ""] = taskId.split("-");

    for (const [action, body] of [
      ["claim", {}],
      ["release", {}],
      ["complete", note],
      ["reject", { reason: "r" }],
      ["escalate", { reason: "r" }],
      ["reassign", { assignees: ["gus"], reason: "r" }],
      ["comments", { text: "t" }],
    ] as const) {
      const missing = told(await api.act("gus", nobodys, action, body), nobodys);
      assert.match(missing, /TASK_NOT_FOUND/);
      for (const id of [taskId, `${key}-acme:${workflowId}`])
        assert.equal(told(await api.act("gus", id, action, body), id), missing);
    }
    assert.equal((await api.get("gus", `/v1/tasks/${taskId}`)).status, 404);
    assert.equal(await api.acceptedUpdates(`acme:${workflowId}`), 0);

    assert.equal((await api.get("all", `/v1/tasks/${taskId}?tenant=acme`)).body["taskId"], taskId);
    const wide = (await api.get("all", `/v1/tasks/${encodeURIComponent(`${key}-acme:${workflowId}`)}`)).body;
    assert.deepEqual([wide["tenant"], wide["workflowId"]], ["acme", `acme:${workflowId}`]);
    assert.equal((await api.get("gus", `/v1/tasks/${taskId}?tenant=acme`)).status, 403);
    done(await api.act("ann", taskId, "complete", note));
  });

  test("what the command line of Temporal sends is refused, and not in the history", async () => {
    const { workflowId, task } = await asked();
    const [key = ""] = task.taskId.split("-");
    const call = { key, action: "complete", by: { name: "root", isOperator: true, taskRoles: "every" }, ...note };

    const { outcome } = await api.rig.connection.workflowService.updateWorkflowExecution({
      namespace: api.rig.namespace,
      workflowExecution: { workflowId },
      waitPolicy: { lifecycleStage: stages.completed },
      request: {
        meta: { updateId: randomUUID(), identity: "temporal-cli" },
        input: { name: "__tenuto_task", args: { payloads: [encode(call)] } },
      },
    });

    assert.match(outcome?.failure?.message ?? "", /answered over Tenuto's API/);
    assert.equal(await api.acceptedUpdates(workflowId), 0);
    done(await api.act("ada", task.taskId, "complete", note));
  });

  test("the same answer under the same key is taken once, also when the run is over; another one comes too late", async () => {
    const { workflowId, task } = await asked();
    const once = { "idempotency-key": randomUUID() };
    const answer = (caller: Caller, text: string) =>
      api.act(caller, task.taskId, "complete", { answer: { note: text } }, once);

    const [first, second] = await Promise.all([answer("ada", "fine"), answer("ada", "fine")]);
    await api.client.result(workflowId, { waitMs: 20_000 });
    const third = await answer("ada", "fine");

    assert.deepEqual(
      [second, third].map(done).map(({ ended }) => ended),
      Array(2).fill(done(first)["ended"]),
    );
    const late = refused(await answer("ada", "other"), "TASK_CLOSED", 409);
    assert.equal((late["ended"] as { by: string }).by, "ada");
    refused(await answer("bob", "fine"), "TASK_CLOSED", 409);
    assert.equal(await api.acceptedUpdates(workflowId), 1);
  });

  test("what can be no task is 404", async () => {
    for (const id of ["x", `${"0".repeat(16)}-none`, `${"0".repeat(16)}-`, "..%2f..", `${"0".repeat(16)}-a%00b`])
      refused(await api.get("ada", `/v1/tasks/${id}`), "TASK_NOT_FOUND", 404);
    const { workflowId } = await asked();
    refused(await api.get("ada", `/v1/tasks/${"0".repeat(16)}-${workflowId}`), "TASK_NOT_FOUND", 404);
    const { taskId } = await api.openTask(workflowId);
    done(await api.act("ada", taskId, "complete", note));
  });
});

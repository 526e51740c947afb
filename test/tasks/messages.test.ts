import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { defaultPayloadConverter } from "@temporalio/common";
import { defaultActivityInfo, MockActivityEnvironment } from "@temporalio/testing";
import { type TaskTelling, tellTaskActivityType } from "../../src/sdk/core/human-task.ts";
import { tellTaskActivity } from "../../src/sdk/worker/tell-task-activity.ts";
import { type Endpoint, startEndpoint } from "../alerts/fixtures/endpoint.ts";
import { eventually } from "../rig/eventually.ts";
import { approvers, taskRig } from "./fixtures/task-rig.ts";

describe("what people are told of a task", () => {
  let desk: Endpoint | undefined;
  before(async () => {
    // A hook that is registered in a hook belongs to that one, so it is closed by another.
    desk = await startEndpoint({ after: () => undefined });
  });
  after(() => desk?.close());
  const webhook = (name: string) => ({
    ...({ kind: "webhook", name, allowPrivate: true } as const),
    ...{ url: `${desk?.url ?? ""}/${name}`, secret: `whsec_${Buffer.alloc(24, 7).toString("base64")}` },
  });
  const tasks = taskRig({ channels: () => [webhook("desk"), webhook("other")] });

  const toldTo = (channel: string, taskId: string) =>
    (desk?.received ?? [])
      .filter(({ path, body }) => path === `/${channel}` && body.includes(taskId))
      .map(({ headers, body }) => ({ id: headers["webhook-id"], ...(JSON.parse(body) as { readonly type: string }) }));
  const typesTo = (channel: string, taskId: string) => toldTo(channel, taskId).map(({ type }) => type);
  const told = (channel: string, taskId: string, type: string) =>
    eventually(`${channel} gets ${type}`, () => typesTo(channel, taskId).includes(type));

  test("is told each once and in order, also by an activity that is repeated; who was told that it is late hears of its end", async () => {
    const workflowId = await tasks.start("ask", { task: "approveWithNews", what: "a boat" });
    const [task] = await tasks.openTasks(workflowId);
    assert.ok(task);
    const { taskId } = task;
    await told("other", taskId, "task.escalated");
    for (const telling of await tellingsOf(workflowId)) await tellAgain(workflowId, telling);
    const done = await tasks.post(approvers[0] ?? "", `/v1/tasks/${taskId}/complete`, { answer: { note: "yes" } });
    assert.equal(done.status, 200);
    await told("desk", taskId, "task.ended");
    await told("other", taskId, "task.ended");
    assert.deepEqual(typesTo("desk", taskId), ["task.opened", "task.reminder", "task.due", "task.ended"]);
    assert.deepEqual(typesTo("other", taskId), ["task.escalated", "task.ended"]);
    const ids = toldTo("desk", taskId).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    const bodies = (desk?.received ?? []).map(({ body }) => body).join();
    assert.ok(bodies.includes("Decide on a boat") && !bodies.includes("DE12345678"));
  });

  async function tellingsOf(workflowId: string): Promise<readonly TaskTelling[]> {
    const { events } = await tasks.rig.client.workflow.getHandle(`acme:${workflowId}`).fetchHistory();
    return (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: scheduled }) => {
      const [payload] = scheduled?.input?.payloads ?? [];
      const isTelling = scheduled?.activityType?.name === tellTaskActivityType;
      return payload && isTelling ? [defaultPayloadConverter.fromPayload<TaskTelling>(payload)] : [];
    });
  }

  /** As a worker does it whose answer the server did not get. */
  async function tellAgain(workflowId: string, telling: TaskTelling): Promise<void> {
    const { client } = tasks.rig;
    const { runId } = await client.workflow.getHandle(`acme:${workflowId}`).describe();
    const workflowExecution = { workflowId: `acme:${workflowId}`, runId };
    const worker = new MockActivityEnvironment({ ...defaultActivityInfo, workflowExecution }, { client });
    await worker.run(tellTaskActivity(undefined)[tellTaskActivityType] ?? assert.fail(), telling);
  }
});

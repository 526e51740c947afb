import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { HistoryEvent } from "tenuto/client";
import { openEvents } from "./fixtures/event-stream.ts";
import { problemOf, useApi } from "./fixtures/http.ts";
import { uniqueId, until, useTemporal, withServer } from "./fixtures/temporal.ts";

suite("what operators see and do over HTTP", withServer, () => {
  const temporal = useTemporal({ hasWorker: true });
  const api = useApi(() => temporal().client);
  const historyOf = async (workflowId: string) =>
    (await api().get(`/v1/runs/${workflowId}/history`)).body["events"] as readonly HistoryEvent[];

  test("runs are counted by status, with the filters of the list", async () => {
    const { client } = temporal();
    for (let n = 0; n < 3; n++) await client.start("echo", { text: "a" });
    await client.start("waits", undefined);
    const counts = async (query = "") => (await api().get(`/v1/run-counts${query}`)).body;
    const none = { running: 0, completed: 0, failed: 0, canceled: 0, terminated: 0, timedOut: 0, continuedAsNew: 0 };

    await until(async () => (await counts("?type=echo&status=completed"))["total"] === 3, 60_000);
    await until(async () => (await counts())["total"] === 4, 60_000);

    assert.deepEqual(await counts(), { total: 4, byStatus: { ...none, running: 1, completed: 3 } });
    assert.deepEqual(await counts("?type=echo"), { total: 3, byStatus: { ...none, completed: 3 } });
    assert.deepEqual(await counts("?status=running"), { total: 1, byStatus: { ...none, running: 1 } });
    assert.deepEqual(await counts("?startedBefore=2020-01-01T00:00:00Z"), { total: 0, byStatus: none });
    const injected = encodeURIComponent("x' OR WorkflowType = 'echo");
    assert.deepEqual(await counts(`?type=${injected}`), { total: 0, byStatus: none });
    assert.deepEqual(problemOf(await api().get("/v1/run-counts?limit=1")), {
      status: 400,
      code: "INVALID_REQUEST",
      isProblem: true,
      pointers: ["/query/limit"],
    });
  });

  test("a terminated run ends at once, and its history says who and why", async () => {
    const { workflowId } = await temporal().client.start("waits", undefined);
    const terminate = () => api().post(`/v1/runs/${workflowId}/terminate`, { reason: "it hangs" });

    assert.equal((await terminate()).status, 202);

    const result = await api().get(`/v1/runs/${workflowId}/result`);
    assert.deepEqual(result.body, { status: "terminated", error: { type: "Terminated", message: "it hangs" } });
    const attributes = (await historyOf(workflowId)).at(-1)?.["workflowExecutionTerminatedEventAttributes"];
    const { reason, details } = attributes as { reason: string; details: { payloads: readonly unknown[] } };
    assert.deepEqual([reason, details.payloads], ["it hangs", [{ by: "dev" }]]);
    assert.deepEqual(problemOf(await terminate()), { status: 409, code: "RUN_CLOSED", isProblem: true });
    const unknown = await api().post(`/v1/runs/${uniqueId()}/terminate`, { reason: "x" });
    assert.deepEqual(problemOf(unknown), { status: 404, code: "RUN_NOT_FOUND", isProblem: true });
    const unreasoned = await api().post(`/v1/runs/${workflowId}/terminate`, {});
    assert.equal(unreasoned.status, 422);
  });

  test("a stream of a run whose task keeps failing does not tell what the server takes back", async () => {
    const { client } = temporal();
    const { workflowId } = await client.start("anything", 1);
    // The second attempt is told under an id that the cancellation then gets.
    await until(async () => {
      const types = (await historyOf(workflowId)).map(({ eventType }) => eventType);
      const failed = types.indexOf("EVENT_TYPE_WORKFLOW_TASK_FAILED");
      return failed > 0 && types.length > failed + 1;
    }, 60_000);
    const stream = await openEvents(`${api().url}/v1/runs/${workflowId}/events`);
    const seen: string[] = [];
    for await (const { name, data } of stream.events()) {
      seen.push(name === "end" ? "end" : `${String(data["eventId"])} ${String(data["eventType"])}`);
      if (seen.length === 4) await client.cancel(workflowId, { reason: "no code" });
      if (seen.at(-1)?.endsWith("CANCEL_REQUESTED")) await client.terminate(workflowId, { reason: "no code" });
    }

    const recorded = (await historyOf(workflowId)).map(({ eventId, eventType }) => `${eventId} ${eventType}`);
    assert.deepEqual(seen, [...recorded, "end"]);
  });

  test("a diagram of a run is Mermaid", async () => {
    const { workflowId } = await temporal().client.start("fails", { how: "step" });
    await api().get(`/v1/runs/${workflowId}/result?wait=20`);

    const { status, body } = await api().get(`/v1/runs/${workflowId}/diagram`);

    assert.deepEqual([status, body["workflowId"]], [200, workflowId]);
    assert.match(String(body["mermaid"]), /^sequenceDiagram\n/);
    assert.match(String(body["mermaid"]), /decline/);
  });

  test("task queues have their backlog and pollers, and workers are listed", async () => {
    const pollersOf = (queue: unknown, kind: string) => (queue as Record<string, { pollers: number }>)[kind]?.pollers;
    const items = await until(async () => {
      const { body } = await api().get("/v1/task-queues");
      const [own, system] = body["items"] as readonly Record<string, unknown>[];
      return (pollersOf(own, "workflow") ?? 0) > 0 && (pollersOf(own, "activity") ?? 0) > 0 && { own, system };
    }, 60_000);

    assert.deepEqual([items.own?.["name"], items.system?.["name"]], ["api-fixture", "tenuto-system"]);
    // Nobody polls there, so the audit of what was done above may wait.
    const waiting = items.system?.["workflow"] as Readonly<Record<string, number>>;
    const told = [
      "backlog",
      "backlogAgeMs",
      "addedPerSecond",
      "dispatchedPerSecond",
      "pollers",
      "byPriority",
      "isRateLimited",
    ];
    assert.deepEqual(Object.keys(waiting), told);
    assert.equal(waiting["pollers"], 0);
    const { body } = await api().get("/v1/workers");
    const [worker] = body["items"] as readonly Record<string, unknown>[];
    assert.deepEqual([worker?.["taskQueue"], worker?.["kinds"]], ["api-fixture", ["workflow", "activity"]]);
    assert.match(String(worker?.["identity"]), /@/);
    assert.ok(Date.parse(String(worker?.["lastSeenAt"])) > 0);
  });
});

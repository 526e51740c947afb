import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { routes } from "../../src/api/routes.ts";
import { inParallel } from "../../src/sdk/client/in-parallel.ts";
import { startApi, timed } from "./fixtures/api-process.ts";
import { openEvents } from "./fixtures/event-stream.ts";
import { callsTo, problemOf, type Reply } from "./fixtures/http.ts";
import { startProxy } from "./fixtures/temporal-proxy.ts";
import { uniqueId, until, useTemporal, withServer } from "./fixtures/temporal.ts";

const order = { id: "x", customer: "c", card: "ok", address: "x", lines: [{ sku: "tea", quantity: 1, unitCents: 1 }] };
const reason = { reason: "a test" };

/** What is sent to each route that needs the server; nothing to a GET. */
const bodies: Readonly<Record<string, object | undefined>> = {
  "get /v1/runs": undefined,
  "get /v1/run-counts": undefined,
  "get /v1/runs/:workflowId": undefined,
  "get /v1/runs/:workflowId/result": undefined,
  "get /v1/runs/:workflowId/history": undefined,
  "get /v1/runs/:workflowId/events": undefined,
  "get /v1/runs/:workflowId/diagram": undefined,
  "get /v1/runs/:workflowId/state": undefined,
  "get /v1/runs/:workflowId/updates/:name/:updateId": undefined,
  "get /v1/dead-letters": undefined,
  "get /v1/dead-letters/:id": undefined,
  "get /v1/error-groups": undefined,
  "get /v1/error-groups/:fingerprint": undefined,
  "post /v1/error-groups/:fingerprint/resolve": reason,
  "post /v1/error-groups/:fingerprint/ignore": reason,
  "post /v1/error-groups/:fingerprint/reopen": reason,
  "post /v1/error-groups/:fingerprint/assign": { assignee: "x" },
  "post /v1/error-groups/:fingerprint/notes": { note: "n" },
  "get /v1/alerts": undefined,
  "post /v1/alerts/:id/acknowledge": reason,
  "get /v1/tasks": undefined,
  "get /v1/tasks/:taskId": undefined,
  "post /v1/tasks/:taskId/claim": {},
  "post /v1/tasks/:taskId/release": {},
  "post /v1/tasks/:taskId/complete": { answer: {} },
  "post /v1/tasks/:taskId/reject": reason,
  "post /v1/tasks/:taskId/escalate": reason,
  "post /v1/tasks/:taskId/reassign": { assignees: ["x"], ...reason },
  "post /v1/tasks/:taskId/comments": { text: "t" },
  "get /v1/batch-operations": undefined,
  "get /v1/batch-operations/:id": undefined,
  "get /v1/batch-operations/:id/items": undefined,
  "post /v1/batch-operations": { action: "discard", filter: { all: true }, ...reason },
  "post /v1/batch-operations/:id/stop": reason,
  "get /v1/alert-rules": undefined,
  "get /v1/alert-rules/:id": undefined,
  "put /v1/alert-rules/:id": {
    ...{ title: "t", condition: { kind: "stuckRun" }, severity: "info", channels: ["log"] },
    ...reason,
  },
  "delete /v1/alert-rules/:id": reason,
  "post /v1/alert-rules/:id/dry-run": { condition: { kind: "stuckRun" } },
  "get /v1/schedules": undefined,
  "get /v1/schedules/:id": undefined,
  "post /v1/schedules/deploy": reason,
  "put /v1/schedules/:id": { at: [{ kind: "every", every: "1h" }], type: "fulfillOrder", input: order, ...reason },
  "delete /v1/schedules/:id": reason,
  "post /v1/schedules/:id/pause": reason,
  "post /v1/schedules/:id/resume": reason,
  "post /v1/schedules/:id/trigger": reason,
  "post /v1/schedules/:id/backfill": { from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z", ...reason },
  "get /v1/event-sources": undefined,
  "get /v1/event-windows": undefined,
  "get /v1/event-windows/:id": undefined,
  "post /v1/event-sources/:name/pause": reason,
  "post /v1/event-sources/:name/resume": reason,
  "get /v1/lanes": undefined,
  "get /v1/lanes/:id": undefined,
  "get /v1/metrics/summary": undefined,
  "get /v1/metrics/timeseries": undefined,
  "get /v1/audit": undefined,
  "get /v1/task-queues": undefined,
  "put /v1/task-queues/:name/rate": { perSecond: 1, ...reason },
  "get /v1/workers": undefined,
  "post /v1/workflow-types/:type/runs": { input: order },
  "post /v1/runs/:workflowId/signals/:name": { input: { approved: true, by: "x" } },
  "post /v1/runs/:workflowId/queries/:name": { input: null },
  "post /v1/runs/:workflowId/updates/:name": { input: null },
  "post /v1/runs/:workflowId/cancel": reason,
  "post /v1/runs/:workflowId/terminate": reason,
  "post /v1/runs/:workflowId/pause": reason,
  "post /v1/runs/:workflowId/resume": reason,
  "post /v1/runs/:workflowId/reset": reason,
  "post /v1/runs/:workflowId/rewind": { to: "x", ...reason },
  "post /v1/runs/:workflowId/skip": { step: "payments.chargeCard", output: { chargeId: "x" }, ...reason },
  "post /v1/dead-letters/:id/redrive": reason,
  "post /v1/dead-letters/:id/discard": reason,
  "post /v1/dead-letters/:id/notes": { note: "n" },
};

/** Answered with 200 also without it; a path that is not there yet may be listed. */
const needsNoServer = [
  "/healthz",
  "/metrics",
  "/v1/workflow-types",
  "/v1/workflow-types/:type",
  "/openapi.json",
  "/v1/doctor",
  "/v1/session",
  // It says itself that the server is away.
  "/v1/metrics/stream",
  "/v1/codec/encode",
  "/v1/codec/decode",
  // There are no links without a secret for them.
  "/v1/task-links/show",
  "/v1/task-links/answer",
  // Nor sources; what they answer is in test/events.
  "/v1/webhooks/:source",
];

test("every route is known to need the server, or not to", () => {
  const unknown = routes
    .map(({ method, path }) => ({ path, name: `${method} ${path}` }))
    .filter(({ path, name }) => !(name in bodies) && !needsNoServer.includes(path) && path !== "/readyz");

  assert.deepEqual(unknown, [], "Add them to `bodies` or `needsNoServer` in this file.");
});

suite("an outage of the server", withServer, () => {
  const temporal = useTemporal({ hasWorker: false });

  test("is 503 within 5 s on every route that needs it, and over when it is back, without a restart", async (t) => {
    const proxy = await startProxy(t);
    const { url } = await startApi(t, { TEMPORAL_ADDRESS: proxy.address, TEMPORAL_NAMESPACE: temporal().namespace });
    const api = callsTo(url);
    await until(async () => (await api.get("/readyz")).status === 200, 60_000);
    const workflowId = uniqueId();
    await api.post("/v1/workflow-types/fulfillOrder/runs", { input: order, workflowId });
    const stream = await openEvents(`${url}/v1/runs/${workflowId}/events`);
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { name, data } of stream.events()) seen.push(name === "end" ? "end" : String(data["eventId"]));
    })();
    await until(async () => seen.length > 0, 60_000);
    reading.catch(() => undefined); // Told when it is awaited.
    await proxy.close();

    // So many at once that the machine has time for them.
    const answers = inParallel(Object.entries(bodies), 30, async ([route, body]) => {
      const { value: reply, tookMs } = await timed(() => call(api, route, body));
      return {
        route,
        problem: problemOf(reply),
        retryAfter: reply.headers.get("retry-after"),
        isInTime: tookMs < 5_000,
      };
    });
    const problem = { status: 503, code: "TEMPORAL_UNAVAILABLE", isProblem: true };
    assert.deepEqual(
      await answers,
      Object.keys(bodies).map((route) => ({ route, problem, retryAfter: "1", isInTime: true })),
    );
    const ready = await api.get("/readyz");
    const checks = ready.body["checks"] as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    assert.deepEqual([ready.status, ready.body["status"]], [503, "unavailable"]);
    assert.deepEqual([checks["temporal"]?.["ok"], typeof checks["temporal"]?.["detail"]], [false, "string"]);
    for (const path of ["/healthz", "/v1/workflow-types", "/v1/workflow-types/fulfillOrder"])
      assert.equal((await api.get(path)).status, 200, path);

    await proxy.open();
    await until(async () => (await api.get("/readyz")).status === 200, 60_000);
    for (const [route, body] of Object.entries(bodies).filter(([name]) => !name.endsWith("/events")))
      assert.notEqual((await call(api, route, body)).status, 503, route);
    // The stream that was open has waited, and goes on.
    assert.equal((await api.post(`/v1/runs/${workflowId}/terminate`, reason)).status, 202);
    await reading;
    const { length } = seen;
    assert.deepEqual(seen, [...Array.from({ length: length - 1 }, (_, at) => String(at + 1)), "end"]);
  });
});

function call(api: ReturnType<typeof callsTo>, route: string, body: object | undefined): Promise<Reply> {
  const [method = "", pattern = ""] = route.split(" ");
  const path = pattern
    .replace(":type", "fulfillOrder")
    .replace(":taskId", "0123456789abcdef-x")
    .replace(":fingerprint", "f".repeat(16))
    .replace(/:\w+/g, "x");
  if (body === undefined) return api.get(path);
  const headers = { "content-type": "application/json" };
  return api.send(path, { method: method.toUpperCase(), headers, body: JSON.stringify(body) });
}

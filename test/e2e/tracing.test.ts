import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { freePort } from "../../src/sdk/worker/free-port.ts";
import { callsTo } from "../api/fixtures/http.ts";
import { spawnEntryPoint, startEntryPoint } from "../rig/entry-point.ts";
import { anOrder } from "../rig/orders.ts";
import { type CollectedSpan, type OtlpCollector, startCollector } from "../rig/otlp-collector.ts";
import { type Stack, startStack } from "../rig/stack.ts";

const canary = "canary-3d1f";

describe("traces of an API and a worker with OTEL_EXPORTER_OTLP_ENDPOINT", () => {
  let stack: Stack;
  let collector: OtlpCollector;
  before(async () => {
    [stack, collector] = await Promise.all([startStack(), startCollector()]);
  });
  after(async () => {
    await collector.close();
    // The runs here were recorded with tracing, and are replayed without.
    await stack.close();
  });

  const startTraced = async () => {
    const [port, metricsPort] = [String(await freePort()), String(await freePort())];
    const env = {
      ...stack.env,
      TENUTO_PORT: port,
      TENUTO_METRICS_PORT: metricsPort,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    };
    const url = `http://127.0.0.1:${port}`;
    const [worker, api] = await Promise.all([
      startEntryPoint("worker", { readyUrl: `http://127.0.0.1:${metricsPort}/readyz`, env }),
      startEntryPoint("api", { readyUrl: `${url}/readyz`, env }),
    ]);
    return { worker, api, url };
  };

  test("a request, its run and every attempt are one trace, the caller's; all of it is sent before the processes end", async () => {
    const { worker, api, url } = await startTraced();
    const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    const headers = {
      traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
      "idempotency-key": `${canary}-key`,
      authorization: `Bearer ${canary}-token`,
    };
    const order = anOrder({ customer: `${canary}@example.com`, address: `${canary} street` });
    const declined = anOrder({ customer: `${canary}@example.com`, card: "declined" });
    const start = (input: object, more: Readonly<Record<string, string>> = {}) =>
      callsTo(url).post("/v1/workflow-types/fulfillOrder/runs", { input }, { prefer: "wait=60", ...more });

    const done = await start(order, headers);
    const failed = await start(declined);
    const ended = await Promise.all([worker.stop(), api.stop()]);

    assert.deepEqual([done.body["status"], failed.body["status"], ended], ["completed", "failed", [0, 0]]);
    const trace = collector.spans().filter((span) => span.traceId === traceId);
    assert.deepEqual(tree(trace, "00f067aa0ba902b7"), {
      "tenuto-api POST /v1/workflow-types/:type/runs": {
        "tenuto-worker RunWorkflow:fulfillOrder": Object.fromEntries(
          ["stock.reserve", "payments.chargeCard", "shipping.book", "mail.sendReceipt"].map((step) => [
            `tenuto-worker StartActivity:${step}`,
            { [`tenuto-worker RunActivity:${step}`]: {} },
          ]),
        ),
      },
    });
    const [request] = trace.filter(({ service }) => service === "tenuto-api");
    assert.deepEqual(request?.attributes, {
      "http.request.method": "POST",
      "http.route": "/v1/workflow-types/:type/runs",
      "tenuto.operation": "startRun",
      "http.response.status_code": 200,
    });
    const attempt = trace.find(({ name }) => name === "RunActivity:payments.chargeCard");
    assert.deepEqual(
      [attempt?.attributes["temporalWorkflowId"], attempt?.attributes["attempt"]],
      [`order-${order.id}`, 1],
    );

    const other = collector.spans().filter((span) => span.traceId !== traceId);
    const [ofDeclined] = other.filter(({ name }) => name === "RunWorkflow:fulfillOrder");
    assert.equal(ofDeclined?.error, "CardDeclined");
    assert.equal(new Set(other.map((span) => span.traceId)).size, new Set(roots(other)).size);
    assert.ok(other.some(({ name, error }) => name === "RunActivity:payments.chargeCard" && error === "CardDeclined"));
    const ids = collector.spans().map(({ spanId }) => spanId);
    assert.equal(new Set(ids).size, ids.length, "no span is sent twice");
    assert.doesNotMatch(collector.text(), new RegExp(canary));
    assert.match(api.output(), new RegExp(`"traceId":"${traceId}"`));
  });
});

for (const name of ["api", "worker"] as const) {
  test(`without the packages of OpenTelemetry, the ${name} ends with 1 and says what to install when traces are asked for`, async () => {
    const env = { TEMPORAL_ADDRESS: "127.0.0.1:1", OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:1" };
    const { exited, output } = spawnEntryPoint(name, { env, imports: [withoutOpenTelemetry] });

    assert.equal(await exited, 1);
    assert.match(output(), /Traces can't be sent: .*@opentelemetry.*npm install @opentelemetry\/api.*unset OTEL_/);
    assert.doesNotMatch(output(), /\n {4}at /);
  });
}

test("without the variable, API and worker run where nothing of OpenTelemetry is installed", async () => {
  const stack = await startStack();
  try {
    const [port, metricsPort] = [String(await freePort()), String(await freePort())];
    const env = { ...stack.env, TENUTO_PORT: port, TENUTO_METRICS_PORT: metricsPort };
    const imports = [withoutOpenTelemetry];
    const url = `http://127.0.0.1:${port}`;
    const [worker, api] = await Promise.all([
      startEntryPoint("worker", { readyUrl: `http://127.0.0.1:${metricsPort}/readyz`, env, imports }),
      startEntryPoint("api", { readyUrl: `${url}/readyz`, env, imports }),
    ]);

    const { body } = await callsTo(url).post(
      "/v1/workflow-types/fulfillOrder/runs",
      { input: anOrder() },
      { prefer: "wait=60" },
    );

    assert.equal(body["status"], "completed");
    assert.deepEqual(await Promise.all([worker.stop(), api.stop()]), [0, 0]);
  } finally {
    await stack.close();
  }
});

/** A module that has Node find nothing of OpenTelemetry, as if it were not installed. */
const withoutOpenTelemetry = dataUrl(`
  import { register } from "node:module";
  register(${JSON.stringify(
    dataUrl(`
      export async function resolve(specifier, context, next) {
        if (!specifier.startsWith("@opentelemetry/")) return next(specifier, context);
        throw Object.assign(new Error("Cannot find package '" + specifier + "'"), { code: "ERR_MODULE_NOT_FOUND" });
      }`),
  )});`);

function dataUrl(script: string): string {
  return `data:text/javascript,${encodeURIComponent(script)}`;
}

type Tree = { readonly [name: string]: Tree };

function tree(spans: readonly CollectedSpan[], parent: string): Tree {
  const below = spans.filter(({ parentSpanId }) => parentSpanId === parent);
  return Object.fromEntries(
    below.map(({ service, name, spanId }) => [`${service} ${name}`, tree(spans, spanId)] as const),
  );
}

function roots(spans: readonly CollectedSpan[]): readonly string[] {
  const known = new Set(spans.map(({ spanId }) => spanId));
  return spans.filter(({ parentSpanId }) => !known.has(parentSpanId ?? "")).map(({ traceId }) => traceId);
}

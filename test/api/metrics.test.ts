import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { createAuthentication, parseApiKeys } from "tenuto/api";
import { problemCodes } from "../../src/api/problems.ts";
import { routes } from "../../src/api/routes.ts";
import { openEvents } from "./fixtures/event-stream.ts";
import { type Family, parseExposition } from "./fixtures/exposition.ts";
import { type Calls, useApi } from "./fixtures/http.ts";
import { uniqueId, until, useTemporal, withServer } from "./fixtures/temporal.ts";

suite("the API's metrics", withServer, () => {
  const temporal = useTemporal({ hasWorker: false });
  const authentication = createAuthentication({
    apiKeys: parseApiKeys("scraper:viewer:key-of-scraper,caller:operator:key-of-caller"),
  });
  const api = useApi(() => temporal().client, { authentication });
  const authorization = "Bearer key-of-scraper";

  test("are for who may look, in Prometheus' text format", async () => {
    const nobody = await fetch(`${api().url}/metrics`);
    const { status, headers, families } = await scrape(api(), authorization);

    assert.equal(nobody.status, 401);
    assert.deepEqual([status, headers.get("cache-control")], [200, "no-store"]);
    assert.match(headers.get("content-type") ?? "", /^text\/plain; version=0\.0\.4; charset=utf-8$/);
    assert.deepEqual(
      ["tenuto_api_request_duration_seconds", "process_cpu_seconds_total", "nodejs_eventloop_lag_seconds"].map(
        (name) => families.get(name)?.type,
      ),
      ["histogram", "counter", "gauge"],
    );
  });

  test("count requests by operation, method and status, and refusals by code; no path and no id is a label", async () => {
    const canary = `canary-${uniqueId()}`;
    const calls: readonly (readonly [string, RequestInit?])[] = [
      [`/v1/runs/${canary}`],
      [`/v1/runs/${canary}`],
      [`/v1/${canary}`],
      [`/v1/runs/${canary}`, { method: "PATCH" }],
      [`/v1/workflow-types/${canary}/runs`, { method: "POST", body: "{" }],
    ];
    const before = (await scrape(api(), authorization)).families;
    for (const [path, init] of calls) {
      const headers = {
        authorization: "Bearer key-of-caller",
        "content-type": "application/json",
        "x-request-id": canary,
      };
      await (await fetch(api().url + path, { ...init, headers })).text();
    }
    // A request is counted when its connection has let go of it, which is after its caller has the answer.
    const { families, text } = await until(async () => {
      const now = await scrape(api(), authorization);
      return counted(now.families, { operation: "startRun", status: "400" }) === 1 && now;
    });

    const grown = (labels: Readonly<Record<string, string>>) => counted(families, labels) - counted(before, labels);
    assert.deepEqual(
      [
        grown({ operation: "getRun", method: "GET", status: "404" }),
        grown({ operation: "none", method: "GET", status: "404" }),
        grown({ operation: "none", method: "PATCH", status: "405" }),
        grown({ operation: "startRun", method: "POST", status: "400" }),
      ],
      [2, 1, 1, 1],
    );
    const problems = families.get("tenuto_api_problems_total")?.samples ?? [];
    const codes = Object.fromEntries(problems.map(({ labels, value }) => [labels["code"] ?? "", value] as const));
    assert.deepEqual(
      [codes["RUN_NOT_FOUND"], codes["NOT_FOUND"], codes["METHOD_NOT_ALLOWED"], codes["NOT_JSON"]],
      [2, 1, 1, 1],
    );
    assert.doesNotMatch(text, /canary|scraper|caller/);
    assertBounded(families);
  });

  test("tell what is in flight, and which event streams are open", async () => {
    const { workflowId } = await temporal().client.start("waits", undefined);
    const value = async (name: string) =>
      (await scrape(api(), authorization)).families.get(name)?.samples[0]?.value ?? 0;
    const stream = await openEvents(`${api().url}/v1/runs/${workflowId}/events`, undefined, {
      headers: { authorization },
    });

    assert.equal(await value("tenuto_api_event_streams_open"), 1);
    assert.equal(await value("tenuto_api_requests_in_flight"), 2, "the stream and the scrape");
    const begun = (await scrape(api(), authorization)).families;
    assert.equal(counted(begun, { operation: "streamEvents", method: "GET", status: "200" }), 1);
    stream.cut();
    await until(async () => (await value("tenuto_api_event_streams_open")) === 0);
    await until(async () => (await value("tenuto_api_requests_in_flight")) === 1);
    const over = (await scrape(api(), authorization)).families;
    assert.equal(counted(over, { operation: "streamEvents", method: "GET", status: "200" }), 1);
  });
});

async function scrape({ url }: Calls, authorization: string) {
  const response = await fetch(`${url}/metrics`, { headers: { authorization } });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, families: parseExposition(text) };
}

function counted(families: ReadonlyMap<string, Family>, labels: Readonly<Record<string, string>>): number {
  const { samples = [] } = families.get("tenuto_api_request_duration_seconds") ?? {};
  const matching = samples.filter(
    (sample) =>
      sample.name.endsWith("_count") && Object.entries(labels).every(([name, value]) => sample.labels[name] === value),
  );
  return matching.reduce((sum, { value }) => sum + value, 0);
}

function assertBounded(families: ReadonlyMap<string, Family>): void {
  const operations = new Set(["none", ...routes.map(({ operation }) => operation.operationId)]);
  const codes = new Set<string>(problemCodes);
  const known: Readonly<Record<string, (value: string) => boolean>> = {
    operation: (value) => operations.has(value),
    method: (value) => /^[A-Z-]{3,20}$/.test(value),
    status: (value) => /^(\d{3}|aborted)$/.test(value),
    code: (value) => codes.has(value),
    le: (value) => /^[\d.]+$|^\+Inf$/.test(value),
  };
  for (const [name, { samples }] of families) {
    if (!name.startsWith("tenuto_")) continue;
    for (const [label, value] of samples.flatMap(({ labels }) => Object.entries(labels)))
      assert.ok(known[label]?.(value), `${name}: ${label}="${value}"`);
  }
}

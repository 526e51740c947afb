import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { before, suite, test } from "node:test";
import type { ApiLogger } from "tenuto/api";
import { createClient, type TenutoClient } from "tenuto/client";
import { fixtureApp } from "./fixtures/app.ts";
import { problemOf, useApi } from "./fixtures/http.ts";
import { useTemporal, withServer } from "./fixtures/temporal.ts";

const types = "/v1/workflow-types";

suite("bad requests", withServer, () => {
  const temporal = useTemporal({ hasWorker: false });
  const api = useApi(() => temporal().client);

  for (const { what, path, body, headers, ...problem } of [
    { what: "not JSON", body: '{"input":}', status: 400, code: "NOT_JSON" },
    { what: "an empty body", body: "", status: 400, code: "NOT_JSON" },
    { what: "JSON nested 100,000 deep", body: "[".repeat(1e5) + "]".repeat(1e5), status: 400, code: "TOO_DEEP" },
    { what: "a body that is no object", body: "[1]", status: 422, code: "INVALID_BODY", pointers: [""] },
    {
      what: "an unknown member",
      body: { input: 1, inputs: 2 },
      status: 422,
      code: "INVALID_BODY",
      pointers: ["/inputs"],
    },
    {
      what: "a wrong type",
      body: { input: { text: 1 } },
      status: 422,
      code: "INVALID_INPUT",
      pointers: ["/input/text"],
    },
    { what: "no input", body: {}, status: 422, code: "INVALID_INPUT", pointers: ["/input"] },
    {
      what: "an id that is none",
      body: { input: { text: "" }, workflowId: 1 },
      status: 422,
      code: "INVALID_BODY",
      pointers: ["/workflowId"],
    },
    {
      what: "an id that no URL can hold",
      body: { input: { text: "" }, workflowId: ".." },
      status: 422,
      code: "INVALID_INPUT",
      pointers: ["/workflowId"],
    },
    {
      what: "a delay that is none",
      body: { input: { text: "" }, delay: "soon" },
      status: 422,
      code: "INVALID_BODY",
      pointers: ["/delay"],
    },
    {
      what: "a delay beyond all bounds",
      body: { input: { text: "" }, delay: "999999999d" },
      status: 422,
      code: "INVALID_INPUT",
      pointers: ["/delay"],
    },
    { what: "an unknown type", path: `${types}/nope/runs`, body: {}, status: 404, code: "UNKNOWN_WORKFLOW_TYPE" },
    {
      what: "a type from Object.prototype",
      path: `${types}/__proto__/runs`,
      body: {},
      status: 404,
      code: "UNKNOWN_WORKFLOW_TYPE",
    },
    {
      what: "a key with a space",
      body: {},
      headers: { "idempotency-key": "a b" },
      status: 400,
      code: "INVALID_REQUEST",
      pointers: ["/headers/idempotency-key"],
    },
    {
      what: "a key that is too long",
      body: {},
      headers: { "idempotency-key": "k".repeat(256) },
      status: 400,
      code: "INVALID_REQUEST",
      pointers: ["/headers/idempotency-key"],
    },
    {
      what: "an empty key",
      body: {},
      headers: { "idempotency-key": "" },
      status: 400,
      code: "INVALID_REQUEST",
      pointers: ["/headers/idempotency-key"],
    },
    {
      what: "an unknown query parameter",
      path: `${types}/echo/runs?dry=1`,
      body: {},
      status: 400,
      code: "INVALID_REQUEST",
      pointers: ["/query/dry"],
    },
    {
      what: "plain text",
      body: "{}",
      headers: { "content-type": "text/plain" },
      status: 415,
      code: "UNSUPPORTED_MEDIA_TYPE",
    },
    {
      what: "another charset",
      body: "{}",
      headers: { "content-type": "application/json; charset=latin1" },
      status: 415,
      code: "UNSUPPORTED_MEDIA_TYPE",
    },
    {
      what: "a compressed body",
      body: "{}",
      headers: { "content-encoding": "gzip" },
      status: 415,
      code: "UNSUPPORTED_MEDIA_TYPE",
    },
    {
      what: "a form of another site's page",
      body: "{}",
      headers: { "content-type": "application/x-www-form-urlencoded", origin: "http://evil.example" },
      status: 415,
      code: "UNSUPPORTED_MEDIA_TYPE",
    },
    { what: "more than 2 MB", body: { input: { text: "x".repeat(2_100_000) } }, status: 413, code: "BODY_TOO_LARGE" },
    { what: "3 MB", body: { input: { text: "x".repeat(3_000_000) } }, status: 413, code: "BODY_TOO_LARGE" },
    {
      what: "more than Temporal takes",
      body: { input: { text: "x".repeat(1_950_000) } },
      status: 413,
      code: "PAYLOAD_TOO_LARGE",
    },
    {
      what: "a cancellation without a reason",
      path: "/v1/runs/x/cancel",
      body: { reason: " " },
      status: 422,
      code: "INVALID_BODY",
      pointers: ["/reason"],
    },
    {
      what: "a cancellation of nothing",
      path: "/v1/runs/x/cancel",
      body: { reason: "y" },
      status: 404,
      code: "RUN_NOT_FOUND",
    },
    {
      what: "a signal to nothing",
      path: "/v1/runs/x/signals/go",
      body: { input: {} },
      status: 404,
      code: "RUN_NOT_FOUND",
    },
  ] as const satisfies readonly Row[] as readonly Row[]) {
    test(`${what} is ${problem.status} ${problem.code}`, async () => {
      const reply = await api().post(path ?? `${types}/echo/runs`, body, headers);

      assert.deepEqual(problemOf(reply), { isProblem: true, ...problem });
    });
  }

  for (const [path, problem] of Object.entries({
    "/v1/runs/nope": { status: 404, code: "RUN_NOT_FOUND" },
    "/v1/runs/nope?runId=x": { status: 404, code: "RUN_NOT_FOUND" },
    "/v1/runs/nope/result?runId=x&wait=5": { status: 404, code: "RUN_NOT_FOUND" },
    "/v1/runs/nope/result": { status: 404, code: "RUN_NOT_FOUND" },
    "/v1/runs/nope/history": { status: 404, code: "RUN_NOT_FOUND" },
    "/v1/runs/%ff": { status: 400, code: "MALFORMED_URL" },
    "/v1/runs/%": { status: 400, code: "MALFORMED_URL" },
    "/v1/runs/%00": { status: 404, code: "RUN_NOT_FOUND" },
    "/v1/runs?type=%zz": { status: 400, code: "MALFORMED_URL" },
    "/v1/nope": { status: 404, code: "NOT_FOUND" },
    "/V1/runs": { status: 404, code: "NOT_FOUND" },
    "/v1/runs/nope/cancel": { status: 405, code: "METHOD_NOT_ALLOWED" },
    "/v1/runs?limit=0": { status: 400, code: "INVALID_REQUEST", pointers: ["/query/limit"] },
    "/v1/runs?limit=201": { status: 400, code: "INVALID_REQUEST", pointers: ["/query/limit"] },
    "/v1/runs?limit=1e1": { status: 400, code: "INVALID_REQUEST", pointers: ["/query/limit"] },
    "/v1/runs?limit=1e9": { status: 400, code: "INVALID_REQUEST", pointers: ["/query/limit"] },
    "/v1/runs?limit=1000000000": { status: 400, code: "INVALID_REQUEST", pointers: ["/query/limit"] },
    "/v1/dead-letters?limit=1e9": { status: 400, code: "INVALID_REQUEST", pointers: ["/query/limit"] },
    "/v1/dead-letters?cursor=x": { status: 400, code: "INVALID_CURSOR" },
    "/v1/run-counts?status=Running": { status: 400, code: "INVALID_REQUEST", pointers: ["/query/status"] },
    "/v1/runs/nope/events": { status: 404, code: "RUN_NOT_FOUND" },
    "/v1/runs/nope/events?runId=x": { status: 404, code: "RUN_NOT_FOUND" },
    "/v1/runs/nope/diagram": { status: 404, code: "RUN_NOT_FOUND" },
    "/v1/runs/a%2Fb%27%22%0Ac/events": { status: 404, code: "RUN_NOT_FOUND" },
    "/v1/runs/a%2Fb%27%22%0Ac/history": { status: 404, code: "RUN_NOT_FOUND" },
    "/v1/dead-letters/a%2Fb%27%22%0Ac": { status: 404, code: "DEAD_LETTER_NOT_FOUND" },
    "/v1/runs?status=Running": { status: 400, code: "INVALID_REQUEST", pointers: ["/query/status"] },
    "/v1/runs?startedAfter=yesterday": { status: 400, code: "INVALID_REQUEST", pointers: ["/query/startedAfter"] },
    "/v1/runs?type=a&type=b": { status: 400, code: "INVALID_REQUEST", pointers: ["/query/type"] },
    "/v1/runs?sort=a": { status: 400, code: "INVALID_REQUEST", pointers: ["/query/sort"] },
    "/v1/runs?__proto__=a": { status: 400, code: "INVALID_REQUEST", pointers: ["/query/__proto__"] },
    "/v1/runs?cursor=x": { status: 400, code: "INVALID_CURSOR" },
    "/v1/runs/x/result?wait=61": { status: 400, code: "INVALID_REQUEST", pointers: ["/query/wait"] },
    "/v1/runs/x/result?wait=-1": { status: 400, code: "INVALID_REQUEST", pointers: ["/query/wait"] },
  })) {
    test(`GET ${path} is ${problem.status} ${problem.code}`, async () => {
      assert.deepEqual(problemOf(await api().get(path)), { isProblem: true, ...problem });
    });
  }

  test("what is not JSON is shown by line and column", async () => {
    const { body } = await api().post(`${types}/echo/runs`, '{\n  "input": {\n    "text": nope\n  }\n}');

    assert.match(String(body["detail"]), /line 3, column 13 \(position 27\)/);
  });

  test("invalid UTF-8 is 400", async () => {
    const body = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]);

    const reply = await api().send(`${types}/echo/runs`, { method: "POST", body });

    assert.deepEqual(problemOf(reply), { status: 400, code: "NOT_UTF8", isProblem: true });
  });

  test("JSON that says nothing of its type is read, as curl -d sends it", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };

    // Node's fetch sends sec-fetch-mode only, which curl and browsers are not told apart by.
    assert.equal((await api().post(`${types}/echo/runs`, { input: { text: "a" } }, headers)).status, 202);
  });

  test("a wrong method says which are right, and OPTIONS asks", async () => {
    const refused = await api().send("/v1/runs", { method: "DELETE" });
    assert.equal(refused.headers.get("allow"), "GET, HEAD, OPTIONS");
    assert.deepEqual(problemOf(refused), { status: 405, code: "METHOD_NOT_ALLOWED", isProblem: true });

    const asked = await api().send(`${types}/echo/runs`, { method: "OPTIONS" });
    assert.deepEqual([asked.status, asked.headers.get("allow")], [204, "POST, OPTIONS"]);
    assert.equal((await api().send("/healthz", { method: "HEAD" })).status, 200);
  });

  test("headers that are too long are 431, and what is no HTTP 400, both as problems", async () => {
    const long = await raw(api().url, `GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: ${"x".repeat(64_000)}\r\n\r\n`);
    assert.match(long, /^HTTP\/1\.1 431 .*application\/problem\+json.*"code":"HEADERS_TOO_LARGE"/s);

    const garbage = await raw(api().url, "garbage\r\n\r\n");
    assert.match(garbage, /^HTTP\/1\.1 400 .*application\/problem\+json.*"code":"BAD_REQUEST"/s);
  });

  test("a host that is none is no fault of ours, and no local one", async () => {
    const answer = await raw(api().url, "GET /v1/runs/x/events HTTP/1.1\r\nHost: a b[\r\nConnection: close\r\n\r\n");
    assert.match(answer, /^HTTP\/1\.1 401 .*"code":"UNAUTHENTICATED"/s);
  });

  test("a sane request id is kept, another replaced", async () => {
    assert.equal((await api().get("/healthz", { "x-request-id": "abc-1" })).headers.get("x-request-id"), "abc-1");
    const replaced = await api().get("/healthz", { "x-request-id": "a b<script>" });
    assert.match(replaced.headers.get("x-request-id") ?? "", /^[0-9a-f-]{36}$/);
  });
});

suite("a failure of our own", () => {
  const logged: unknown[] = [];
  const ignore = (): void => undefined;
  const logger: ApiLogger = { debug: ignore, info: ignore, warn: ignore, error: (fields) => logged.push(fields) };
  const secret = Object.assign(new Error("password is hunter2"), { code: "ENOENT" });
  let client: TenutoClient | undefined;
  before(async () => {
    client = { ...(await createClient(fixtureApp)), describe: () => Promise.reject(secret) };
  });
  const api = useApi(() => client as TenutoClient, { logger });

  test("is 500 that tells nothing of it, and is logged with its stack under the request id", async () => {
    const reply = await api().get("/v1/runs/x");

    assert.deepEqual(problemOf(reply), { status: 500, code: "INTERNAL", isProblem: true });
    assert.doesNotMatch(JSON.stringify(reply.body), /hunter2|ENOENT|at /);
    assert.deepEqual(logged, [{ requestId: reply.body["requestId"], code: "INTERNAL", err: secret }]);
  });
});

interface Row {
  readonly what: string;
  readonly path?: string;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly code: string;
  readonly pointers?: readonly string[];
}

async function raw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.setEncoding("utf8");
  let answer = "";
  socket.on("data", (chunk: string) => (answer += chunk));
  socket.on("error", () => undefined);
  socket.write(text);
  await once(socket, "close");
  return answer;
}

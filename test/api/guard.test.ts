import assert from "node:assert/strict";
import { request } from "node:http";
import { suite, test } from "node:test";
import { type Authentication, createAuthentication, InvalidApiKeys, parseApiKeys } from "tenuto/api";
import { principalRoles } from "../../src/api/guard/principal.ts";
import { routes } from "../../src/api/routes.ts";
import { problemOf, useApi } from "./fixtures/http.ts";
import { useTemporal, withServer } from "./fixtures/temporal.ts";

const tenants = ["", "@acme", "@globex"] as const;
const secretOf = (role: string, tenant: string) => `secret-of-${role}${tenant}`;
const keys = principalRoles.flatMap((role) => tenants.map((tenant) => ({ role, tenant })));
const apiKeys = parseApiKeys(
  keys.map(({ role, tenant }) => `${role}:${role}+support${tenant}:${secretOf(role, tenant)}`).join(","),
);

/** What is that of all tenants, so that a key of one is not let in; others of these refuse the body of this test before. */
const ofNoTenant = [
  "get /v1/alert-rules",
  "get /v1/alert-rules/:id",
  "post /v1/alert-rules/:id/dry-run",
  "get /v1/event-sources",
];

/** Whose answer to who may call them has no end, unless they are asked in a wrong way. */
const endless = ["/v1/metrics/stream"];

suite("who may call what", withServer, () => {
  const temporal = useTemporal({ hasWorker: false });
  const api = useApi(() => temporal().client, { authentication: createAuthentication({ apiKeys }) });

  for (const { method, path, role } of routes) {
    test(`${method.toUpperCase()} ${path} is for ${role}`, async () => {
      const call = (headers: Readonly<Record<string, string>> = {}) =>
        api().send(path.replaceAll(/:\w+/g, "none") + (endless.includes(path) ? "?window=none" : ""), {
          method: method.toUpperCase(),
          headers: { "content-type": "application/json", ...headers },
          ...(method === "post" && { body: "{}" }),
        });

      const nobody = await call();
      const answers = await Promise.all(
        keys.map(async (key) => {
          const { status } = await call({ authorization: `Bearer ${secretOf(key.role, key.tenant)}` });
          return { ...key, isLetIn: status !== 401 && status !== 403, isForbidden: status === 403 };
        }),
      );

      const least = role === "public" ? 0 : principalRoles.indexOf(role);
      for (const [place, { isLetIn, isForbidden, ...key }] of answers.entries()) {
        const isOthers = key.tenant !== "" && ofNoTenant.includes(`${method} ${path}`);
        const mayCall = Math.floor(place / tenants.length) >= least && !isOthers;
        assert.deepEqual({ ...key, isLetIn, isForbidden }, { ...key, isLetIn: mayCall, isForbidden: !mayCall });
      }
      assert.equal(nobody.status === 401, role !== "public" || path === "/v1/session");
    });
  }

  for (const [what, headers] of [
    ["no credentials", {}],
    ["a key that nobody has", { authorization: "Bearer canary-of-a-key" }],
    ["a key that nobody has, as X-Api-Key", { "x-api-key": "canary-of-a-key" }],
    ["a scheme that is not Bearer", { authorization: "Basic canary-of-a-key" }],
    ["a key with something behind it", { authorization: "Bearer canary-of-a-key x" }],
  ] as const) {
    test(`${what}: a 401 that says how to sign in, and repeats nothing`, async () => {
      const reply = await api().get("/v1/runs", headers);

      assert.deepEqual(problemOf(reply), { status: 401, code: "UNAUTHENTICATED", isProblem: true });
      assert.match(reply.headers.get("www-authenticate") ?? "", /^Bearer realm="tenuto"/);
      assert.doesNotMatch(JSON.stringify(reply.body), /canary/);
    });
  }

  test("a body is not read before its sender is known", async () => {
    const reply = await api().post("/v1/workflow-types/echo/runs", "x".repeat(3_000_000));

    assert.deepEqual(problemOf(reply), { status: 401, code: "UNAUTHENTICATED", isProblem: true });
  });
});

suite("limits", withServer, () => {
  const temporal = useTemporal({ hasWorker: false });
  const twoKeys = parseApiKeys("ada:viewer:key-of-ada,bob:viewer:key-of-bob");
  const authentication = createAuthentication({ apiKeys: twoKeys });
  const corsOrigins = ["https://ops.example"];
  const api = useApi(() => temporal().client, { authentication, requestsPerMinute: 5, corsOrigins });
  const open = useApi(() => temporal().client);

  test("a principal that sends too much is told by 429 when to go on; another one is not held up", async () => {
    const call = (key: string) => api().get("/v1/workflow-types", { authorization: `Bearer ${key}` });

    const replies = [];
    for (let sent = 0; sent < 6; sent++) replies.push(await call("key-of-ada"));
    const bob = await call("key-of-bob");

    const [first, last] = [replies[0], replies.at(-1)];
    assert.deepEqual([first?.status, bob.status], [200, 200]);
    assert.match(first?.headers.get("ratelimit") ?? "", /^"5-in-1min"; r=4; t=\d+$/);
    assert.match(first?.headers.get("ratelimit-policy") ?? "", /^"5-in-1min"; q=5; w=60/);
    assert.ok(last);
    assert.deepEqual(problemOf(last), { status: 429, code: "TOO_MANY_REQUESTS", isProblem: true });
    assert.match(last.headers.get("retry-after") ?? "", /^\d+$/);
  });

  test("pages of a configured origin may call, with no cookie; of others, and without any configured, they may not", async () => {
    const ask = (calls: typeof api, origin: string, method = "OPTIONS") =>
      calls().send("/healthz", { method, headers: { origin, "access-control-request-method": "GET" } });

    const replies = await Promise.all([
      ask(api, "https://ops.example"),
      ask(api, "https://ops.example", "GET"),
      ask(api, "https://ops.example.evil.example"),
      ask(open, "https://ops.example"),
    ]);

    assert.deepEqual(
      replies.map(({ headers }) => headers.get("access-control-allow-origin")),
      ["https://ops.example", "https://ops.example", null, null],
    );
    assert.deepEqual(
      new Set(replies.map(({ headers }) => headers.get("access-control-allow-credentials"))),
      new Set([null]),
    );
    assert.match(replies[0]?.headers.get("access-control-allow-headers") ?? "", /Authorization/);
  });

  test("a body of 3 MB is a 413, and every answer forbids pages what is not the API's own", async () => {
    const reply = await open().post("/v1/workflow-types/echo/runs", { input: { text: "x".repeat(3_000_000) } });

    assert.deepEqual(problemOf(reply), { status: 413, code: "BODY_TOO_LARGE", isProblem: true });
    const policy = reply.headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'none';script-src 'self';/);
    assert.doesNotMatch(policy, /unsafe|https:|\*/);
  });
});

suite("without credentials", withServer, () => {
  const temporal = useTemporal({ hasWorker: false });
  const api = useApi(() => temporal().client);

  for (const [what, headers] of [
    ["under another name than localhost", { host: "rebound.example" }],
    ["through a proxy", { "x-forwarded-for": "203.0.113.9" }],
  ] as const) {
    test(`who calls ${what} may do nothing`, async () => {
      const status = await new Promise((resolve, reject) => {
        const call = request(`${api().url}/v1/workflow-types`, { headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        call.on("error", reject).end();
      });

      assert.equal(status, 401);
    });
  }
});

suite("an authentication of one's own", withServer, () => {
  const temporal = useTemporal({ hasWorker: false });
  const authentication: Authentication = {
    authenticate: ({ headers }) =>
      headers["x-user"] === "ada" ? { name: "ada", role: "viewer", taskRoles: [] } : undefined,
  };
  const api = useApi(() => temporal().client, { authentication });

  test("it decides who asks", async () => {
    const nobody = await api().get("/v1/workflow-types");
    const ada = await api().get("/v1/workflow-types", { "x-user": "ada" });
    const forbidden = await api().post("/v1/workflow-types/echo/runs", {}, { "x-user": "ada" });

    assert.deepEqual([nobody.status, ada.status], [401, 200]);
    assert.deepEqual(problemOf(forbidden), { status: 403, code: "FORBIDDEN", isProblem: true });
    assert.match(String(forbidden.body["detail"]), /"operator".*"ada".*"viewer"/);
  });
});

test("beyond this machine a session's cookie goes over TLS only", async () => {
  const { sessions } = createAuthentication({ apiKeys });

  const opened = await sessions?.open(secretOf("viewer", ""), { host: "tenuto.example" });

  assert.match(opened?.cookie ?? "", /; HttpOnly; SameSite=Strict; Secure$/);
});

test("a key has a name, a role, task roles, a tenant and a secret, which may hold colons", () => {
  const found = parseApiKeys("ada:operator+support+legal@acme:a:b, bob:viewer:c").find("a:b");

  assert.deepEqual(found?.principal, {
    name: "ada",
    role: "operator",
    taskRoles: ["support", "legal"],
    tenant: "acme",
  });
});

for (const entry of [
  "ada",
  "ada:boss:canary",
  "a da:viewer:canary",
  "ada:viewer:",
  "ada:viewer@Acme:canary",
  "ada:viewer@a@b:canary",
  "ada:viewer+:canary",
  "bob:viewer:canary,ada:viewer:canary",
]) {
  test(`the keys ${JSON.stringify(entry)} are refused without their secret`, () => {
    assert.throws(
      () => parseApiKeys(entry),
      (error) => error instanceof InvalidApiKeys && !error.message.includes("canary"),
    );
  });
}

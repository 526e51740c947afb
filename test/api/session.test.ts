import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { createAuthentication, parseApiKeys } from "tenuto/api";
import { type Calls, problemOf, type Reply, useApi } from "./fixtures/http.ts";
import { useTemporal, withServer } from "./fixtures/temporal.ts";

suite("sessions of browsers", withServer, () => {
  const temporal = useTemporal({ hasWorker: false });
  const key = "canary-key-of-ada";
  const sessionSecret = "canary-secret-of-sessions";
  const logged: unknown[] = [];
  const keep = (fields: object) => void logged.push(fields);
  const logger = { debug: keep, info: keep, warn: keep, error: keep };
  const auth = (keys: string, secret: string | undefined) =>
    createAuthentication({ apiKeys: parseApiKeys(keys), sessionSecret: secret });
  const keys = `ada:operator@acme:${key}`;
  const api = useApi(() => temporal().client, { authentication: auth(keys, sessionSecret), logger });
  const sameSecret = useApi(() => temporal().client, { authentication: auth(keys, sessionSecret) });
  const keyGone = useApi(() => temporal().client, { authentication: auth("bob:viewer:b", sessionSecret) });
  const otherSecret = useApi(() => temporal().client, { authentication: auth(keys, undefined) });
  const open = useApi(() => temporal().client);

  const cookieOf = ({ headers }: Reply) => headers.get("set-cookie")?.split(";")[0] ?? "";
  const signIn = async (calls: Calls = api()) => {
    const reply = await calls.post("/v1/session", { key });
    return { reply, cookie: cookieOf(reply), csrf: String(reply.body["csrfToken"]) };
  };
  const start = (headers: Readonly<Record<string, string>>) =>
    api().post("/v1/workflow-types/echo/runs", { input: { text: "a" } }, headers);

  test("a key opens one; its cookie is out of reach of scripts and other sites, and holds no key", async () => {
    const { reply, cookie } = await signIn();

    assert.equal(reply.status, 200);
    assert.deepEqual(reply.body["principal"], { name: "ada", role: "operator", taskRoles: [], tenant: "acme" });
    assert.match(
      reply.headers.get("set-cookie") ?? "",
      /^tenuto-session=[\w.-]+; Path=\/; Max-Age=28800; HttpOnly; SameSite=Strict$/,
    );
    assert.ok(!Buffer.from(cookie.split(".").join(""), "base64url").includes("canary"));
    const bearer = await api().post("/v1/session", {}, { authorization: `Bearer ${key}` });
    assert.equal((await api().get("/v1/runs", { cookie: cookieOf(bearer) })).status, 200);
  });

  test("with the cookie one reads; to change something one needs the token too", async () => {
    const { cookie, csrf } = await signIn();
    const other = await signIn();

    assert.equal((await api().get("/v1/runs", { cookie: `theme=dark; ${cookie}` })).status, 200);
    for (const headers of [
      {},
      { "x-csrf-token": "" },
      { "x-csrf-token": `${csrf}x` },
      { "x-csrf-token": other.csrf },
    ]) {
      const refused = await start({ cookie, ...headers });
      assert.deepEqual(problemOf(refused), { status: 403, code: "CSRF_TOKEN_MISSING", isProblem: true });
    }
    assert.equal((await start({ cookie, "x-csrf-token": csrf })).status, 202);
    const { body } = await api().get("/v1/session", { cookie });
    assert.deepEqual([body["csrfToken"], (body["principal"] as { name: string }).name], [csrf, "ada"]);
  });

  test("after the sign-out the cookie is worth nothing; the sign-out needs the token", async () => {
    const { cookie, csrf } = await signIn();
    const signOut = (headers: Readonly<Record<string, string>>) =>
      api().send("/v1/session", { method: "DELETE", headers: { cookie, ...headers } });

    const refused = await signOut({});
    const done = await signOut({ "x-csrf-token": csrf });

    assert.deepEqual([refused.status, done.status], [403, 200]);
    assert.match(done.headers.get("set-cookie") ?? "", /^tenuto-session=; Path=\/; Max-Age=0; HttpOnly/);
    assert.equal((await api().get("/v1/runs", { cookie })).status, 401);
  });

  test("other processes with the same secret know it; without the secret, or without its key, it is nobody's", async () => {
    const { cookie } = await signIn();
    const ask = async (calls: Calls) => (await calls.get("/v1/session", { cookie })).status;

    assert.deepEqual(await Promise.all([ask(sameSecret()), ask(keyGone()), ask(otherSecret())]), [200, 401, 401]);
    const changed = `${cookie.slice(0, -2)}${cookie.endsWith("AA") ? "BB" : "AA"}`;
    assert.equal((await api().get("/v1/runs", { cookie: changed })).status, 401);
  });

  test("a wrong key is a 401, and 60 tries in a minute are enough", async () => {
    const tries = [];
    for (let tried = 0; tried < 61; tried++) tries.push(await sameSecret().post("/v1/session", { key: "wrong" }));

    assert.deepEqual(
      tries.slice(0, 60).map(({ status }) => status),
      Array(60).fill(401),
    );
    assert.equal(tries.at(-1)?.status, 429);
  });

  test("without credentials nobody signs in, and everybody here is dev", async () => {
    const reply = await open().post("/v1/session", { key });
    const { body } = await open().get("/v1/session");

    assert.deepEqual(problemOf(reply), { status: 404, code: "NOT_FOUND", isProblem: true });
    assert.deepEqual(body, { principal: { name: "dev", role: "admin", taskRoles: "every" }, csrfToken: null });
  });

  test("no key, secret, cookie or token is in the log", async () => {
    const { cookie, csrf } = await signIn();
    await start({ cookie, "x-csrf-token": csrf });
    const log = JSON.stringify(logged);

    for (const secret of ["canary", csrf, cookie.slice(20)]) assert.ok(!log.includes(secret));
  });
});

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { SignJWT, UnsecuredJWT } from "jose";
import { type Authentication, createAuthentication } from "tenuto/api";
import { problemOf, useApi } from "./fixtures/http.ts";
import { useIssuer } from "./fixtures/issuer.ts";
import { until, useTemporal, withServer } from "./fixtures/temporal.ts";

suite("tokens of an OpenID Connect issuer", withServer, () => {
  const temporal = useTemporal({ hasWorker: false });
  const issuer = useIssuer();
  let made: Authentication | undefined;
  const authentication: Authentication = {
    authenticate(request) {
      made ??= createAuthentication({ oidc: { issuer: issuer.url, audience: "tenuto", roleClaim: "realm.roles" } });
      return made.authenticate(request);
    },
  };
  const api = useApi(() => temporal().client, { authentication });
  const viewer = { realm: { roles: ["other", "viewer"] } };
  const list = (token: string) => api().get("/v1/runs", { authorization: `Bearer ${token}` });

  test("while the issuer can't be reached, the answer is 503; afterwards the same token is taken", async () => {
    const token = await issuer.token(viewer);
    issuer.isAway = true;
    const away = await list(token);
    issuer.isAway = false;

    assert.deepEqual(problemOf(away), { status: 503, code: "ISSUER_UNAVAILABLE", isProblem: true });
    assert.equal(away.headers.get("retry-after"), "1");
    await until(async () => (await list(token)).status === 200);
  });

  test("the strongest of the roles in the token counts", async () => {
    const start = (token: string) =>
      api().post("/v1/workflow-types/echo/runs", { input: { text: "a" } }, { authorization: `Bearer ${token}` });

    const asViewer = await start(await issuer.token(viewer));
    const asOperator = await start(await issuer.token({ realm: { roles: ["viewer", "operator"] } }));

    assert.deepEqual([asViewer.status, asOperator.status], [403, 202]);
  });

  test("the tenant in the token is the caller's", async () => {
    const token = await issuer.token({ realm: { roles: "operator" }, tenant: "acme" });
    const body = { input: { text: "a" }, workflowId: "of-a-tenant" };

    await api().post("/v1/workflow-types/echo/runs", body, { authorization: `Bearer ${token}` });

    assert.equal((await temporal().client.describe("acme:of-a-tenant")).type, "echo");
  });

  const hour = 3_600;
  const now = () => Math.floor(Date.now() / 1_000);
  const wrong: readonly (readonly [string, () => Promise<string>])[] = [
    ["another issuer", () => issuer.token({ ...viewer, iss: "https://other.example" })],
    ["another audience", () => issuer.token({ ...viewer, aud: "other" })],
    ["the past", () => issuer.token({ ...viewer, exp: now() - hour })],
    ["the future", () => issuer.token({ ...viewer, nbf: now() + hour })],
    ["no end", () => issuer.token({ ...viewer, exp: undefined })],
    ["nobody: it is not signed", async () => new UnsecuredJWT({ iss: issuer.url, aud: "tenuto", ...viewer }).encode()],
    [
      "somebody who signed it by a secret",
      () => new SignJWT(viewer).setProtectedHeader({ alg: "HS256", kid: "first" }).sign(new Uint8Array(32)),
    ],
    ["a forger", async () => `${(await issuer.token(viewer)).slice(0, -8)}AAAAAAAA`],
    ["nowhere", async () => "canary.canary.canary"],
  ];
  for (const [whose, tokenOf] of wrong) {
    test(`a token of ${whose} is a 401 that repeats nothing of it`, async () => {
      const token = await tokenOf();
      const reply = await list(token);

      assert.deepEqual(problemOf(reply), { status: 401, code: "UNAUTHENTICATED", isProblem: true });
      assert.match(reply.headers.get("www-authenticate") ?? "", /error="invalid_token"/);
      for (const part of token.split(".").filter(Boolean)) assert.ok(!JSON.stringify(reply.body).includes(part));
    });
  }

  for (const [what, claims] of [
    ["no role", {}],
    ["a role that there is not", { realm: { roles: ["boss"] } }],
    ["a tenant that can't be one", { ...viewer, tenant: "ACME Inc." }],
    ["two tenants", { ...viewer, tenant: ["acme", "globex"] }],
  ] as const) {
    test(`a good token with ${what} is a 403`, async () => {
      const reply = await list(await issuer.token(claims));

      assert.deepEqual(problemOf(reply), { status: 403, code: "FORBIDDEN", isProblem: true });
    });
  }

  test("when the issuer changes its keys, new tokens are taken, and old ones no more", async () => {
    const old = await issuer.token(viewer);
    assert.equal((await list(old)).status, 200);

    await issuer.rotate("second");
    const fresh = await issuer.token(viewer);

    await until(async () => (await list(fresh)).status === 200, 60_000);
    assert.equal((await list(old)).status, 401);
  });
});

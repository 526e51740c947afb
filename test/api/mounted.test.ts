import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, suite, test } from "node:test";
import express from "express";
import { createApi, type Principal } from "tenuto/api";
import { fixtureApp } from "./fixtures/app.ts";
import { type Calls, callsTo, problemOf } from "./fixtures/http.ts";
import { uniqueId, useTemporal, withServer } from "./fixtures/temporal.ts";

/** What an app of somebody else knows of its users, by its own middleware. */
const users: Readonly<Record<string, Principal>> = {
  ada: { name: "ada", role: "operator", taskRoles: ["support"], tenant: "acme" },
  bob: { name: "bob", role: "viewer", taskRoles: [] },
};

suite("mounted in somebody's own Express app", withServer, () => {
  const temporal = useTemporal({ hasWorker: true });
  const host = express();
  const server = createServer(host);
  let calls: Calls | undefined;
  before(async () => {
    host.use(express.json({ type: "application/json" }), (request, _response, next) => {
      Object.assign(request, { user: users[request.get("x-user") ?? ""] });
      next();
    });
    host.get("/own", (_request, response) => void response.json({ own: true }));
    const api = createApi({
      client: temporal().client,
      app: fixtureApp,
      authentication: { authenticate: (request) => (request as { user?: Principal }).user },
    });
    host.use("/workflows/:team", api);
    host.use((_request, response) => void response.status(404).json({ own: true }));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    calls = callsTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const api = () => calls ?? callsTo("");

  test("its own function says who asks, and every path that is told leads back to the API", async () => {
    const workflowId = uniqueId();
    const user = { "x-user": "ada" };
    const body = { workflowId, input: { text: "a", times: 2 } };

    const started = await api().post("/workflows/red/v1/workflow-types/echo/runs", body, user);

    assert.equal(started.status, 202);
    const location = started.headers.get("location") ?? "";
    assert.equal(location, `/workflows/red/v1/runs/${workflowId}`);
    const result = await api().get(`${location}/result?wait=20`, user);
    assert.deepEqual(result.body["result"], { text: "aa" });
    const { links } = (await api().get(location, user)).body as { links: Record<string, string> };
    assert.equal((await api().get(links["self"] ?? "", user)).status, 200);
    assert.equal((await api().get(links["history"] ?? "", user)).status, 200);
    assert.match(links["temporalUi"] ?? "", /^http:\/\/ui\.example\//);
    assert.equal((await temporal().client.describe(`acme:${workflowId}`)).type, "echo");
  });

  test("nobody is a 401, who may not is a 403, and the app's own paths are its own", async () => {
    const start = "/workflows/red/v1/workflow-types/echo/runs";
    const nobody = await api().post(start, {});
    const bob = await api().post(start, {}, { "x-user": "bob" });
    const own = await api().get("/own");
    const elsewhere = await api().get("/v1/runs", { "x-user": "ada" });

    assert.deepEqual(problemOf(nobody), { status: 401, code: "UNAUTHENTICATED", isProblem: true });
    assert.deepEqual(problemOf(bob), { status: 403, code: "FORBIDDEN", isProblem: true });
    assert.deepEqual([own.body, elsewhere.status], [{ own: true }, 404]);
    assert.equal(elsewhere.body["own"], true);
  });
});

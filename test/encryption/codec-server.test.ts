// The requests of Temporal's Web UI 2.50 (`POST {endpoint}/decode?preserveStorageRefs=true`, with credentials) and of its CLI.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { defaultPayloadConverter, type Payload } from "@temporalio/common";
import { createAuthentication, parseApiKeys } from "tenuto/api";
import { createClient, createEncryption, type TenutoClient } from "tenuto/client";
import { fixtureApp } from "../api/fixtures/app.ts";
import { problemOf, type Reply, useApi } from "../api/fixtures/http.ts";
import { aKey } from "./fixtures/keys.ts";

const ui = "http://127.0.0.1:8233";
const keys = "root:admin:key-of-root,ops:operator:key-of-ops,eve:viewer:key-of-eve,acme:admin@acme:key-of-acme";
const asRoot = { authorization: "Bearer key-of-root" };
const decode = "/v1/codec/decode?preserveStorageRefs=true";
const encode = "/v1/codec/encode?preserveStorageRefs=true";

describe("the codec server", () => {
  const encryption = createEncryption(aKey("k1"));
  const clients: Record<"with" | "without", TenutoClient | undefined> = { with: undefined, without: undefined };
  before(async () => {
    clients.with = await createClient(fixtureApp, { encryption, temporalUiUrl: `${ui}/` });
    clients.without = await createClient(fixtureApp, { temporalUiUrl: ui });
  });
  const authentication = createAuthentication({ apiKeys: parseApiKeys(keys) });
  const corsOrigins = ["https://ops.example"];
  const api = useApi(() => clients.with as TenutoClient, { authentication, corsOrigins });
  const open = useApi(() => clients.without as TenutoClient);

  const fromUi = { origin: ui, "x-namespace": "default" };
  const payloadsOf = ({ body }: Reply) => body["payloads"] as readonly Record<string, unknown>[];
  const toJson = ({ metadata, data }: Payload) => ({
    metadata: Object.fromEntries(
      Object.entries(metadata ?? {}).map(([name, bytes]) => [name, Buffer.from(bytes).toString("base64")]),
    ),
    data: Buffer.from(data ?? []).toString("base64"),
  });
  const plain = toJson(defaultPayloadConverter.toPayload({ card: "4242" }));
  const nothing = toJson(defaultPayloadConverter.toPayload(undefined));

  test("what it encodes the workers can read, and what they write it decodes", async () => {
    const encoded = await api().post(encode, { payloads: [plain, nothing] }, asRoot);
    assert.equal(encoded.status, 200);
    assert.equal(Buffer.from(JSON.stringify(encoded.body)).includes("4242"), false);
    const written = (await encryption.codec.encode([defaultPayloadConverter.toPayload({ card: "4242" })])).map(toJson);

    const decoded = await api().post(decode, { payloads: [...payloadsOf(encoded), ...written, plain] }, asRoot);

    assert.deepEqual(payloadsOf(decoded), [plain, nothing, plain, plain]);
    assert.deepEqual((await api().post(decode, { payloads: [] }, asRoot)).body, { payloads: [] });
  });

  test("the Temporal UI's pages may call it with the cookie of a session, and need no token for that", async () => {
    const preflight = await api().send(decode, {
      method: "OPTIONS",
      headers: {
        origin: ui,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type,x-namespace,authorization",
      },
    });
    const signedIn = await api().post("/v1/session", { key: "key-of-root" });
    const cookie = signedIn.headers.get("set-cookie")?.split(";")[0] ?? "";

    const called = await api().post(decode, { payloads: [plain] }, { ...fromUi, cookie });

    assert.equal(preflight.status, 204);
    assert.match(preflight.headers.get("access-control-allow-methods") ?? "", /POST/);
    for (const name of ["Content-Type", "X-Namespace", "Authorization"])
      assert.ok(preflight.headers.get("access-control-allow-headers")?.includes(name));
    for (const { headers } of [preflight, called]) {
      assert.equal(headers.get("access-control-allow-origin"), ui);
      assert.equal(headers.get("access-control-allow-credentials"), "true");
      assert.match(headers.get("vary") ?? "", /Origin/);
    }
    assert.equal(called.status, 200);
    // The exemption is of the codec only.
    const start = await api().post("/v1/workflow-types/echo/runs", { input: { text: "a" } }, { cookie });
    assert.equal(start.body["code"], "CSRF_TOKEN_MISSING");
  });

  for (const origin of ["http://127.0.0.1:8234", "http://localhost:8233", "https://ops.example", "null"]) {
    test(`pages of ${origin} may not, though others of the API's may be theirs`, async () => {
      const headers = { origin, "access-control-request-method": "POST" };
      const preflight = await api().send(decode, { method: "OPTIONS", headers });
      const called = await api().post(decode, { payloads: [plain] }, { ...asRoot, origin });

      for (const reply of [preflight, called]) {
        assert.equal(reply.headers.get("access-control-allow-origin"), null);
        assert.equal(reply.headers.get("access-control-allow-credentials"), null);
      }
    });
  }

  test("no other route lets the Temporal UI's pages call it", async () => {
    const reply = await api().get("/v1/workflow-types", { ...asRoot, origin: ui });
    assert.equal(reply.headers.get("access-control-allow-origin"), null);
  });

  for (const { who, path, status } of [
    { who: "root", path: decode, status: 200 },
    { who: "ops", path: decode, status: 403 },
    { who: "ops", path: encode, status: 200 },
    { who: "eve", path: encode, status: 403 },
    { who: "acme", path: decode, status: 403 },
    { who: "acme", path: encode, status: 403 },
    { who: "nobody", path: decode, status: 401 },
  ]) {
    test(`${who} gets ${status} from ${path.split("?")[0] ?? ""}`, async () => {
      const authorization = `Bearer key-of-${who}`;
      assert.equal((await api().post(path, { payloads: [plain] }, { authorization })).status, status);
    });
  }

  test("a payload that no key opens is a 422 that says which, and names its key", async () => {
    const foreign = (await createEncryption(aKey("k0")).codec.encode([defaultPayloadConverter.toPayload(1)])).map(
      toJson,
    );
    const garbage = { metadata: { encoding: Buffer.from("binary/encrypted").toString("base64") }, data: "AAAA" };

    const reply = await api().post(decode, { payloads: [plain, ...foreign, garbage] }, asRoot);

    const pointers = ["/payloads/1", "/payloads/2"];
    assert.deepEqual(problemOf(reply), { status: 422, code: "INVALID_INPUT", isProblem: true, pointers });
    assert.match(JSON.stringify(reply.body["errors"]), /\\"k0\\"/);
  });

  test("a body that is none is a 422; what Temporal may add to a payload is passed over", async () => {
    const bad = await api().post(decode, { payloads: [{ data: "not base64!" }] }, asRoot);
    const more = await api().post(decode, { payloads: [{ ...plain, externalPayloads: [] }], more: 1 }, asRoot);
    const large = toJson({ data: Buffer.alloc(1_900_000, "x"), metadata: { encoding: Buffer.from("binary/plain") } });
    const whole = await api().post(encode, { payloads: [large, large] }, asRoot);

    assert.deepEqual([bad.status, bad.body["code"]], [422, "INVALID_BODY"]);
    assert.deepEqual([more.status, payloadsOf(more)], [200, [plain]]);
    assert.equal(whole.status, 200);
  });

  test("without keys it says so", async () => {
    const reply = await open().post(decode, { payloads: [plain] });
    assert.deepEqual(problemOf(reply), { status: 409, code: "ENCRYPTION_OFF", isProblem: true });
    assert.match(String(reply.body["detail"]), /TENUTO_ENCRYPTION_KEYS/);
  });
});

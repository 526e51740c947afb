import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { Connection } from "@temporalio/client";
import { createAuthentication, parseApiKeys } from "tenuto/api";
import { createClient, type TenutoClient } from "tenuto/client";
import { countingConnection } from "../rig/counting-connection.ts";
import { fixtureApp } from "./fixtures/app.ts";
import { type Calls, useApi } from "./fixtures/http.ts";
import { address, uniqueId, useTemporal, withServer } from "./fixtures/temporal.ts";

const keys = "ada:viewer:key-of-ada,bob:viewer:key-of-bob,eve:viewer@acme:key-of-eve";

suite("lists that many have open", withServer, () => {
  const temporal = useTemporal({ hasWorker: false });
  const counting = countingConnection(Connection.lazy({ address, interceptors: [] }));
  let client: TenutoClient;
  before(async () => {
    client = await createClient(fixtureApp, { connection: counting.connection, namespace: temporal().namespace });
  });
  const api = useApi(() => client, { authentication: createAuthentication({ apiKeys: parseApiKeys(keys) }) });
  after(() => counting.connection.close());

  for (const path of ["/v1/dead-letters", "/v1/tasks", "/v1/error-groups", "/v1/alerts"]) {
    test(`who takes an answer of 60 s of ${path} shares it, who says nothing has a new one, and no tenant shares it`, async () => {
      const query = `${path}?limit=${Math.ceil(Math.random() * 100)}`;
      const ask = (key: string, cacheControl?: string) => asked(api(), { query, key, cacheControl });
      const before = counting.requests();
      const replies = await Promise.all(
        Array.from({ length: 50 }, (_, n) => ask(n % 2 ? "key-of-ada" : "key-of-bob", "max-age=60")),
      );

      const cost = counting.requests() - before;
      assert.ok(cost <= 2, `50 pages cost ${cost} requests`);
      assert.deepEqual([...new Set(replies.map(({ status }) => status))], [200]);
      assert.equal(replies.filter(({ age }) => age !== null).length, 49);
      assert.deepEqual(await ask("key-of-ada"), { status: 200, age: null });
      assert.deepEqual(await ask("key-of-ada", "max-age=0"), { status: 200, age: null });
      assert.deepEqual(await ask("key-of-eve", "max-age=60"), { status: 200, age: null });
    });
  }

  test("my own tasks are nobody else's", async () => {
    const ask = (key: string) => asked(api(), { query: "/v1/tasks?mine=true", key, cacheControl: "max-age=60" });

    assert.equal((await ask("key-of-ada")).age, null);
    assert.equal((await ask("key-of-bob")).age, null);
    assert.equal((await ask("key-of-ada")).age, "0");
  });

  test("a refusal is not shared, nor what is not such a list", async () => {
    const bad = { query: `/v1/dead-letters?cursor=${uniqueId()}`, key: "key-of-ada", cacheControl: "max-age=60" };
    assert.deepEqual(await asked(api(), bad), { status: 400, age: null });
    assert.deepEqual(await asked(api(), bad), { status: 400, age: null });
    const runs = { query: "/v1/runs", key: "key-of-ada", cacheControl: "max-age=60" };
    assert.deepEqual(await asked(api(), runs), { status: 200, age: null });
    assert.deepEqual(await asked(api(), runs), { status: 200, age: null });
  });
});

interface Asked {
  readonly query: string;
  readonly key: string;
  readonly cacheControl?: string | undefined;
}

async function asked(api: Calls, { query, key, cacheControl }: Asked) {
  const { status, headers } = await api.get(query, {
    authorization: `Bearer ${key}`,
    ...(cacheControl !== undefined && { "cache-control": cacheControl }),
  });
  return { status, age: headers.get("age") };
}

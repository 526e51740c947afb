import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { Connection } from "@temporalio/client";
import { defineApp } from "tenuto";
import { createClient, type TenutoClient } from "tenuto/client";
import { openApiDocument } from "../../src/api/openapi/document.ts";
import { routes } from "../../src/api/routes.ts";
import { app as shop } from "../../src/app.ts";
import { freePort } from "../../src/sdk/worker/free-port.ts";
import { fixtureApp } from "./fixtures/app.ts";
import { useApi } from "./fixtures/http.ts";
import { oddApp } from "./fixtures/odd-app.ts";
import { gateway, pays } from "./fixtures/redaction.contract.ts";

const redactionApp = defineApp({ name: "redaction", workflows: [pays], activities: [gateway] });

/** A place in a document, as far as it is there. */
function at(document: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (place, name) => (place as Readonly<Record<string, unknown>> | undefined)?.[name],
    document,
  );
}

for (const app of [shop, fixtureApp, redactionApp, oddApp]) {
  test(`the document of the app "${app.name}" passes all recommended rules of OpenAPI 3.1`, async () => {
    // Whose API it is, and under which licence, an app does not say.
    const config = await createConfig({ extends: ["recommended"], rules: { "info-license": "off" } });

    const problems = await lintFromString({
      source: JSON.stringify(openApiDocument(app)),
      absoluteRef: "/openapi.json",
      config,
    });

    assert.deepEqual(
      problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]),
      [],
    );
  });
}

test("every route is in the document, and each workflow and message once more by its name", () => {
  const { paths } = openApiDocument(fixtureApp);

  const missing = routes.filter(({ path, method }) => at(paths, path.replace(/:(\w+)/g, "{$1}"), method) === undefined);
  assert.deepEqual(missing, []);
  for (const [path, method] of [
    ...fixtureApp.workflows.map(({ name }) => [`/v1/workflow-types/${name}/runs`, "post"] as const),
    ["/v1/runs/{workflowId}/signals/go", "post"],
    ["/v1/runs/{workflowId}/signals/freeze", "post"],
    ["/v1/runs/{workflowId}/queries/balance", "post"],
    ["/v1/runs/{workflowId}/updates/deposit", "post"],
    ["/v1/runs/{workflowId}/updates/deposit/{updateId}", "get"],
  ] as const) {
    assert.ok(at(paths, path, method), path);
  }
});

test("a start takes the workflow's input, which may be left out only where the contract allows it", () => {
  const { paths, components } = openApiDocument(fixtureApp);
  const bodyOf = (type: string) =>
    at(paths, `/v1/workflow-types/${type}/runs`, "post", "requestBody", "content", "application/json");

  assert.deepEqual(at(bodyOf("echo"), "schema", "properties", "input"), { $ref: "#/components/schemas/echo.Input" });
  assert.deepEqual(at(bodyOf("echo"), "schema", "required"), ["input"]);
  assert.deepEqual(at(bodyOf("waits"), "schema", "required"), undefined);
  assert.deepEqual(at(components, "schemas", "echo.Input", "required"), ["text"]);
});

test("an example is the contract's own, else one that its schema takes, else none", () => {
  const exampleOf = (app: typeof shop, type: string) => {
    const { paths } = openApiDocument(app);
    const path = ["post", "requestBody", "content", "application/json", "example", "input"];
    return at(paths, `/v1/workflow-types/${type}/runs`, ...path);
  };

  assert.equal(at(exampleOf(shop, "fulfillOrder"), "id"), "o-1");
  assert.deepEqual(exampleOf(fixtureApp, "echo"), { text: "text", times: 1 });
});

test("a message that two workflows have takes the input of either", () => {
  const { paths, components } = openApiDocument(oddApp);
  const body = at(paths, "/v1/runs/{workflowId}/signals/tell", "post", "requestBody", "content", "application/json");

  assert.deepEqual(at(body, "schema", "properties", "input", "anyOf"), [
    { $ref: "#/components/schemas/grows.Signal.tell" },
    { $ref: "#/components/schemas/picks.Signal.tell" },
  ]);
  assert.equal(at(body, "example"), undefined, "no text that is made has the pattern");
  assert.deepEqual(
    at(components, "schemas", "picks.Signal.tell", "$ref"),
    "#/components/schemas/picks.Signal.tell.Told",
  );
});

test("a declared error has its type and its data, and any other error may come, too", () => {
  const { components } = openApiDocument(fixtureApp);
  const { schemas } = components;

  assert.deepEqual(at(schemas, "account.Error", "anyOf"), [
    { $ref: "#/components/schemas/account.Error.Frozen" },
    { $ref: "#/components/schemas/account.Error.Poor" },
    { $ref: "#/components/schemas/RunError" },
  ]);
  assert.equal(at(schemas, "account.Error.Poor", "properties", "type", "const"), "Poor");
  assert.deepEqual(at(schemas, "account.Error.Poor.Data", "required"), ["cents"]);
});

test("what the contracts redact is redacted where it is answered, and nowhere else", () => {
  const { components } = openApiDocument(redactionApp);
  const field = (component: string, name: string) => at(components, "schemas", component, "properties", name);

  assert.equal(at(field("pays.Result", "token"), "const"), "[redacted]");
  assert.equal(at(field("pays.Update.check.Result", "card"), "const"), "[redacted]");
  assert.equal(at(field("pays.Input", "card"), "type"), "object");
});

suite("the document and its page, while Temporal is away", () => {
  let client: TenutoClient | undefined;
  before(async () => {
    const connection = Connection.lazy({ address: `127.0.0.1:${await freePort()}` });
    client = await createClient(fixtureApp, { connection });
  });
  const api = useApi(() => client as TenutoClient);
  const fetched = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(new URL(path, api().url), { headers, redirect: "manual", signal: AbortSignal.timeout(60_000) });

  test("the document is served whole, and not again to a caller that has it", async () => {
    const first = await fetched("/openapi.json");
    const etag = first.headers.get("etag") ?? "";
    const again = await fetched("/openapi.json", { "if-none-match": etag });

    assert.equal(first.status, 200);
    assert.match(first.headers.get("content-type") ?? "", /^application\/json/);
    assert.deepEqual(await first.json(), JSON.parse(JSON.stringify(openApiDocument(fixtureApp))));
    assert.match(etag, /^"[\w-]{43}"$/);
    assert.deepEqual([again.status, (await again.text()).length], [304, 0]);
    assert.equal(again.headers.get("cache-control"), "no-cache");
  });

  test("the page and all that it refers to come from here, with the right types and no script inside", async () => {
    const page = await fetched("/docs");
    const html = await page.text();
    const references = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, reference = ""]) => reference);
    const assets = await Promise.all(references.map((reference) => fetched(new URL(reference, page.url).href)));

    assert.equal(page.status, 200);
    assert.match(page.headers.get("content-type") ?? "", /^text\/html/);
    assert.deepEqual(
      assets.map(({ status, headers }) => [status, headers.get("content-type")?.split(";")[0]]),
      [
        [200, "image/png"],
        [200, "text/css"],
        [200, "text/javascript"],
        [200, "text/javascript"],
      ],
    );
    for (const reference of references) assert.equal(new URL(reference, page.url).origin, new URL(page.url).origin);
    assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)|<style|\son\w+=|\sstyle=/);
    const policy = page.headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self';/);
    assert.doesNotMatch(policy, /unsafe|https?:|upgrade-insecure-requests/);
    const script = await (await fetched("/docs/start.js")).text();
    assert.match(script, /url: "openapi\.json"/);
  });

  test("only that is served: nothing else of the page's package, and a slash at the end leads to the page", async () => {
    const slash = await fetched("/docs/");

    assert.deepEqual([slash.status, slash.headers.get("location")], [308, "/docs"]);
    for (const path of ["/docs/package.json", "/docs/index.html", "/docs/..%2fpackage.json", "/docs/swagger-ui.js"])
      assert.equal((await fetched(path)).status, 404, path);
  });
});

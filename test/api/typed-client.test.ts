import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import openapiTS, { astToString } from "openapi-typescript";
import { format, resolveConfig } from "prettier";
import { openApiDocument } from "../../src/api/openapi/document.ts";
import { app } from "../../src/app.ts";

const file = new URL("generated/shop-api.ts", import.meta.url);
const update = "UPDATE_SNAPSHOTS=1 npm test -- test/api/typed-client.test.ts";

test("the typed client that the end-to-end tests use is what the shop's document gives", async () => {
  const nodes = await openapiTS(JSON.stringify(openApiDocument(app)));
  const options = { ...(await resolveConfig(file)), parser: "typescript" };
  const types = await format(`// Made by openapi-typescript. ${update}\n${astToString(nodes)}`, options);
  if (process.env["UPDATE_SNAPSHOTS"] === "1") writeFileSync(file, types);

  assert.ok(readFileSync(file, "utf8") === types, `If the document is meant to change, run: ${update}`);
});

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import openapiTS, { astToString } from "openapi-typescript";
import { format, resolveConfig } from "prettier";
import ts from "typescript";
import { openApiDocument } from "../../src/api/openapi/document.ts";
import { app } from "../../src/app.ts";
import { compilerOptions } from "../structure/entry-points.ts";
import { fixtureApp } from "./fixtures/app.ts";
import { oddApp } from "./fixtures/odd-app.ts";

const file = new URL("generated/shop-api.ts", import.meta.url);
const update = "UPDATE_SNAPSHOTS=1 npm test -- test/api/typed-client.test.ts";

test("the typed client that the end-to-end tests use is what the shop's document gives", async () => {
  const nodes = await openapiTS(JSON.stringify(openApiDocument(app)));
  const options = { ...(await resolveConfig(file)), parser: "typescript" };
  const types = await format(`// Made by openapi-typescript. ${update}\n${astToString(nodes)}`, options);
  if (process.env["UPDATE_SNAPSHOTS"] === "1") writeFileSync(file, types);

  assert.ok(readFileSync(file, "utf8") === types, `If the document is meant to change, run: ${update}`);
});

for (const other of [fixtureApp, oddApp]) {
  test(`the types of the app "${other.name}" compile`, async (t) => {
    const folder = mkdtempSync(join(tmpdir(), "tenuto-client-"));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const types = join(folder, "types.ts");
    writeFileSync(types, astToString(await openapiTS(JSON.stringify(openApiDocument(other)))));

    const program = ts.createProgram([types], { ...compilerOptions(), types: [] });

    assert.deepEqual(
      ts.getPreEmitDiagnostics(program).map(({ messageText }) => messageText),
      [],
    );
  });
}

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import ts from "typescript";
import { root } from "./entry-points.ts";

const typeTests = readdirSync(`${root}test/types`).filter((name) => name.endsWith(".test-d.ts"));

test("the type tests are in what `npm run types` compiles", () => {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, (path) => ts.sys.readFile(path)) as { config: object };
  const compiled = new Set(ts.parseJsonConfigFileContent(config, ts.sys, root).fileNames);
  assert.ok(typeTests.length > 0);
  assert.deepEqual(
    typeTests.filter((name) => !compiled.has(`${root}test/types/${name}`)),
    [],
  );
});

test("every mistake in a type test says what it is", () => {
  const mistakes = typeTests.flatMap((name) =>
    [...readFileSync(`${root}test/types/${name}`, "utf8").matchAll(/@ts-expect-error(.*)$/gm)].map(
      ([, reason = ""]) => reason,
    ),
  );
  assert.ok(mistakes.length > 40, `Only ${mistakes.length} mistakes were found`);
  assert.deepEqual(
    mistakes.filter((reason) => reason.trim().length < 10),
    [],
  );
});

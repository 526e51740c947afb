import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import ts from "typescript";
import { behind, compilerOptions, entryPoints, exportsOf } from "./entry-points.ts";

const snapshotFile = new URL("exports.json", import.meta.url);
const update = "UPDATE_SNAPSHOTS=1 npm test -- test/structure/exports.test.ts";

/** An entry point that is still being written is recorded as null, and not compared. */
type Snapshot = Readonly<Record<string, readonly string[] | null>>;

const exported = exportedNames(entryPoints());
if (process.env["UPDATE_SNAPSHOTS"] === "1") writeFileSync(snapshotFile, `${JSON.stringify(exported, null, 2)}\n`);
const recorded = JSON.parse(readFileSync(snapshotFile, "utf8")) as Snapshot;

for (const [entryPoint, names] of Object.entries(recorded)) {
  if (names === null) continue;
  test(`${entryPoint} exports the recorded names`, () => {
    assert.deepEqual(exported[entryPoint], names, `If that is meant, note it in CHANGELOG.md and run: ${update}`);
  });
}

test("every entry point is recorded", () => {
  const missing = Object.keys(exported).filter((entryPoint) => !(entryPoint in recorded));

  assert.deepEqual(missing, [], `Run: ${update}`);
});

/** The names, values and types alike, that each module exports; read by the compiler, so that nothing has to run. */
function exportedNames(modules: ReadonlyMap<string, string>): Readonly<Record<string, readonly string[]>> {
  const program = ts.createProgram([...modules.values()], compilerOptions());
  const namesIn = (file: string) =>
    exportsOf(program, file).map((exportedSymbol) => {
      const isValue = (behind(program, exportedSymbol).flags & ts.SymbolFlags.Value) !== 0;
      return isValue ? exportedSymbol.name : `type ${exportedSymbol.name}`;
    });
  return Object.fromEntries([...modules].map(([entryPoint, file]) => [entryPoint, namesIn(file).toSorted()]));
}

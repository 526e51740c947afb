import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../../", import.meta.url));
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

/** The source file of each entry point in package.json that has one by now. */
function entryPoints(): ReadonlyMap<string, string> {
  const manifest = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as {
    readonly name: string;
    readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  };
  const sources = Object.entries(manifest.exports).flatMap(([path, target]) => {
    const source = typeof target === "string" ? undefined : target["tenuto-source"];
    if (source === undefined || !existsSync(root + source)) return [];
    return [
      [manifest.name + path.slice(1), fileURLToPath(new URL(source, new URL("../../", import.meta.url)))] as const,
    ];
  });
  return new Map(sources);
}

/** The names, values and types alike, that each module exports; read by the compiler, so that nothing has to run. */
function exportedNames(modules: ReadonlyMap<string, string>): Readonly<Record<string, readonly string[]>> {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(`${root}tsconfig.json`, (path) => ts.sys.readFile(path)).config,
    ts.sys,
    root,
  );
  const program = ts.createProgram([...modules.values()], options);
  const checker = program.getTypeChecker();
  const namesIn = (file: string) => {
    const source = program.getSourceFile(file);
    const symbol = source && checker.getSymbolAtLocation(source);
    if (!symbol) return [];
    return checker.getExportsOfModule(symbol).map((exportedSymbol) => {
      const isValue = (flagsOf(exportedSymbol) & ts.SymbolFlags.Value) !== 0;
      return isValue ? exportedSymbol.name : `type ${exportedSymbol.name}`;
    });
  };
  const flagsOf = (symbol: ts.Symbol) =>
    (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol).flags;
  return Object.fromEntries([...modules].map(([entryPoint, file]) => [entryPoint, namesIn(file).toSorted()]));
}

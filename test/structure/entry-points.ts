import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The project's folder, with a slash at its end. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** The source file of each entry point in package.json that has one by now, by the name that users import. */
export function entryPoints(): ReadonlyMap<string, string> {
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

/** What tsconfig.json tells the compiler. */
export function compilerOptions(): ts.CompilerOptions {
  const read = ts.readConfigFile(`${root}tsconfig.json`, (path) => ts.sys.readFile(path));
  return ts.parseJsonConfigFileContent(read.config, ts.sys, root).options;
}

/** What a module exports. */
export function exportsOf(program: ts.Program, file: string): readonly ts.Symbol[] {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  return module ? checker.getExportsOfModule(module) : [];
}

/** What an exported name stands for. */
export function behind(program: ts.Program, symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? program.getTypeChecker().getAliasedSymbol(symbol) : symbol;
}

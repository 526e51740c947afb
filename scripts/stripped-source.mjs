// Takes the types out of TypeScript. What was stripped once is kept by its content; the directory may be deleted at any time.
import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { cacheDirectory } from "./cache-directory.mjs";

const require = createRequire(import.meta.url);
const { version } = require("@swc/wasm-typescript/package.json");
const directory = join(cacheDirectory(process.env), "stripped-types");

/**
 * The source of a TypeScript file without its types; lines and columns stay.
 *
 * @param {string} path
 */
export function strippedSource(path) {
  const strip = (/** @type {string} */ source) => {
    try {
      return require("@swc/wasm-typescript").transformSync(source, { mode: "strip-only", filename: path }).code;
    } catch (error) {
      throw syntaxErrorOf(path, error);
    }
  };
  return kept(path, version, strip);
}

/**
 * What swc throws is no `Error`, and says nowhere in one line where it is.
 *
 * @param {string} path
 * @param {unknown} thrown
 */
function syntaxErrorOf(path, thrown) {
  const {
    message,
    snippet = "",
    startLine,
    startColumn,
  } = /** @type {Record<string, string | number>} */ (thrown ?? {});
  if (startLine === undefined) return thrown;
  return new SyntaxError(`${path}:${startLine}:${startColumn}: ${message}\n${snippet}`, { cause: thrown });
}

/**
 * The same as CommonJS, for who requires it: of what a required module imports, Node 20 asks no hooks.
 *
 * @param {string} path
 */
export function commonJsSource(path) {
  const convert = (/** @type {string} */ source) => {
    const ts = require("typescript");
    const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023, inlineSourceMap: true };
    return ts.transpileModule(source, { compilerOptions, fileName: path }).outputText;
  };
  return kept(path, "cjs", convert);
}

/**
 * @param {string} path
 * @param {string} kind
 * @param {(source: string) => string} make
 */
function kept(path, kind, make) {
  const source = readFileSync(path, "utf8");
  const file = join(directory, `${createHash("sha256").update(source).digest("hex")}-${kind}`);
  if (existsSync(file)) return readFileSync(file, "utf8");
  const code = make(source);
  mkdirSync(directory, { recursive: true });
  // Whole or not at all, for who reads it at the same time.
  const unfinished = `${file}.${randomUUID()}`;
  writeFileSync(unfinished, code);
  renameSync(unfinished, file);
  return code;
}

import { existsSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "./root.mjs";
import { SetupError } from "./setup-error.mjs";

/**
 * Splits the arguments of `npm test` into flags for Node's runner and test files; a folder stands for the tests in it, and
 * no file at all for every test.
 *
 * @param {readonly string[]} args
 * @returns {{ flags: string[], files: string[] }}
 */
export function selectTests(args) {
  /** @type {string[]} */
  const flags = [];
  /** @type {string[]} */
  const files = [];
  args.forEach((arg, index) => {
    const path = join(root, relative(root, arg));
    if (arg.startsWith("-")) flags.push(arg);
    else if (existsSync(path)) files.push(...(statSync(path).isDirectory() ? testsIn(path) : [path]));
    else if (/^-[^=]+$/.test(args[index - 1] ?? "")) flags.push(arg);
    else
      throw new SetupError(
        `There is no test file ${JSON.stringify(arg)}. Give a path from ${root}, or none for all tests.`,
      );
  });
  return { flags, files: (files.length ? files : testsIn(join(root, "test"))).map((file) => relative(root, file)) };
}

/** @param {string} directory @returns {string[]} */
function testsIn(directory) {
  return readdirSync(directory, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return testsIn(path);
      return entry.name.endsWith(".test.ts") ? [path] : [];
    });
}

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import ts from "typescript";
import { type ProblemCode, problem } from "../../src/api/problems.ts";
import { behind, compilerOptions, entryPoints, exportsOf, root } from "../structure/entry-points.ts";

/** An error that users can import. */
interface ExportedError {
  readonly code: string;
  readonly name: string;
  readonly entryPoint: string;
}

const page = readFileSync(new URL("../../docs/errors.md", import.meta.url), "utf8");
const problemsFile = `${root}src/api/problems.ts`;
const program = ts.createProgram([...entryPoints().values(), problemsFile], compilerOptions());
const checker = program.getTypeChecker();
const errors = exportedErrors();
const problemCodes = codesOfProblems();

const sections = page
  .split(/^### /m)
  .slice(1)
  .map((section) => section.split("\n\n"));

test("every exported error has its section, under its code, and every section its error", () => {
  const titles = sections.map(([title]) => title);
  assert.ok(errors.length > 30, `Only ${errors.length} exported errors were found`);
  assert.deepEqual(titles.toSorted(), errors.map(({ code }) => code).toSorted());
});

test("a section begins with the class, where it is imported from, and the status that REST answers with", () => {
  const first = Object.fromEntries(sections.map(([title = "", line]) => [title, line] as const));
  const wanted = errors.map(({ code, name, entryPoint }) => {
    const status = problemCodes.has(code) ? ` · REST: ${statusOf(code)}` : "";
    return [code, `\`${name}\` from \`${entryPoint}\`${status}`] as const;
  });
  assert.deepEqual(first, Object.fromEntries(wanted));
});

test("a section says what the error means and what to do", () => {
  const short = sections.filter(([, , meaning = "", remedy = ""]) => meaning.length < 20 || !remedy.startsWith("Do: "));
  assert.deepEqual(
    short.map(([title]) => title),
    [],
  );
});

test("every code that REST alone has is in the table, with its status", () => {
  const rows = [...page.matchAll(/^\| `([A-Z_0-9]+)`\s*\| (\d+)/gm)].map(([, code, status]) => `${code} ${status}`);
  const own = [...problemCodes].filter((code) => !errors.some((error) => error.code === code));
  assert.deepEqual(rows.toSorted(), own.map((code) => `${code} ${statusOf(code)}`).toSorted());
});

/** Classes with a literal `code`; read by the compiler, so that nothing has to be made. */
function exportedErrors(): readonly ExportedError[] {
  return [...entryPoints()].flatMap(([entryPoint, file]) =>
    exportsOf(program, file).flatMap((symbol) => {
      const declared = behind(program, symbol);
      if (!(declared.flags & ts.SymbolFlags.Class)) return [];
      const code = checker.getDeclaredTypeOfSymbol(declared).getProperty("code");
      const type = code && checker.getTypeOfSymbol(code);
      return type?.isStringLiteral() ? [{ code: type.value, name: symbol.name, entryPoint }] : [];
    }),
  );
}

function codesOfProblems(): ReadonlySet<string> {
  const union = exportsOf(program, problemsFile).find(({ name }) => name === "ProblemCode");
  const type = union && checker.getDeclaredTypeOfSymbol(union);
  const members = type?.isUnion() ? type.types : [];
  return new Set(members.flatMap((member) => (member.isStringLiteral() ? [member.value] : [])));
}

function statusOf(code: string): number {
  return problem(code as ProblemCode, "", "").status;
}

// Every `ts` block of the guides, and every `@example`, is a module of one program, which the compiler checks.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { root } from "../structure/entry-points.ts";
import { blocksOfPage, type CodeBlock, examplesIn, fileOf, pages, rewriteBlocks, sourcesUnder } from "./code-blocks.ts";
import { modulesOfExamples, modulesOfPage, problemsIn } from "./examples-program.ts";

if (process.env["UPDATE_SNAPSHOTS"] === "1") pages().forEach(rewriteBlocks);

const blocks = pages().map((page) => [page, blocksOfPage(page)] as const);
const examples = ["src/sdk", "src/api", "src/events"]
  .flatMap(sourcesUnder)
  .map((source) => [source, examplesIn(source)] as const);
const commented = examples.filter(([, found]) => found.length > 0);

describe("the code in the guides", () => {
  const problems = problemsIn([
    ...blocks.flatMap(([page, ofPage]) => modulesOfPage(page, ofPage)),
    ...commented.flatMap(([source, found]) => modulesOfExamples(source, found)),
  ]);

  for (const [source, found] of [...blocks, ...commented].filter(([, { length }]) => length > 0)) {
    test(`${source}: ${found.length === 1 ? "its example compiles" : `its ${found.length} examples compile`}`, () => {
      assert.deepEqual(
        problems.filter((problem) => problem.source === source).map(({ message }) => message),
        [],
      );
    });
  }

  test("a block that names a file is that file", () => {
    const differing = blocks.flatMap(([, ofPage]) => ofPage).filter((block) => differs(block));
    assert.deepEqual(
      differing.map(({ source, path }) => `${source}: ${path}`),
      [],
      "Write them anew: UPDATE_SNAPSHOTS=1 npm test -- test/docs/examples.test.ts",
    );
  });

  test("what docs/raw-temporal.md has with Tenuto imports nothing of Temporal, what it has without imports nothing of Tenuto", () => {
    const shown = blocksOfPage("docs/raw-temporal.md");
    const withTenuto = shown.filter(({ path }) => path?.startsWith("src/"));
    const without = shown.filter(({ path }) => path?.startsWith("test/docs/raw/"));
    assert.deepEqual([withTenuto.length, without.length], [3, 3]);
    assert.deepEqual(
      [
        ...withTenuto.filter(({ code }) => code.includes("@temporalio")),
        ...without.filter(({ code }) => /from "tenuto/.test(code)),
      ].map(({ path }) => path),
      [],
    );
  });

  test("a block of TypeScript begins with ```ts, so that it is found", () => {
    const others = pages().flatMap((page) =>
      [...readFileSync(root + page, "utf8").matchAll(/^\s*```(typescript|tsx|js|javascript)\b/gm)].map(() => page),
    );
    assert.deepEqual(others, []);
  });

  test("what does not compile is told, with its line", () => {
    const wrong: CodeBlock = { source: "README.md", line: 7, path: undefined, code: `1;\nparseDuration("1 hour");` };
    const [problem] = problemsIn(modulesOfExamples("README.md", [wrong]));
    assert.match(problem?.message ?? "", /^README\.md:8: Argument of type '"1 hour"' is not assignable/);
  });
});

function differs(block: CodeBlock): boolean {
  const file = fileOf(block);
  return file !== undefined && file !== block.code;
}

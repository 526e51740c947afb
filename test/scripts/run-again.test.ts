import assert from "node:assert/strict";
import { test } from "node:test";
import { runAgainAlone } from "../../scripts/run-again.mjs";

const files = (count: number) => Array.from({ length: count }, (_, index) => `/tmp/${index}-test-api.test.mjs`);

async function play(first: number, { failed, second = 0 }: { readonly failed: number; readonly second?: number }) {
  const [again, lines]: [string[], string[]] = [[], []];
  const code = await runAgainAlone(first, {
    failed: files(failed),
    run: (some) => {
      again.push(...some);
      return Promise.resolve(second);
    },
    log: (line) => lines.push(line),
  });
  return { code, again, lines };
}

test("what passed is not run again", async () => {
  assert.deepEqual(await play(0, { failed: 0 }), { code: 0, again: [], lines: [] });
});

test("a few processes that failed are named, and run once more: that decides", async () => {
  const passes = await play(1, { failed: 3 });
  assert.deepEqual([passes.code, passes.again], [0, files(3)]);
  assert.match(passes.lines.join(), /UNSTABLE.*0-test-api\.test\.mjs, 1-test-api\.test\.mjs, 2-test-api/);
  assert.equal((await play(1, { failed: 1, second: 1 })).code, 1);
});

test("more than three are no accident: they are named, and the run has failed", async () => {
  const { code, again, lines } = await play(1, { failed: 4 });
  assert.deepEqual([code, again], [1, []]);
  assert.match(lines.join(), /4 processes failed, too many for a second try/);
});

test("a run that was interrupted is not begun again", async () => {
  const { code, again } = await play(130, { failed: 2 });
  assert.deepEqual([code, again], [130, []]);
});

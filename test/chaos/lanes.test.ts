import assert from "node:assert/strict";
import { test } from "node:test";
import { testServer } from "../rig/stack.ts";
import { laneChaos } from "./lanes.ts";

test("100 runs over 10 keys under 2 kills and 5 terminations: never 4 of a key at once, and all end", async () => {
  const lines: string[] = [];
  const report = await laneChaos({
    ...{ address: testServer(), runs: 100, keys: 10, holdMs: 1_500, workers: 2, kills: 2, terminations: 5, seed: 7 },
    log: (line) => lines.push(`${new Date().toISOString()} ${line}`),
  });
  const { completed, terminated, others, kills, most } = report;
  const seen = { ended: completed + terminated, others, kills, isWithin: most <= 3, isFull: most === 3 };
  assert.deepEqual(seen, { ended: 100, others: 0, kills: 2, isWithin: true, isFull: true }, lines.join("\n"));
});

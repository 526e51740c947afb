import assert from "node:assert/strict";
import { test } from "node:test";
import { testServer } from "../rig/stack.ts";
import { redriveChaos } from "./redrive.ts";

test("100 orders fail in four ways while their worker is killed, and all complete once when they are redriven", async () => {
  const lines: string[] = [];
  const report = await redriveChaos({
    address: testServer(),
    orders: 100,
    // One that is stuck is told of after a minute: those are left to `npm run chaos -- redrive`.
    ways: ["parked", "undone", "terminated", "failed"],
    workerKills: 1,
    redriveKills: 1,
    inFlight: 20,
    log: (line) => {
      console.log(Date.now() % 1000000, line);
      lines.push(line);
    },
  });
  const { lettersByKind, completed, doubled, lost, countedTwice, openLetters } = report;
  assert.deepEqual(
    { lettersByKind, completed, doubled, lost, countedTwice, openLetters },
    {
      lettersByKind: { failed: 50, parked: 25, terminated: 25 },
      completed: 100,
      doubled: [],
      lost: [],
      countedTwice: 0,
      openLetters: 0,
    },
    lines.join("\n"),
  );
  assert.deepEqual([report.workerKills, report.redriveKills], [1, 1], lines.join("\n"));
});

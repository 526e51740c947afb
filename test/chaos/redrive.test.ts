import assert from "node:assert/strict";
import { test } from "node:test";
import { testServer } from "../rig/stack.ts";
import { redriveChaos } from "./redrive.ts";

test("100 orders fail in four ways while their worker is killed, and all complete once by a bulk redrive that is killed", async () => {
  const lines: string[] = [];
  const report = await redriveChaos({
    address: testServer(),
    orders: 100,
    // One that is stuck is told of after a minute: those are left to `npm run chaos -- redrive`.
    ways: ["parked", "undone", "terminated", "failed"],
    workerKills: 1,
    redriveKills: 1,
    inFlight: 20,
    log: (line) => void lines.push(`${new Date().toISOString()} ${line}`),
  });
  const { lettersByKind, completed, doubled, lost, countedTwice, openLetters, inexact } = report;
  assert.deepEqual(
    { lettersByKind, completed, doubled, lost, countedTwice, openLetters, inexact },
    {
      lettersByKind: { failed: 50, parked: 25, terminated: 25 },
      completed: 100,
      doubled: [],
      lost: [],
      countedTwice: 0,
      openLetters: 0,
      inexact: [],
    },
    lines.join("\n"),
  );
  assert.deepEqual([report.workerKills, report.redriveKills], [1, 1], lines.join("\n"));
});

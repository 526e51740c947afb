import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Idempotency } from "../../src/sdk/core/define-workflow.ts";
import type { RunStatus } from "../../src/sdk/client/run-status.ts";
import { isTakenForGood } from "../../src/sdk/worker/app-window-activities.ts";

describe("a workflow id that the run of a window did not get", () => {
  const cases: readonly [Idempotency, RunStatus, boolean][] = [
    ["once-per-id", "running", true],
    ["once-per-id", "failed", true],
    ["retry-if-failed", "running", false],
    ["retry-if-failed", "failed", false],
    ["retry-if-failed", "completed", true],
    ["allow-duplicate", "running", false],
    // It went when the start was refused, and ended before it was looked at.
    ["allow-duplicate", "completed", false],
  ];
  for (const [idempotency, status, isTaken] of cases)
    test(`${idempotency}, and the run that has it is ${status}: ${isTaken ? "the events are refused" : "it is tried again"}`, () => {
      assert.equal(isTakenForGood(idempotency, status), isTaken);
    });
});

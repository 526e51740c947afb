import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fingerprintOfFailure, patternOf } from "../../src/sdk/core/fingerprint.ts";
import { differentProblems, sameProblem } from "./fixtures/failure-messages.ts";

function printOf(message: string): string {
  return fingerprintOfFailure({ type: "fulfillOrder", step: "payments.charge", error: { type: "Error", message } });
}

describe("one problem has one fingerprint", () => {
  for (const [source, one, other] of sameProblem) {
    test(`${source}: ${one}`, () => {
      assert.equal(patternOf(one), patternOf(other));
      assert.equal(printOf(one), printOf(other));
    });
  }
});

describe("different problems have different fingerprints", () => {
  for (const [source, one, other] of differentProblems) {
    test(`${source}: ${one}`, () => assert.notEqual(printOf(one), printOf(other), patternOf(one)));
  }
});

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { fingerprintOfFailure, patternOf } from "../../src/sdk/core/fingerprint.ts";
import { differentProblems, sameProblem } from "./fixtures/failure-messages.ts";
import { knownFingerprints } from "./fixtures/known-fingerprints.ts";

function printOf(message: string): string {
  return fingerprintOfFailure({ type: "fulfillOrder", step: "payments.charge", error: { type: "Error", message } });
}

function titled([source, message]: readonly string[]): string {
  return `${source}: ${JSON.stringify(message)}`;
}

describe("failures of one problem have one fingerprint", () => {
  for (const pair of sameProblem) {
    const [, one, other] = pair;
    test(titled(pair), () => {
      assert.equal(patternOf(one), patternOf(other));
      assert.equal(printOf(one), printOf(other));
    });
  }
});

describe("failures of different problems have different fingerprints", () => {
  for (const pair of differentProblems) {
    const [, one, other] = pair;
    test(titled(pair), () => assert.notEqual(printOf(one), printOf(other), patternOf(one)));
  }
});

describe("a fingerprint never changes between releases", () => {
  for (const [fingerprint, failure] of knownFingerprints) {
    test(titled([failure.error.type, failure.error.message]), () => {
      assert.equal(fingerprintOfFailure(failure), fingerprint);
    });
  }
});

test("type, step and error type are part of a fingerprint", () => {
  const [[, failure]] = knownFingerprints as [(typeof knownFingerprints)[0]];
  const others = [
    failure,
    { ...failure, type: "restock" },
    { ...failure, step: "shop.pack" },
    { ...failure, step: undefined },
    { ...failure, error: { ...failure.error, type: "Other" } },
  ];
  assert.equal(new Set(others.map(fingerprintOfFailure)).size, others.length);
});

describe("a pattern is the message with placeholders", () => {
  const patterns: readonly (readonly [message: string, pattern: string])[] = [
    ['Order "o-17" was refused after 3 s', "Order <text> was refused after <n>"],
    ["", ""],
    ["  Out \n of\tpaper ", "Out of paper"],
    [
      "We couldn't find the users' orders 'a-1', and don't know why it's 'O'Brien'",
      "We couldn't find the users' orders <text>, and don't know why it's <text>",
    ],
    ['The 5" pipe "steel" isn\'t there', "The <n>\" pipe <text> isn't there"],
    ["No room for «a» and „b“ or `c`", "No room for <text>"],
    ['relation "orders_2026_11" does not exist', "relation orders_<n>_<n> does not exist"],
    [
      "Status 503 of https://ada:secret@api.carrier.example:8443/v2/labels/ADA%20LOVE/9?x=1.",
      "Status 503 of https://api.carrier.example:<n>/v2/labels/<id>/<id>.",
    ],
    ["http://[::1]:8080/x and http://10.0.0.7:80/y", "http://<ip>:<n>/x and http://<ip>:<n>/y"],
    ["ada@example.com may not see /orders/17 or /home/ada/x", "<email> may not see /orders/<id> or <path>"],
    ["Voucher code 'SUMMER' and postal code 90210", "Voucher code <text> and postal code <n>"],
    ["std::bad_alloc at 0x7fff5fbff8a0", "std::bad_alloc at <id>"],
    ["Order 7c9e6679-7425-40de-944b-e07fc1f90ae7 is late", "Order <id> is late"],
    [
      '400 {"id":"a-1","error":{"code":"E-17","message":"No \\"Köln\\" (id 17)","lines":[{"sku":"x"}]}} after 2 tries',
      "400 {code: E-17, message: No <text> (id <n>)} after <n> tries",
    ],
    ['Refused: {"id":"a-1","total":{"cents":100}}', "Refused: <json>"],
    ["Zeit nach 30 Sekunden um für №17, ключ ab12cd", "Zeit nach <n> Sekunden um für №<n>, ключ <id>"],
  ];
  for (const [message, pattern] of patterns) {
    test(JSON.stringify(message), () => assert.equal(patternOf(message), pattern));
  }
});

describe("a message of any length", () => {
  test("is one problem however long its cited answer is", () => {
    const cited = (length: number) => `Bad answer: "${"<p>17</p> ".repeat(length)}" from the carrier`;
    assert.equal(patternOf(cited(200)), patternOf(cited(300)));
    assert.equal(patternOf(`Bad answer: {"code":"gone","lines":["${"a ".repeat(999)}"]}`), "Bad answer: {code: gone}");
  });

  test("has a pattern of at most 501 characters, of whole words", () => {
    const pattern = patternOf("carrier ".repeat(200));
    assert.ok(pattern.length <= 501);
    assert.match(pattern, /^(carrier )+…$/);
  });

  const hostile = [
    ...[
      '"',
      "'",
      "`",
      "“",
      "‘",
      "«",
      '\\"',
      "'a",
      '{"a":',
      '{"code":"',
      '[{"a":1',
      "[ ",
      "{ ",
      ', "',
      "code: ",
      'column "',
    ],
    ...[
      "a@",
      "a.",
      "a.a@",
      "a:",
      "::",
      "1:",
      "/",
      "/a",
      "./",
      "a/",
      "http://",
      "http://[",
      "C:\\",
      "arn:a:",
      "a.b:1:1",
      "-a.b:",
    ],
    ...[
      "1",
      "1.",
      "1,",
      "1-",
      "1h",
      "P1Y",
      "T1H",
      "1 Jan 2020 ",
      "12:30:30.5 GMT+0000 (A",
      "500 (",
      "0x",
      "_1",
      "A1a+",
    ],
    ...["<n>", "<n>, ", ")=(", "\n", " ", "\ud800", "\ue031", "a"],
  ];
  for (const unit of hostile) {
    test(`costs no more than its first 1,000 characters, of ${JSON.stringify(unit)} without end`, (context) => {
      const message = unit.repeat(Math.ceil(1_000_000 / unit.length));
      // All rules are replacements: what they are called on is all that they read.
      const { mock } = context.mock.method(String.prototype, "replace");
      const pattern = patternOf(message);
      mock.restore();
      const read = mock.calls.reduce((sum, call) => sum + String(call.this).length, 0);
      assert.ok(read < 200_000, `${read} characters were read`);
      assert.ok(pattern.length <= 501);
      assert.equal(pattern, patternOf(`${message.slice(0, 1_000)} and another end`));
    });
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { redacted } from "tenuto";
import { secretsIn, withoutSecrets } from "../../src/sdk/core/redacted.ts";

test("named fields are replaced at any depth, whatever they hold, and the value itself is left as it was", () => {
  const value = { card: "4242", to: { name: "Ada", card: { number: 1 } }, lines: [{ card: null, sku: "a" }] };
  const copy = structuredClone(value);
  assert.deepEqual(redacted(value, ["card"]), {
    card: "[redacted]",
    to: { name: "Ada", card: "[redacted]" },
    lines: [{ card: "[redacted]", sku: "a" }],
  });
  assert.deepEqual(value, copy);
});

test("what is no object stays as it is", () => {
  for (const value of ["card", 1, null, undefined, true]) assert.equal(redacted(value, ["card"]), value);
});

test("a field named __proto__ is a field", () => {
  const value: unknown = JSON.parse('{"__proto__":{"card":"4242"}}');
  assert.equal(JSON.stringify(redacted(value, ["card"])), '{"__proto__":{"card":"[redacted]"}}');
});

test("what redacted fields hold, at any depth, is found; what is too short to be told apart is not", () => {
  const value = {
    card: { number: "4242-1", cvc: 123, codes: ["secret", 98_765] },
    note: "seen",
    lines: [{ card: "ok" }],
  };
  assert.deepEqual(secretsIn(value, ["card"]), ["4242-1", "secret", "98765"]);
  assert.deepEqual(secretsIn(value, []), []);
});

test("secrets are taken out of a text wherever they are, the longest first", () => {
  assert.equal(withoutSecrets("a secret2 and a secret", ["secret", "secret2"]), "a [redacted] and a [redacted]");
});

// The vectors are of RFC 4231, and of the tests of Stripe's library for Node, which have bodies that are empty and beyond ASCII:
// https://www.rfc-editor.org/rfc/rfc4231#section-4.3
// https://github.com/stripe/stripe-node/blob/master/test/crypto/helpers.ts
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { hmac, type HmacOptions } from "../../../src/events/signatures/hmac.ts";
import {
  keepsTheWindow,
  refusesWhatIsNotSigned,
  type SignedCase,
  takesAnyOfItsSecrets,
  verdictOn,
  withHeaders,
} from "../fixtures/signed-case.ts";

const header = "x-signature";
const sha256 = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
const sha512 =
  "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737";
const published: SignedCase = {
  signature: hmac({ secrets: "PARTNER_SECRET", header }),
  secrets: { PARTNER_SECRET: "Jefe" },
  headers: { [header]: sha256 },
  body: "what do ya want for nothing?",
  now: 0,
};
const inBase64 = (hex: string) => Buffer.from(hex, "hex").toString("base64");

for (const [what, options, value] of [
  ["SHA-256 in hex", {}, sha256],
  ["SHA-256 in upper-case hex", {}, sha256.toUpperCase()],
  ["SHA-256 in base64", { encoding: "base64" }, inBase64(sha256)],
  ["SHA-512 in hex", { algorithm: "sha512" }, sha512],
  ["SHA-512 in base64", { algorithm: "sha512", encoding: "base64" }, inBase64(sha512)],
  ["SHA-256 after a prefix", { prefix: "sha256=" }, `sha256=${sha256}`],
] as const satisfies readonly (readonly [string, Partial<HmacOptions>, string])[]) {
  const signature = hmac({ secrets: "PARTNER_SECRET", header: "X-Signature", ...options });

  test(`RFC 4231's second case passes by ${what}`, () => {
    assert.deepEqual(verdictOn(published, { signature, headers: { [header]: value } }), { ok: true });
  });

  test(`${what} is refused with a character less, more, or of another encoding`, () => {
    for (const wrong of [value.slice(0, -1), `${value}0`, `${value.slice(0, -2)}~~`, `${value}, ${value}`]) {
      const verdict = verdictOn(published, { signature, headers: { [header]: wrong } });
      assert.deepEqual(verdict, { ok: false, reason: "unreadable-header", header: "X-Signature" });
    }
  });
}

for (const [body, value] of [
  ["", "f7f9bd47fb987337b5796fdc1fdb9ba221d0d5396814bfcaf9521f43fd8927fd"],
  ['{"obj1":"hello","obj2":"world"}', "bebb1a643997f419b315ddba19e6f5411e1ce7f810ba6d3617ce72823092f363"],
  ["😀", "837da296d05c4fe31f61d5d7ead035099d9585a5bcde87de952012a78f0b0c43"],
] as const) {
  test(`the vector of Stripe's library for Node passes: ${JSON.stringify(body)}`, () => {
    const secrets = { PARTNER_SECRET: "test_secret" };
    assert.equal(verdictOn(published, { secrets, headers: { [header]: value }, body }).ok, true);
  });
}

refusesWhatIsNotSigned(published, { header });
takesAnyOfItsSecrets(published, { other: "jefe" });

test("a signature without its prefix is not readable", () => {
  const signature = hmac({ secrets: "PARTNER_SECRET", header, prefix: "sha256=" });
  assert.deepEqual(verdictOn(published, { signature }), { ok: false, reason: "unreadable-header", header });
});

const signedAt = 1_700_000_000;
const timed: SignedCase = {
  ...published,
  signature: hmac({ secrets: "PARTNER_SECRET", header, timestampHeader: "x-timestamp", idHeader: "x-request-id" }),
  headers: {
    [header]: createHmac("sha256", "Jefe").update(`${signedAt}.{}`).digest("hex"),
    "x-timestamp": String(signedAt),
    "x-request-id": "req.1",
  },
  body: "{}",
  now: signedAt,
};

test("with headers of its own for time and id, they are in the verdict", () => {
  assert.deepEqual(verdictOn(timed), { ok: true, deliveryId: "req.1", timestamp: signedAt });
});

keepsTheWindow(timed, { signedAt, header: "x-timestamp" });

test("an id needn't be there", () => {
  const headers = withHeaders(timed, { "x-request-id": undefined });
  assert.deepEqual(verdictOn(timed, { headers }), { ok: true, timestamp: signedAt });
});

for (const [name, value, reason] of [
  ["x-timestamp", undefined, "missing-header"],
  ["x-timestamp", "now", "unreadable-header"],
  ["x-timestamp", ["1", "1"], "unreadable-header"],
  ["x-request-id", "a, b", "unreadable-header"],
] as const) {
  test(`${name} as ${JSON.stringify(value)} is a ${reason}`, () => {
    const headers = withHeaders(timed, { [name]: value });
    assert.deepEqual(verdictOn(timed, { headers }), { ok: false, reason, header: name });
  });
}

test("another separator is what is signed", () => {
  const signature = hmac({ secrets: "PARTNER_SECRET", header, timestampHeader: "x-timestamp", separator: ":" });
  const value = createHmac("sha256", "Jefe").update(`${signedAt}:{}`).digest("hex");
  assert.equal(verdictOn(timed, { signature }).ok, false);
  assert.equal(verdictOn(timed, { signature, headers: withHeaders(timed, { [header]: value }) }).ok, true);
});

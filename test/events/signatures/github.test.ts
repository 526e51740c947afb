// The vector is of GitHub's documentation:
// https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries#testing-the-webhook-payload-validation
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { github } from "../../../src/events/signatures/github.ts";
import {
  refusesWhatIsNotSigned,
  type SignedCase,
  takesAnyOfItsSecrets,
  verdictOn,
  withHeaders,
} from "../fixtures/signed-case.ts";

const secret = "It's a Secret to Everybody";
const header = "x-hub-signature-256";
const own = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
const published: SignedCase = {
  signature: github({ secrets: "GITHUB_SECRET" }),
  secrets: { GITHUB_SECRET: secret },
  headers: { [header]: own },
  body: "Hello, World!",
  now: 0,
};

test("the vector of GitHub's documentation passes", () => {
  assert.deepEqual(verdictOn(published), { ok: true });
});

test("the id is that of the delivery", () => {
  const headers = withHeaders(published, { "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958" });
  assert.deepEqual(verdictOn(published, { headers }), { ok: true, deliveryId: "72d3162e-cc78-11e3-81ab-4c9367dc0958" });
});

refusesWhatIsNotSigned(published, { header });
takesAnyOfItsSecrets(published, { other: "It's a secret to everybody" });

for (const value of [
  `sha1=${own.slice(7, 47)}`,
  own.slice(7),
  `${own}=`,
  `${own}, ${own}`,
  own.slice(0, -1),
  `${own}0`,
]) {
  test(`the signature ${value.slice(0, 12)}… of ${value.length} characters is not readable`, () => {
    const headers = withHeaders(published, { [header]: value });
    assert.deepEqual(verdictOn(published, { headers }), { ok: false, reason: "unreadable-header", header });
  });
}

for (const value of ["", "a b", "72d3162e, 72d3162e", ["a", "b"]]) {
  test(`the delivery ${JSON.stringify(value)} is not readable`, () => {
    const headers = withHeaders(published, { "x-github-delivery": value });
    const refusal = { ok: false, reason: "unreadable-header", header: "x-github-delivery" };
    assert.deepEqual(verdictOn(published, { headers }), refusal);
  });
}

test("a signed body that is not UTF-8 passes", () => {
  const body = Uint8Array.from([0xff, 0x00, 0xc0, 0x80]);
  const value = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
  assert.equal(verdictOn(published, { headers: { [header]: value }, body }).ok, true);
});

// The vector is of Stripe's library for .NET, whose test has a fixed secret and signature:
// https://github.com/stripe/stripe-dotnet/blob/master/src/StripeTests/Services/Events/EventUtilityTest.cs
// https://github.com/stripe/stripe-dotnet/blob/master/src/StripeTests/Resources/event_test_signature.json
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { stripe } from "../../../src/events/signatures/stripe.ts";
import {
  keepsTheWindow,
  refusesWhatIsNotSigned,
  type SignedCase,
  takesAnyOfItsSecrets,
  verdictOn,
  withHeaders,
} from "../fixtures/signed-case.ts";

const header = "stripe-signature";
const signedAt = 1_533_204_620;
const v1 = "2220f87ef101a04665f11cdf770523143f875572008577fa0f20882ddb9cc3c7";
const v0 = "63f3a72374a733066c4be69ed7f8e5ac85c22c9f0a6a612ab9a025a9e4ee7eef";
const event = {
  id: "evt_123",
  object: "event",
  account: "acct_123",
  api_version: "2017-05-25",
  created: 1533204620,
  data: {
    object: {
      id: "cus_123",
      object: "customer",
      created: 123456789,
      email: "test@stripe.com",
      livemode: false,
      metadata: {},
    },
  },
  livemode: false,
  pending_webhooks: 1,
  request: { id: "req_123", idempotency_key: "idempotency-key-123" },
  type: "customer.created",
};
const published: SignedCase = {
  signature: stripe({ secrets: "STRIPE_SECRET" }),
  secrets: { STRIPE_SECRET: "webhook_secret" },
  headers: { [header]: `t=${signedAt},v1=${v1},v0=${v0}` },
  body: `${JSON.stringify(event, null, 2)}\n`,
  now: signedAt,
};

/** The same request with another body, signed. */
function signedWith(body: string | Uint8Array): SignedCase {
  const mac = createHmac("sha256", "webhook_secret").update(`${signedAt}.`).update(body).digest("hex");
  return { ...published, headers: { [header]: `t=${signedAt},v1=${mac}` }, body };
}

test("the vector of Stripe's library passes, with the id of its event and its time", () => {
  assert.deepEqual(verdictOn(published), { ok: true, deliveryId: "evt_123", timestamp: signedAt });
});

refusesWhatIsNotSigned(published, { header });
keepsTheWindow(published, { signedAt, header });
takesAnyOfItsSecrets(published, { other: "whsec_test_secret" });

for (const [what, value] of [
  ["two secrets sign, the other one first", `t=${signedAt},v1=${v0},v1=${v1}`],
  ["two secrets sign, the other one last", `t=${signedAt},v1=${v1},v1=${v0}`],
  ["the parts are in another order, with spaces", `v0=${v0}, v1=${v1} , t=${signedAt}`],
  ["something unknown is between", `t=${signedAt},v9,=,x=y=z,v1=${v1}`],
] as const) {
  test(`it passes when ${what}`, () => {
    assert.equal(verdictOn(published, { headers: { [header]: value } }).ok, true);
  });
}

for (const value of [
  `v1=${v1}`,
  `t=${signedAt}`,
  `t=${signedAt},v0=${v0}`,
  `t=,v1=${v1}`,
  `t=${signedAt}.5,v1=${v1}`,
  `t=${signedAt},t=${signedAt},v1=${v1}`,
  `t=${signedAt},v1=${v1}=`,
  `t=${signedAt},v1=${v1.slice(1)}`,
]) {
  test(`the header ${value.replace(/[0-9a-f]{60,}/g, "…")} is not readable`, () => {
    const headers = withHeaders(published, { [header]: value });
    assert.deepEqual(verdictOn(published, { headers }), { ok: false, reason: "unreadable-header", header });
  });
}

test("the time is signed: at another one nothing matches", () => {
  const headers = { [header]: `t=${signedAt + 1},v1=${v1}` };
  assert.deepEqual(verdictOn(published, { headers }), { ok: false, reason: "no-match", header });
});

for (const body of [
  "[]",
  "null",
  '"evt_1"',
  '{"id":7}',
  '{"id":""}',
  '{"__proto__":{"id":"evt_1"}}',
  "{",
  "\ufeff{}",
]) {
  test(`a signed body without an id passes without one: ${JSON.stringify(body)}`, () => {
    assert.deepEqual(verdictOn(signedWith(body)), { ok: true, timestamp: signedAt });
  });
}

test("a signed body that is not UTF-8 passes without an id", () => {
  assert.deepEqual(verdictOn(signedWith(Buffer.from('{"id":"evt_\xff"}', "latin1"))), {
    ok: true,
    timestamp: signedAt,
  });
});

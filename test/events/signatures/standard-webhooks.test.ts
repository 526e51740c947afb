// The vector is of the scheme's own libraries, which share it:
// https://github.com/standard-webhooks/standard-webhooks/blob/main/libraries/javascript/src/webhook.test.ts ("sign function works").
// The specification shows a signature, but not the secret that made it.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { Webhook } from "standardwebhooks";
import { standardWebhooks } from "../../../src/events/signatures/standard-webhooks.ts";
import {
  keepsTheWindow,
  refusesWhatIsNotSigned,
  type SignedCase,
  takesAnyOfItsSecrets,
  verdictOn,
  withHeaders,
} from "../fixtures/signed-case.ts";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const other = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const published: SignedCase = {
  signature: standardWebhooks({ secrets: "SHOP_SECRET" }),
  secrets: { SHOP_SECRET: secret },
  headers: {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  },
  body: '{"test": 2432232314}',
  now: 1_614_265_330,
};
const own = String(published.headers["webhook-signature"]);

test("the vector of the scheme's libraries passes, with its id and time", () => {
  assert.deepEqual(verdictOn(published), {
    ok: true,
    deliveryId: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    timestamp: 1_614_265_330,
  });
});

refusesWhatIsNotSigned(published, { header: "webhook-signature" });
keepsTheWindow(published, { signedAt: 1_614_265_330, header: "webhook-timestamp" });
takesAnyOfItsSecrets(published, { other });

test("what the scheme's library signs passes, with text beyond ASCII", () => {
  const signedAt = 1_800_000_000;
  const body = '{"name":"Zoë 😀"}';
  const signature = new Webhook(other).sign("msg_1", new Date(signedAt * 1_000), body);
  const headers = { "webhook-id": "msg_1", "webhook-timestamp": String(signedAt), "webhook-signature": signature };

  assert.equal(verdictOn(published, { secrets: { SHOP_SECRET: other }, headers, body, now: signedAt }).ok, true);
});

test("a signed body that is not UTF-8 passes, where a reading as text would change it", () => {
  const body = Uint8Array.from([0x7b, 0xff, 0xc0, 0x80, 0x7d]);
  const mac = createHmac("sha256", Buffer.from(secret.slice("whsec_".length), "base64"));
  const signature = mac.update("msg_1.1614265330.").update(body).digest("base64");
  const headers = withHeaders(published, { "webhook-id": "msg_1", "webhook-signature": `v1,${signature}` });

  assert.equal(verdictOn(published, { headers, body }).ok, true);
});

for (const [what, list] of [
  ["first", `${own} v1,${Buffer.alloc(32).toString("base64")}`],
  ["last", `v1,${Buffer.alloc(32).toString("base64")} ${own}`],
  ["beside one by a public key, as in the specification", `${own} v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPC`],
  ["after what no version of the scheme knows", `v2,abc v1 v1, , ${own}`],
] as const) {
  test(`of several signatures the one that matches may stand ${what}`, () => {
    assert.equal(verdictOn(published, { headers: withHeaders(published, { "webhook-signature": list }) }).ok, true);
  });
}

for (const list of ["v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPC", own.replace("v1,", "v2,"), own.slice(0, -1)]) {
  test(`the signature ${list.slice(0, 8)}… of ${list.length} characters is not readable`, () => {
    const headers = withHeaders(published, { "webhook-signature": list });
    const header = "webhook-signature";
    assert.deepEqual(verdictOn(published, { headers }), { ok: false, reason: "unreadable-header", header });
  });
}

for (const [header, value] of [
  ["webhook-timestamp", "1614265330.0"],
  ["webhook-timestamp", " 1614265330"],
  ["webhook-timestamp", "-161426533"],
  ["webhook-timestamp", "0x60379d72"],
  ["webhook-timestamp", "1614265330000000"],
  ["webhook-timestamp", "soon"],
  ["webhook-timestamp", ["1614265330", "1614265330"]],
  ["webhook-id", ""],
  ["webhook-id", "msg_1, msg_1"],
  ["webhook-id", "msg_1.1614265330"],
  ["webhook-id", ["msg_1", "msg_2"]],
] as const) {
  test(`${header} as ${JSON.stringify(value)} is not readable`, () => {
    const headers = withHeaders(published, { [header]: value });
    assert.deepEqual(verdictOn(published, { headers }), { ok: false, reason: "unreadable-header", header });
  });
}

for (const header of ["webhook-id", "webhook-timestamp"]) {
  test(`${header} that is missing is named`, () => {
    const headers = withHeaders(published, { [header]: undefined });
    assert.deepEqual(verdictOn(published, { headers }), { ok: false, reason: "missing-header", header });
  });
}

for (const [header, value] of [
  ["webhook-id", "msg_other"],
  ["webhook-timestamp", "1614265331"],
] as const) {
  test(`${header} is signed: with another one nothing matches`, () => {
    const headers = withHeaders(published, { [header]: value });
    const refusal = { ok: false, reason: "no-match", header: "webhook-signature" };
    assert.deepEqual(verdictOn(published, { headers }), refusal);
  });
}

test("a secret without whsec_ is the same secret", () => {
  assert.equal(verdictOn(published, { secrets: { SHOP_SECRET: secret.slice("whsec_".length) } }).ok, true);
});

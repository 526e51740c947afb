// The vector is the example of Slack's documentation: https://docs.slack.dev/authentication/verifying-requests-from-slack/
// The challenge is the one of https://docs.slack.dev/reference/events/url_verification/
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { slack } from "../../../src/events/signatures/slack.ts";
import {
  keepsTheWindow,
  refusesWhatIsNotSigned,
  type SignedCase,
  takesAnyOfItsSecrets,
  verdictOn,
  withHeaders,
} from "../fixtures/signed-case.ts";

const secret = "8f742231b10e8888abcd99yyyzzz85a5";
const header = "x-slack-signature";
const published: SignedCase = {
  signature: slack({ secrets: "SLACK_SECRET" }),
  secrets: { SLACK_SECRET: secret },
  headers: {
    "x-slack-request-timestamp": "1531420618",
    [header]: "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
  },
  body:
    "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar" +
    "&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com" +
    "%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121." +
    "803a0bc887a14d10d2c447fce8b6703c",
  now: 1_531_420_618,
};

/** The same request with another body, signed. */
function signedWith(body: string | Uint8Array): SignedCase {
  const mac = createHmac("sha256", secret).update("v0:1531420618:").update(body).digest("hex");
  return { ...published, headers: withHeaders(published, { [header]: `v0=${mac}` }), body };
}

test("the example of Slack's documentation passes, with its time", () => {
  assert.deepEqual(verdictOn(published), { ok: true, timestamp: 1_531_420_618 });
});

refusesWhatIsNotSigned(published, { header });
keepsTheWindow(published, { signedAt: 1_531_420_618, header: "x-slack-request-timestamp" });
takesAnyOfItsSecrets(published, { other: "8f742231b10e8888abcd99yyyzzz85a6" });

test("the challenge by which Slack tries a URL is in the verdict", () => {
  const challenge = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P";
  const asked = JSON.stringify({ token: "Jhj5dZrVaK7ZwHHjRyZWjbDl", challenge, type: "url_verification" });
  assert.deepEqual(verdictOn(signedWith(asked)), { ok: true, timestamp: 1_531_420_618, challenge });
});

test("a challenge that is not signed is refused, and not told", () => {
  const asked = JSON.stringify({ challenge: "abc", type: "url_verification" });
  assert.deepEqual(verdictOn(published, { body: asked }), { ok: false, reason: "no-match", header });
});

test("the id is that of the event", () => {
  const event = JSON.stringify({ type: "event_callback", event_id: "Ev0PV52K21", event: { challenge: "x" } });
  assert.deepEqual(verdictOn(signedWith(event)), { ok: true, deliveryId: "Ev0PV52K21", timestamp: 1_531_420_618 });
});

test("a signed body that is not UTF-8 passes", () => {
  assert.deepEqual(verdictOn(signedWith(Uint8Array.from([0xff, 0xfe]))), { ok: true, timestamp: 1_531_420_618 });
});

for (const [name, value] of [
  ["x-slack-request-timestamp", "1531420618.5"],
  ["x-slack-request-timestamp", ["1531420618", "1531420618"]],
  [header, "v1=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"],
  [header, "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503=x"],
] as const) {
  test(`${name} as ${JSON.stringify(value).slice(0, 30)} is not readable`, () => {
    const headers = withHeaders(published, { [name]: value });
    assert.deepEqual(verdictOn(published, { headers }), { ok: false, reason: "unreadable-header", header: name });
  });
}

test("a timestamp that is missing is named", () => {
  const headers = withHeaders(published, { "x-slack-request-timestamp": undefined });
  const refusal = { ok: false, reason: "missing-header", header: "x-slack-request-timestamp" };
  assert.deepEqual(verdictOn(published, { headers }), refusal);
});

test("the time is signed: at another one nothing matches", () => {
  const headers = withHeaders(published, { "x-slack-request-timestamp": "1531420619" });
  assert.deepEqual(verdictOn(published, { headers }), { ok: false, reason: "no-match", header });
});

import assert from "node:assert/strict";
import type { LookupAddress } from "node:dns";
import { isIP } from "node:net";
import { describe, test } from "node:test";
import type { EmailChannel, WebhookChannel } from "tenuto/worker";
import { sendByEmail } from "../../src/sdk/worker/alerts/email.ts";
import { AlertTargetRefused } from "../../src/sdk/worker/alerts/errors/alert-target-refused.ts";
import type { Lookup } from "../../src/sdk/worker/alerts/guarded-target.ts";
import { isPublicAddress } from "../../src/sdk/worker/alerts/public-address.ts";
import { sendToWebhook } from "../../src/sdk/worker/alerts/webhook.ts";
import { alertMessage } from "./fixtures/alert-message.ts";
import { startEndpoint } from "./fixtures/endpoint.ts";

const { signal } = new AbortController();
const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const message = alertMessage("raised");

/** What is behind each of these is not the Internet. */
const addresses = {
  "this network": ["0.0.0.0", "0.1.2.3", "::"],
  private: ["10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1"],
  loopback: ["127.0.0.1", "127.255.255.254", "::1"],
  "link-local, with the metadata of clouds": ["169.254.169.254", "169.254.0.1", "fe80::1", "febf::1"],
  "carrier-grade NAT": ["100.64.0.1", "100.127.255.254"],
  "protocol assignments and benchmarks": ["192.0.0.8", "198.18.0.1", "198.19.255.255", "2001:2::1", "2001:10::1"],
  documentation: ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1", "3fff::1"],
  multicast: ["224.0.0.1", "239.255.255.250", "ff02::1", "ff0e::1"],
  "reserved and broadcast": ["240.0.0.1", "255.255.255.255"],
  "IPv4 mapped into IPv6": ["::ffff:127.0.0.1", "::ffff:7f00:1", "::ffff:a9fe:a9fe", "::ffff:8.8.8.8"],
  "IPv4 translated or embedded in IPv6": ["64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b:1::1", "::127.0.0.1"],
  "tunnels to IPv4": ["2002:7f00:1::", "2002:a00:1::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2"],
  "unique local and site-local": ["fc00::1", "fd12:3456:789a::1", "fec0::1"],
  "discard only": ["100::1"],
};
const refused = Object.entries(addresses).flatMap(([what, each]) => each.map((address) => ({ what, address })));

/** Other ways to write one, which URLs and resolvers understand. */
const spellings = [
  ...["2130706433", "0x7f000001", "0x7F.1", "017700000001", "0177.0.0.1", "127.1", "127.0.1", "0", "0x0"],
  ...["2852039166", "0xa9fea9fe", "localhost"],
];
const spelledInUrls = [
  ...spellings,
  "127.0.0.1.",
  "①②⑦.0.0.1",
  "127。0。0。1",
  "%31%32%37.0.0.1",
  "LOCALHOST",
  "[0:0:0:0:0:0:0:1]",
];

const webhook = (url: string): WebhookChannel => ({ kind: "webhook", name: "hook", url, secret });
const mail = (host: string): EmailChannel => ({
  ...{ kind: "email", name: "mail", host, from: "tenuto@shop.example", to: ["ops@shop.example"] },
});
const answering =
  (...found: readonly string[]): Lookup =>
  (_host, _options, callback) => {
    callback(
      null,
      found.map((address): LookupAddress => ({ address, family: isIP(address) })),
    );
  };

describe("what is no public address gets no alert", () => {
  for (const { what, address } of refused)
    test(`${address}: ${what}`, async () => {
      assert.equal(isPublicAddress(address), false);
      const host = address.includes(":") ? `[${address}]` : address;
      const lookup = answering(address);
      const sends = [
        sendToWebhook(webhook(`https://${host}/hook`), message, { signal }),
        sendToWebhook(webhook(`http://${host}:8080/hook`), message, { signal }),
        sendToWebhook(webhook("https://hooks.example/hook"), message, { signal, lookup }),
        sendByEmail(mail(address), message, { signal }),
        sendByEmail({ ...mail("mail.example"), security: "tls" }, message, { signal, lookup }),
        sendByEmail({ ...mail("mail.example"), security: "starttls" }, message, { signal, lookup }),
      ];
      await Promise.all(sends.map((send) => assert.rejects(send, AlertTargetRefused)));
    });

  for (const host of spelledInUrls)
    test(`https://${host}/`, async () => {
      await assert.rejects(sendToWebhook(webhook(`https://${host}/`), message, { signal }), AlertTargetRefused);
    });

  for (const host of spellings)
    test(`an SMTP server at ${host}`, async () => {
      await assert.rejects(sendByEmail(mail(host), message, { signal }), AlertTargetRefused);
    });

  test("a name with one such address among public ones", async () => {
    const lookup = answering("93.184.215.14", "10.0.0.1");
    await assert.rejects(
      sendToWebhook(webhook("https://hooks.example/"), message, { signal, lookup }),
      /its address is 10\.0\.0\.1, no public address/,
    );
  });

  test("a URL that can't be read, or is no HTTP, is refused without being told", async () => {
    for (const url of ["nonsense-with-secret", "file:///etc/passwd", "gopher://hooks.example/secret"])
      await assert.rejects(sendToWebhook(webhook(url), message, { signal }), (error) => {
        assert.ok(error instanceof AlertTargetRefused);
        assert.doesNotMatch(error.message, /secret|passwd/);
        return true;
      });
  });
});

test("addresses of others on the Internet are public", () => {
  for (const address of ["8.8.8.8", "93.184.215.14", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"])
    assert.equal(isPublicAddress(address), true, address);
});

test("without TLS nothing is sent to a public address, also where private ones are allowed", async () => {
  const lookup = answering("93.184.215.14");
  for (const url of ["http://93.184.215.14/", "http://hooks.example/"])
    await assert.rejects(
      sendToWebhook({ ...webhook(url), allowPrivate: true }, message, { signal, lookup }),
      /unencrypted/,
    );
  const channel = { ...mail("mail.example"), security: "none", allowPrivate: true } as const;
  await assert.rejects(sendByEmail(channel, message, { signal, lookup }), /unencrypted/);
});

test("a redirect to a private address is not followed", async (t) => {
  const hidden = await startEndpoint(t);
  const open = await startEndpoint(t);
  for (const status of [301, 302, 303, 307, 308]) {
    open.answer = (response) => response.writeHead(status, { Location: `${hidden.url}/admin` }).end();
    const channel = { ...webhook(open.url), allowPrivate: true };
    await assert.rejects(sendToWebhook(channel, message, { signal }), /redirects are not followed/);
  }
  assert.equal(open.received.length, 5);
  assert.equal(hidden.received.length, 0);
});

test("what is connected to is what was checked: the name is looked up once", async (t) => {
  const endpoint = await startEndpoint(t);
  let lookups = 0;
  const lookup: Lookup = (host, options, callback) => {
    lookups += 1;
    // A second answer would lead elsewhere.
    answering(lookups === 1 ? "127.0.0.1" : "203.0.113.1")(host, options, callback);
  };
  const channel = { ...webhook(`http://hooks.example:${endpoint.port}/hook`), allowPrivate: true };
  await sendToWebhook(channel, message, { signal, lookup });
  assert.equal(endpoint.received[0]?.headers.host, `hooks.example:${endpoint.port}`);
  assert.equal(lookups, 1);
});

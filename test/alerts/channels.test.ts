import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { describe, test, type TestContext } from "node:test";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { Webhook } from "standardwebhooks";
import { channelsByName } from "../../src/sdk/worker/alerts/alert-channel.ts";
import { sendByEmail } from "../../src/sdk/worker/alerts/email.ts";
import { ChannelFailed } from "../../src/sdk/worker/alerts/errors/channel-failed.ts";
import { sendToPagerDuty } from "../../src/sdk/worker/alerts/pagerduty.ts";
import { sendToSlack } from "../../src/sdk/worker/alerts/slack.ts";
import { sendToWebhook } from "../../src/sdk/worker/alerts/webhook.ts";
import { alertMessage } from "./fixtures/alert-message.ts";
import { startEndpoint } from "./fixtures/endpoint.ts";

const sending = { signal: new AbortController().signal };
const secret = `whsec_${randomBytes(32).toString("base64")}`;

describe("Slack", () => {
  test("gets text and blocks in which no text can call people", async (t) => {
    const slack = await startEndpoint(t);
    const url = () => Promise.resolve(`${slack.url}/services/T0/B0/abcdefgh`);

    await sendToSlack({ kind: "slack", name: "ops", url, allowPrivate: true }, alertMessage("raised"), sending);

    assert.equal(slack.received[0]?.path, "/services/T0/B0/abcdefgh");
    assert.deepEqual(JSON.parse(slack.received[0].body), {
      text: "A new error: &lt;Carrier&gt; &amp; sons don't answer",
      blocks: [
        {
          type: "header",
          text: { type: "plain_text", text: "A new error: <Carrier> & sons don't answer", emoji: false },
        },
        {
          type: "section",
          text: {
            type: "mrkdwn",
            text: "Order 17 &gt; 16.\nSeverity error, rule new-group, once since 2026-01-31T12:00:00.000Z",
          },
        },
        {
          type: "section",
          text: { type: "mrkdwn", text: "<https://tenuto.example/groups/9f86?a=1%7C2|the group>" },
        },
      ],
    });
  });
});

describe("PagerDuty", () => {
  for (const [kind, action] of [
    ["raised", "trigger"],
    ["escalated", "trigger"],
    ["acknowledged", "acknowledge"],
    ["resolved", "resolve"],
  ] as const)
    test(`gets the event "${action}" of what is ${kind}, under the alert's id`, async (t) => {
      const pagerduty = await startEndpoint(t);
      pagerduty.answer = (response) => response.writeHead(202).end('{"status":"success"}');
      const url = `${pagerduty.url}/v2/enqueue`;
      const channel = {
        kind: "pagerduty",
        name: "on-call",
        url,
        routingKey: "R0UT1NG-KEY",
        allowPrivate: true,
      } as const;
      const message = alertMessage(kind);

      await sendToPagerDuty(channel, message, sending);

      const event = JSON.parse(pagerduty.received[0]?.body ?? "") as Record<string, unknown>;
      assert.equal(event["event_action"], action);
      assert.equal(event["routing_key"], "R0UT1NG-KEY");
      assert.equal(event["dedup_key"], message.alert.id);
      const { severity, timestamp, source, group } = event["payload"] as Record<string, unknown>;
      assert.deepEqual(
        { severity, timestamp, source, group },
        { severity: "error", timestamp: message.at, source: "9f86d081884c7d65", group: "new-group" },
      );
    });
});

describe("a signed webhook", () => {
  test("is one that the reference implementation of Standard Webhooks verifies, under the message's id", async (t) => {
    const receiver = await startEndpoint(t);
    const message = alertMessage("raised");

    await sendToWebhook(
      { kind: "webhook", name: "hook", url: receiver.url, secret, allowPrivate: true },
      message,
      sending,
    );

    const [{ headers, body } = assert.fail("Nothing was sent")] = receiver.received;
    const verified = new Webhook(secret).verify(body, headers as Record<string, string>);
    assert.equal(headers["webhook-id"], message.id);
    assert.deepEqual(verified, { type: "alert.raised", timestamp: message.at, data: message.alert });
  });

  test("with a secret that is too short is not sent", async (t) => {
    const receiver = await startEndpoint(t);
    const channel = {
      kind: "webhook",
      name: "hook",
      url: receiver.url,
      secret: "whsec_abcd",
      allowPrivate: true,
    } as const;
    await assert.rejects(sendToWebhook(channel, alertMessage("raised"), sending), (error: unknown) => {
      assert.ok(error instanceof ChannelFailed);
      assert.equal(error.isLasting, true);
      assert.doesNotMatch(error.message, /abcd/);
      return true;
    });
    assert.equal(receiver.received.length, 0);
  });
});

describe("what a channel answers", () => {
  const posted = async (url: string): Promise<ChannelFailed> => {
    const channel = { kind: "slack", name: "ops", url, allowPrivate: true } as const;
    const error = await sendToSlack(channel, alertMessage("raised"), sending).then(
      () => undefined,
      (failure: unknown) => failure,
    );
    assert.ok(error instanceof ChannelFailed, String(error));
    return error;
  };

  for (const [status, isLasting] of [
    [400, true],
    [403, true],
    [404, true],
    [410, true],
    [301, true],
    [308, true],
    [408, false],
    [429, false],
    [500, false],
    [503, false],
  ] as const)
    test(`${status} ${isLasting ? "is for good" : "is tried again"}`, async (t) => {
      const endpoint = await startEndpoint(t);
      endpoint.answer = (response) => response.writeHead(status, { Location: endpoint.url }).end("no");
      const error = await posted(endpoint.url);
      assert.equal(error.isLasting, isLasting);
      assert.match(error.message, new RegExp(`${status}`));
      assert.equal(endpoint.received.length, 1);
    });

  test("says when to come again, in seconds or as a date", async (t) => {
    const endpoint = await startEndpoint(t);
    endpoint.answer = (response) => response.writeHead(429, { "Retry-After": "7" }).end();
    assert.equal((await posted(endpoint.url)).retryAfterMs, 7_000);
    const date = new Date(Date.now() + 120_000).toUTCString();
    endpoint.answer = (response) => response.writeHead(503, { "Retry-After": date }).end();
    const { retryAfterMs = 0 } = await posted(endpoint.url);
    assert.ok(retryAfterMs > 0 && retryAfterMs <= 120_000, String(retryAfterMs));
    endpoint.answer = (response) => response.writeHead(503, { "Retry-After": "soon" }).end();
    assert.equal((await posted(endpoint.url)).retryAfterMs, undefined);
  });

  test("is read no further than 64 KB, and told in a few words", async (t) => {
    const endpoint = await startEndpoint(t);
    let isEnded = false;
    endpoint.answer = (response) => {
      response.writeHead(500);
      // It never comes to an end by itself.
      const more = () => {
        if (!isEnded) response.write("x".repeat(16 * 1024), more);
      };
      response.once("close", () => (isEnded = true));
      more();
    };
    const error = await posted(endpoint.url);
    assert.ok(error.message.length < 300, String(error.message.length));
    t.after(() => (isEnded = true));
  });

  test("does not bring the secret of the channel into the failure", async (t) => {
    const endpoint = await startEndpoint(t);
    endpoint.answer = (response, { path }) => response.writeHead(404).end(`No such hook: ${path}, ${path.slice(-24)}`);
    const token = randomBytes(12).toString("hex");
    const error = await posted(`${endpoint.url}/services/T0/B0/${token}`);
    assert.match(error.message, /No such hook/);
    assert.ok(!error.message.includes(token), error.message);
    await endpoint.close();
    const refused = await posted(`${endpoint.url}/services/T0/B0/${token}`);
    assert.match(refused.message, /ECONNREFUSED/);
    assert.ok(!refused.message.includes(token), refused.message);
  });
});

describe("e-mail", () => {
  test("comes once under a Message-ID that is the message's, with what there is to say", async (t) => {
    const mail = await startMailServer(t);
    const message = alertMessage("raised", { title: "Two\nlines" });

    await sendByEmail(mail.channel, message, sending);

    assert.deepEqual(mail.received[0]?.to, ["ops@shop.example", "boss@shop.example"]);
    assert.match(mail.received[0].text, new RegExp(`^Message-ID: <${message.id}@tenuto>\r$`, "im"));
    assert.match(mail.received[0].text, /^Subject: Two lines\r$/im);
    assert.match(mail.received[0].text, /Order 17 > 16\./);
  });

  test("is sent by a user with a password, which is in no failure", async (t) => {
    const mail = await startMailServer(t, {
      authOptional: false,
      onAuth: ({ username, password }, _session, callback) => {
        if (username === "tenuto" && password === "open-sesame") callback(null, { user: username });
        else callback(new Error(`Wrong: ${password ?? ""}`));
      },
    });
    const channel = { ...mail.channel, user: "tenuto" };
    await sendByEmail({ ...channel, password: () => "open-sesame" }, alertMessage("raised"), sending);
    assert.equal(mail.received.length, 1);
    await assert.rejects(
      sendByEmail({ ...channel, password: "shut-sesame" }, alertMessage("raised"), sending),
      (error) => {
        assert.ok(error instanceof ChannelFailed);
        assert.equal(error.isLasting, true);
        assert.doesNotMatch(error.message, /shut-sesame/);
        return true;
      },
    );
  });

  for (const [code, isLasting] of [
    [451, false],
    [550, true],
  ] as const)
    test(`that is answered with ${code} ${isLasting ? "fails for good" : "is tried again"}`, async (t) => {
      const mail = await startMailServer(t, {
        onRcptTo: (_address, _session, callback) => {
          callback(Object.assign(new Error("not now"), { responseCode: code }));
        },
      });
      await assert.rejects(sendByEmail(mail.channel, alertMessage("raised"), sending), (error) => {
        assert.ok(error instanceof ChannelFailed);
        assert.equal(error.isLasting, isLasting);
        return true;
      });
    });

  test("never goes without TLS to a server that offers none, unless the channel says so", async (t) => {
    const mail = await startMailServer(t, { disabledCommands: ["AUTH", "STARTTLS"] });
    await assert.rejects(
      sendByEmail({ ...mail.channel, security: "starttls" }, alertMessage("raised"), sending),
      /TLS/i,
    );
    assert.equal(mail.received.length, 0);
  });

  test("to a server that is down is tried again", async (t) => {
    const mail = await startMailServer(t);
    await mail.close();
    await assert.rejects(sendByEmail(mail.channel, alertMessage("raised"), sending), (error) => {
      assert.ok(error instanceof ChannelFailed);
      assert.equal(error.isLasting, false);
      assert.match(error.message, /ECONNREFUSED/);
      return true;
    });
  });
});

test("channels have names of their own, and one that is built in", () => {
  assert.deepEqual([...channelsByName([{ kind: "log", name: "audit" }]).keys()], ["log", "audit"]);
  assert.throws(() => channelsByName([{ kind: "log", name: "log" }]), { name: "InvalidDefinition" });
  assert.throws(() => channelsByName([{ kind: "log", name: "a b" }]), { name: "InvalidDefinition" });
});

interface Mail {
  readonly to: readonly string[];
  readonly text: string;
}

async function startMailServer(t: TestContext, options: SMTPServerOptions = {}) {
  const received: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        received.push({ to, text: Buffer.concat(chunks).toString() });
        callback();
      });
    },
    ...options,
  });
  server.on("error", () => undefined);
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(resolve);
    });
  t.after(close);
  const channel = {
    kind: "email",
    name: "mail",
    host: "127.0.0.1",
    port: (listening.address() as AddressInfo).port,
    security: "none",
    allowPrivate: true,
    from: "tenuto@shop.example",
    to: ["ops@shop.example", "boss@shop.example"],
  } as const;
  return { received, channel, close };
}

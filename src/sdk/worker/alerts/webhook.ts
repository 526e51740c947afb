import { createHmac } from "node:crypto";
import { type WebhookChannel, reveal } from "./alert-channel.ts";
import { ChannelFailed } from "./errors/channel-failed.ts";
import { postJson } from "./post-json.ts";
import type { Send } from "./sending.ts";

/** Posts what `docs/alerts.md` shows, signed as Standard Webhooks says: its receiver knows a repeat by `webhook-id`. */
export const sendToWebhook: Send<WebhookChannel> = async (channel, message, sending) => {
  const { id, kind, at, alert, task } = message;
  const url = await reveal(channel.url);
  const secret = await reveal(channel.secret);
  const type = task ? `task.${task.kind}` : `alert.${kind}`;
  const body = JSON.stringify({ type, timestamp: at, data: task ? { ...alert, task } : alert });
  const timestamp = Math.floor(Date.now() / 1_000);
  const signature = createHmac("sha256", keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest("base64");
  const headers = {
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": `v1,${signature}`,
  };
  const { allowPrivate = false } = channel;
  await postJson({ ...sending, url, body, headers, allowPrivate, secrets: [url, secret, ...(sending.secrets ?? [])] });
};

function keyOf(secret: string): Buffer {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  if (key.length >= 24) return key;
  throw new ChannelFailed("The channel's secret is no `whsec_` with 24 bytes or more in base64", { isLasting: true });
}

// What the events bench does with webhooks: it posts signed events, so many at once, to one of two servers.
import { fork } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { fileURLToPath } from "node:url";

const key = Buffer.from("a secret of the bench, of 32 byte");
const agent = new Agent({ keepAlive: true });

interface PostedOptions {
  readonly address: string;
  readonly atOnce: number;
  readonly cleanUps: (() => Promise<void> | void)[];
}

/** Starts a server of `servers/posted-events.ts`; the seconds until that many events are answered by it. */
export async function postedTo(
  who: "tenuto" | "bare",
  { address, atOnce, cleanUps }: PostedOptions,
): Promise<(events: number) => Promise<number>> {
  const child = fork(fileURLToPath(new URL("../servers/posted-events.ts", import.meta.url)), [who], {
    env: { ...process.env, TEMPORAL_ADDRESS: address, BENCH_SECRET: `whsec_${key.toString("base64")}` },
  });
  cleanUps.push(async () => {
    if (child.exitCode !== null) return;
    child.disconnect();
    await once(child, "exit");
  });
  const [url] = (await once(child, "message")) as [string];
  return async (events) => {
    let left = events;
    const startedAt = performance.now();
    const postSome = async () => {
      while (left > 0) {
        left -= 1;
        await post(`${url}/v1/webhooks/orders`);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, postSome));
    return (performance.now() - startedAt) / 1_000;
  };
}

/** As senders do: what may work later is posted again. */
async function post(url: string): Promise<void> {
  const [id, at] = [randomUUID(), String(Math.floor(Date.now() / 1_000))];
  const timestamp = new Date().toISOString();
  const body = JSON.stringify({ type: "placed", timestamp, data: { id } });
  const signature = createHmac("sha256", key).update(`${id}.${at}.${body}`).digest("base64");
  const sent = request(url, {
    agent,
    method: "POST",
    headers: {
      ...{ "content-type": "application/json", "content-length": Buffer.byteLength(body) },
      ...{ "webhook-id": id, "webhook-timestamp": at, "webhook-signature": `v1,${signature}` },
    },
  });
  sent.end(body);
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  const text = await response.setEncoding("utf8").toArray();
  if (response.statusCode === 503) return post(url);
  if (response.statusCode !== 202) throw new Error(`${url} answered ${response.statusCode}: ${text.join("")}`);
}

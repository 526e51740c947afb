/**
 * What a start over REST costs: Tenuto's API (keys, roles, schema, idempotency) against a bare Express route that calls
 * `client.workflow.start`. Each is a process of its own on one server; the requests take turns, so that a busy spell meets both.
 */
import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "../src/sdk/worker/free-port.ts";
import { withCleanUp } from "./clean-up.ts";
import { printReport, quantile, round } from "./report.ts";
import { startTunedServer } from "./tuned-server.ts";

const warmUps = 200;
const rounds = 11;
const startsPerRound = 150;
const secret = randomUUID();

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

await withCleanUp(async (cleanUps, stopped) => {
  const server = await startTunedServer(cleanUps);

  const bare = forked("servers/bare-express.ts", { TEMPORAL_ADDRESS: server.address }, cleanUps);
  const [bareUrl] = (await once(bare, "message")) as [string];
  const apiPort = await freePort();
  const environment = {
    TEMPORAL_ADDRESS: server.address,
    TENUTO_PORT: String(apiPort),
    TENUTO_API_KEYS: `bench:operator:${secret}`,
    TENUTO_RATE_LIMIT: "1000000",
    TENUTO_LOG_LEVEL: "warn",
  };
  const tenuto = forked("../src/bin/api.ts", environment, cleanUps);
  const tenutoUrl = `http://127.0.0.1:${apiPort}`;
  await ready(tenutoUrl, tenuto, stopped);

  for (let number = 0; number < warmUps; number++) await Promise.all([start(bareUrl), start(tenutoUrl)]);
  const measured: { readonly bare: number; readonly tenuto: number }[] = [];
  for (let number = 0; number < rounds; number++) {
    const samples = { bare: [] as number[], tenuto: [] as number[] };
    for (let index = 0; index < startsPerRound; index++) {
      stopped.throwIfAborted();
      const inTurn = [["bare", bareUrl] as const, ["tenuto", tenutoUrl] as const];
      for (const [who, url] of index % 2 ? inTurn.toReversed() : inTurn) samples[who].push(await start(url));
    }
    measured.push({ bare: quantile(samples.bare, 0.5), tenuto: quantile(samples.tenuto, 0.5) });
  }
  const ratios = measured.map(({ bare: theirs, tenuto: ours }) => ours / theirs);
  const p50 = (who: "bare" | "tenuto") =>
    quantile(
      measured.map((each) => each[who]),
      0.5,
    );
  printReport({
    bench: "api",
    ratios: { "p50 tenuto/bare": round(quantile(ratios, 0.5), 3) },
    figures: {
      startsOfEach: rounds * startsPerRound,
      p50Ms: { bare: round(p50("bare"), 2), tenuto: round(p50("tenuto"), 2) },
      ratioOfRounds: { min: round(Math.min(...ratios), 3), max: round(Math.max(...ratios), 3) },
    },
    bounds: { "p50 tenuto/bare": 1.25 },
  });
});

type CleanUps = (() => Promise<void> | void)[];

function forked(file: string, env: Readonly<Record<string, string>>, cleanUps: CleanUps): ChildProcess {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), { env: { ...process.env, ...env } });
  cleanUps.push(async () => {
    if (child.exitCode !== null) return;
    child.disconnect();
    await once(child, "exit");
  });
  return child;
}

async function ready(url: string, child: ChildProcess, stopped: AbortSignal): Promise<void> {
  while (!(await fetch(`${url}/readyz`).catch(() => undefined))?.ok) {
    if (child.exitCode !== null) throw new Error("The API ended before it was ready");
    await sleep(100, undefined, { signal: stopped });
  }
}

/** Starts one order, and answers with the milliseconds until its answer was there. */
async function start(url: string): Promise<number> {
  const id = randomUUID();
  const lines = [{ sku: "mug", quantity: 1, unitCents: 1_200 }];
  const body = JSON.stringify({ input: { id, customer: "ada@example.com", card: "ok", address: "1 Loop", lines } });
  const startedAt = performance.now();
  const sent = request(`${url}/v1/workflow-types/fulfillOrder/runs`, {
    agent,
    method: "POST",
    headers: {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      authorization: `Bearer ${secret}`,
      "idempotency-key": id,
    },
  });
  sent.end(body);
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  const text = await response.setEncoding("utf8").toArray();
  const tookMs = performance.now() - startedAt;
  if (response.statusCode !== 202) throw new Error(`${url} answered ${response.statusCode}: ${text.join("")}`);
  return tookMs;
}

import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { DefaultLogger, Runtime } from "@temporalio/worker";
import { type Logger, pino } from "pino";
import { createApi, listenApi, PortBusy } from "tenuto/api";
import { createClient } from "tenuto/client";
import { connectToTemporal, startSystemWorker } from "tenuto/worker";
import { app } from "../app.ts";
import { InvalidEnvironment, readEnvironment } from "./environment.ts";

/** The process is gone ten seconds after it was told to; the server gets nine of them. */
const exitWithinMs = 10_000;

const systemWorkerPauseMs = 2_000;

try {
  await main();
} catch (error) {
  const isExpected = error instanceof PortBusy || error instanceof InvalidEnvironment;
  console.error(isExpected ? `api: ${error.message}` : error);
  process.exit(1);
}

async function main(): Promise<void> {
  const { apiPort: port, host, logLevel, temporalUiUrl } = readEnvironment(process.env);
  const logger = pino({ name: "api", level: logLevel });
  const client = await createClient(app, { temporalUiUrl });
  const closing = new AbortController();
  const server = await listenApi(createApi({ client, app, logger, closing: closing.signal }), { host, port });
  logger.info({ url: server.url, namespace: client.links.namespace }, `listening on ${server.url}`);
  if (!isLoopback(host)) {
    logger.warn({ host }, "anybody who reaches this address can use the API: there are no credentials yet");
  }
  const system = runSystemWorker(logger, closing.signal);
  onStop(async () => {
    closing.abort();
    await server.close();
    await client.close();
    await system;
    logger.info("stopped");
  });
}

/** Works on Tenuto's own workflows here too, so that dead letters can be dealt with while no worker runs. */
async function runSystemWorker(logger: Logger, signal: AbortSignal): Promise<void> {
  // Signals are ours, and Core's log would not be JSON.
  Runtime.install({ shutdownSignals: [], logger: new DefaultLogger("ERROR", ({ message }) => logger.error(message)) });
  while (!signal.aborted) {
    try {
      await workUntil(signal);
    } catch (error) {
      if (signal.aborted) return;
      logger.error({ err: error }, "dead letters wait for a worker: the API's own could not start, and tries again");
      await sleep(systemWorkerPauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function workUntil(signal: AbortSignal): Promise<void> {
  const { connection, namespace } = await connectToTemporal({ signal });
  try {
    const stop = await startSystemWorker(connection, namespace);
    if (!signal.aborted) await once(signal, "abort");
    await stop();
  } finally {
    await connection.close();
  }
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\./.test(host);
}

function onStop(stop: () => Promise<void>): void {
  let isStopping = false;
  const begin = () => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), exitWithinMs).unref();
    void stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, begin);
  if (!process.connected) return;
  process.once("disconnect", begin);
  process.channel?.unref();
}

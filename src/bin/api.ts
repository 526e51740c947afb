import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { DefaultLogger, Runtime } from "@temporalio/worker";
import { type Logger, pino } from "pino";
import {
  type Authentication,
  createApi,
  createAuthentication,
  InvalidApiKeys,
  isLoopbackHost,
  listenApi,
  parseApiKeys,
  PortBusy,
} from "tenuto/api";
import { InvalidEncryptionKeys } from "tenuto";
import { createClient, createEncryption, type Encryption } from "tenuto/client";
import { connectToTemporal, startSystemWorker } from "tenuto/worker";
import { app } from "../app.ts";
import { type Environment, InvalidEnvironment, readEnvironment } from "./environment.ts";

/** The process is gone ten seconds after it was told to; the server gets nine of them. */
const exitWithinMs = 10_000;

const systemWorkerPauseMs = 2_000;

try {
  await main();
} catch (error) {
  const expected = [PortBusy, InvalidEnvironment, InvalidApiKeys, InvalidEncryptionKeys];
  const isExpected = error instanceof Error && expected.some((Expected) => error instanceof Expected);
  console.error(isExpected ? `api: ${error.message}` : error);
  process.exit(1);
}

async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  const { apiPort: port, host, logLevel, temporalUiUrl, encryptionKeys } = environment;
  const encryption = encryptionKeys === undefined ? undefined : createEncryption(encryptionKeys);
  const authentication = authenticationOf(environment);
  const logger = pino({ name: "api", level: logLevel });
  const client = await createClient(app, { temporalUiUrl, encryption });
  const closing = new AbortController();
  const { corsOrigins, requestsPerMinute } = environment;
  const guard = { authentication, corsOrigins, requestsPerMinute };
  const api = createApi({ client, app, logger, closing: closing.signal, ...guard });
  const server = await listenApi(api, { host, port });
  logger.info({ url: server.url, namespace: client.links.namespace }, `listening on ${server.url}`);
  const system = runSystemWorker({ logger, signal: closing.signal, encryption });
  onStop(async () => {
    closing.abort();
    await server.close();
    await client.close();
    await system;
    logger.info("stopped");
  });
}

interface SystemWork {
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly encryption: Encryption | undefined;
}

/** Works on Tenuto's own workflows here too, so that dead letters can be dealt with while no worker runs. */
async function runSystemWorker({ logger, signal, encryption }: SystemWork): Promise<void> {
  // Signals are ours, and Core's log would not be JSON.
  Runtime.install({ shutdownSignals: [], logger: new DefaultLogger("ERROR", ({ message }) => logger.error(message)) });
  while (!signal.aborted) {
    try {
      await workUntil(signal, encryption);
    } catch (error) {
      if (signal.aborted) return;
      logger.error({ err: error }, "dead letters wait for a worker: the API's own could not start, and tries again");
      await sleep(systemWorkerPauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function workUntil(signal: AbortSignal, encryption: Encryption | undefined): Promise<void> {
  const { connection, namespace } = await connectToTemporal({ signal });
  try {
    const stop = await startSystemWorker(connection, namespace, { encryption });
    if (!signal.aborted) await once(signal, "abort");
    await stop();
  } finally {
    await connection.close();
  }
}

/** @throws {@link InvalidEnvironment} where others could reach an API that asks nobody for credentials. */
function authenticationOf({ apiKeys, oidc, sessionSecret, host }: Environment): Authentication | undefined {
  if (apiKeys !== undefined || oidc) {
    return createAuthentication({
      apiKeys: apiKeys === undefined ? undefined : parseApiKeys(apiKeys),
      oidc,
      sessionSecret,
    });
  }
  if (isLoopbackHost(host)) return undefined;
  throw new InvalidEnvironment(
    `The API won't listen on TENUTO_HOST=${host}: others can reach it there, and it has no credentials. ` +
      "Set TENUTO_API_KEYS or TENUTO_OIDC_ISSUER, or unset TENUTO_HOST.",
  );
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

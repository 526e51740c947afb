import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { DefaultLogger, makeTelemetryFilterString, Runtime } from "@temporalio/worker";
import type { Logger } from "pino";
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
import { createWebhooks, superviseWebhooks } from "tenuto/events";
import { startTracing, TracingNotInstalled } from "tenuto/tracing";
import { type AlertOptions, connectToTemporal, startSystemWorker } from "tenuto/worker";
import { app } from "../app.ts";
import { parseAlertChannels } from "./alert-channels.ts";
import { createApiLog } from "./api-log.ts";
import { type Environment, InvalidEnvironment, readEnvironment } from "./environment.ts";
import { stepMetricsOf } from "./step-metrics.ts";
import { taskLinksOf } from "./task-links.ts";
import { fieldsOf, isAlert, levels } from "../cli/worker-log.ts";

/** The process is gone ten seconds after it was told to. */
const exitWithinMs = 10_000;
/** What the requests in flight get of it; the last spans are sent in the rest. */
const closeWithinMs = 7_500;
/** From the same moment on, when the system worker is no longer waited for: what it is at goes on with another one. */
const systemWithinMs = 9_500;

const systemWorkerPauseMs = 2_000;

try {
  await main();
} catch (error) {
  const expected = [PortBusy, InvalidEnvironment, InvalidApiKeys, InvalidEncryptionKeys, TracingNotInstalled];
  const isExpected = error instanceof Error && expected.some((Expected) => error instanceof Expected);
  console.error(isExpected ? `api: ${error.message}` : error);
  process.exit(1);
}

async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  const { apiPort: port, host, logLevel, temporalUiUrl, encryptionKeys } = environment;
  const encryption = encryptionKeys === undefined ? undefined : createEncryption(encryptionKeys);
  const taskLinks = taskLinksOf(environment);
  const alerts = { channels: parseAlertChannels(environment.alertChannels), taskLinks };
  const authentication = authenticationOf(environment);
  const logger = createApiLog(logLevel);
  const tracing = environment.isTraced ? await startTracing({ serviceName: "tenuto-api" }) : undefined;
  const client = await createClient(app, { temporalUiUrl, tracing, encryption });
  const closing = new AbortController();
  const { corsOrigins, requestsPerMinute } = environment;
  const posted = createWebhooks({
    ...{ app, client, variables: process.env },
    onOff: (source, { message }) => logger.warn({ source }, `webhook source "${source}" is off: ${message}`),
  });
  const webhooks = superviseWebhooks({ app, client, logger, webhooks: posted });
  const guard = { authentication, corsOrigins, requestsPerMinute, taskLinks, webhooks };
  const stepMetrics = stepMetricsOf(environment, { namespace: client.links.namespace, signal: closing.signal });
  const api = createApi({ client, app, logger, tracing, closing: closing.signal, stepMetrics, ...guard });
  const server = await listenApi(api, { host, port });
  logger.info({ url: server.url, namespace: client.links.namespace }, `listening on ${server.url}`);
  const system = runSystemWorker({ logger, signal: closing.signal, encryption, alerts });
  onStop(async () => {
    const late = sleep(systemWithinMs);
    closing.abort();
    await server.close(closeWithinMs);
    // What it says last is waited for no longer than spans are.
    await Promise.all([webhooks.stop(), tracing?.shutdown()]);
    await client.close();
    await Promise.race([system, late]);
    logger.info("stopped");
  });
}

interface SystemWork {
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly encryption: Encryption | undefined;
  readonly alerts: AlertOptions;
}

/** Works on Tenuto's own workflows here too, so that dead letters can be dealt with while no worker runs. */
async function runSystemWorker({ logger, signal, ...work }: SystemWork): Promise<void> {
  Runtime.install({
    // Signals are ours.
    shutdownSignals: [],
    logger: new DefaultLogger("INFO", (entry) => {
      if (isAlert(entry)) logger[levels[entry.level]](fieldsOf(entry), entry.message);
      else if (entry.level === "ERROR") logger.error(entry.message);
    }),
    // Core writes to the console by itself otherwise, and not in JSON.
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: "ERROR", other: "ERROR" }), forward: {} },
    },
  });
  while (!signal.aborted) {
    try {
      await workUntil(signal, work);
    } catch (error) {
      if (signal.aborted) return;
      logger.error({ err: error }, "dead letters wait for a worker: the API's own could not start, and tries again");
      await sleep(systemWorkerPauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function workUntil(signal: AbortSignal, work: Pick<SystemWork, "encryption" | "alerts">): Promise<void> {
  const { connection, namespace } = await connectToTemporal({ signal });
  try {
    const stop = await startSystemWorker(connection, namespace, { ...work, app });
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

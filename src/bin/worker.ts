/** The shop's worker: runs its workflows and activities, tells `/readyz` and `/metrics`, drains on SIGTERM. */
import { once } from "node:events";
import { DefaultLogger, makeTelemetryFilterString, Runtime } from "@temporalio/worker";
import { pino } from "pino";
import { startTracing, TracingNotInstalled } from "tenuto/tracing";
import {
  type AlertOptions,
  bundleWorkflows,
  connectToTemporal,
  createWorker,
  freePort,
  parseSlots,
  type Slots,
  type ReadinessProbe,
  watchReadiness,
  workerExposition,
  WorkflowBuildFailed,
} from "tenuto/worker";
import { InvalidDefinition, InvalidEncryptionKeys, type Tracing, UnknownQueue } from "tenuto";
import { createClient, createEncryption, type Encryption } from "tenuto/client";
import { broughtSources, runConsumers } from "tenuto/events";
import { createShopActivities } from "../activities/index.ts";
import { app } from "../app.ts";
import { parseAlertChannels } from "./alert-channels.ts";
import { type Environment, InvalidEnvironment, readEnvironment } from "./environment.ts";
import { coreExporter, workerMetrics } from "../cli/core-metrics.ts";
import { startOpsServer } from "../cli/ops-server.ts";
import { taskLinksOf } from "./task-links.ts";
import { fieldsOf, isAlert, levels } from "../cli/worker-log.ts";

const { environment, encryption, alerts, slots } = settingsOrExit();
const log = pino({ name: "worker", level: environment.logLevel });
// The old worker of `npm run dev` goes on until the new one is known to load.
const handover = process.env["TENUTO_WORKER_HANDOVER"] === "1";

try {
  await main();
} catch (error) {
  const expected = [WorkflowBuildFailed, TracingNotInstalled, UnknownQueue];
  if (error instanceof Error && expected.some((Expected) => error instanceof Expected)) log.fatal(error.message);
  else log.fatal({ err: error }, "The worker can't go on");
  // Core's threads would keep the process.
  process.exit(1);
}

interface Settings {
  readonly environment: Environment;
  readonly encryption: Encryption | undefined;
  readonly alerts: AlertOptions;
  readonly slots: Slots | undefined;
}

function settingsOrExit(): Settings {
  try {
    const read = readEnvironment(process.env);
    const { encryptionKeys: keys, alertChannels } = read;
    const alerts = { channels: parseAlertChannels(alertChannels), taskLinks: taskLinksOf(read) };
    const encryption = keys === undefined ? undefined : createEncryption(keys);
    const slots = read.slots === undefined ? undefined : parseSlots(read.slots);
    return { environment: read, encryption, alerts, slots };
  } catch (error) {
    const expected = [InvalidEnvironment, InvalidEncryptionKeys, InvalidDefinition];
    const isExpected = error instanceof Error && expected.some((Expected) => error instanceof Expected);
    console.error(isExpected ? `worker: ${error.message}` : error);
    return process.exit(1);
  }
}

async function main(): Promise<void> {
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.on(signal, () => {
      stop.abort();
    });

  const corePort = await installRuntime();
  const activities = createShopActivities(environment.sandboxUrl);
  const { isTraced } = environment;
  const tracing = isTraced ? await startTracing({ serviceName: "tenuto-worker" }) : undefined;
  const workflows = await bundleWorkflows(workflowsUrl(), { isTraced });
  if (handover) await takeOver(stop.signal);

  let probe: ReadinessProbe | undefined;
  const ops = await startOpsServer({
    host: environment.host,
    port: environment.metricsPort,
    readiness: () => probe?.now() ?? { ready: false, polling: false, serverAnsweredMsAgo: null },
    metrics: () => workerMetrics(corePort, workerExposition),
  });
  try {
    const { connection, namespace } = await connectToTemporal({
      signal: stop.signal,
      onRetry: ({ address, waitMs }) => {
        log.warn(`The Temporal server at ${address} can't be reached; next try in ${waitMs} ms`);
      },
    });
    const { queues, maxStepsPerSecond } = environment;
    const limits = { slots, maxStepsPerSecond, ...(queues && { queues }) };
    const own = { app, workflows, activities, tracing, encryption, alerts, ...limits };
    const worker = await createWorker({ ...own, connection, namespace });
    probe = watchReadiness(worker, connection);
    stop.signal.addEventListener("abort", () => {
      worker.shutdown();
    });
    if (stop.signal.aborted) worker.shutdown();
    log.info(
      `Polling task queue ${worker.taskQueues.map((name) => `"${name}"`).join(", ")} in namespace "${namespace}"`,
    );
    const over = new AbortController();
    const events = takeEvents(AbortSignal.any([stop.signal, over.signal]), tracing);
    try {
      await worker.run();
    } finally {
      over.abort();
      await events;
    }
    log.info("Drained");
    await connection.close();
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    probe?.stop();
    await tracing?.shutdown();
    ops.close();
    ops.closeAllConnections();
  }
}

/** Takes the events of brokers, unless a process of its own does; whatever happens there, the worker goes on. */
async function takeEvents(signal: AbortSignal, tracing: Tracing | undefined): Promise<void> {
  if (!environment.takesEvents || broughtSources(app).length === 0) return;
  const client = await createClient(app, { tracing, encryption });
  try {
    await runConsumers({ app, client, variables: process.env, logger: log, signal });
  } catch (error) {
    log.error({ err: error }, "The worker takes no events of brokers");
  } finally {
    await client.close();
  }
}

/** Core exports its metrics on a port of its own, which `/metrics` passes on. */
async function installRuntime(): Promise<number> {
  const port = await freePort();
  Runtime.install({
    // Signals are ours: Core would end the process before the drain.
    shutdownSignals: [],
    logger: new DefaultLogger("INFO", (entry) => {
      if (entry.level === "INFO" && !isAlert(entry)) return;
      const fields = fieldsOf(entry, { isEncrypted: encryption !== undefined });
      log[levels[entry.level]](fields, entry.message);
    }),
    telemetryOptions: {
      metrics: coreExporter(port),
      logging: { filter: makeTelemetryFilterString({ core: "WARN", other: "WARN" }), forward: {} },
    },
  });
  return port;
}

/** Tells `npm run dev` that everything has loaded, and waits until the old worker has gone. */
async function takeOver(signal: AbortSignal): Promise<void> {
  process.send?.({ kind: "prepared" });
  await once(process, "message", { signal });
}

function workflowsUrl(): URL {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return new URL(`../workflows/index.${extension}`, import.meta.url);
}

// A worker of a user's own project, as a process. It is no call of the API: it needs what a worker needs, which is Temporal's
// address, the encryption keys and what the project's activities read, by their variables.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { DefaultLogger, makeTelemetryFilterString, Runtime } from "@temporalio/worker";
import { type Logger, pino } from "pino";
import { type App, InvalidDefinition, UnknownQueue } from "tenuto";
import { createEncryption } from "tenuto/client";
import {
  connectToTemporal,
  createWorker,
  freePort,
  parseSlots,
  type ReadinessProbe,
  watchReadiness,
  type WorkerOptions,
  workerExposition,
} from "tenuto/worker";
import { coreExporter, workerMetrics } from "./core-metrics.ts";
import { UsageError } from "./errors/usage-error.ts";
import type { CliHost } from "./host.ts";
import { startOpsServer } from "./ops-server.ts";
import { fieldsOf, isAlert, levels } from "./worker-log.ts";

/** Which worker is run. */
export interface RunWorkerOptions {
  readonly app: string;
  readonly queues?: string;
  readonly slots?: string;
}

type Variables = CliHost["variables"];
type Exported = Pick<WorkerOptions, "app" | "workflows" | "activities">;

const exitWithinMs = 45_000;
const defaultMetricsPort = 9464;
const stopSignals = ["SIGTERM", "SIGINT"] as const;

/**
 * Works until SIGTERM or SIGINT, then lets what is in work end.
 *
 * @throws {@link UsageError} when the module, a queue or the slots can't be used.
 */
export async function runWorker({ stdout, variables }: CliHost, options: RunWorkerOptions): Promise<undefined> {
  const exported = await loadWorker(options.app, variables);
  const keys = variables["TENUTO_ENCRYPTION_KEYS"];
  // Before Temporal's runtime is there, which ends with the last connection, and goes on where there was none.
  const settings = { ...profileOf(options, variables), ...(keys ? { encryption: createEncryption(keys) } : {}) };
  const logger: Logger = pino(
    { name: "worker", level: variables["TENUTO_LOG_LEVEL"] || "info" },
    { write: (line) => stdout.write(line) },
  );
  const stop = new AbortController();
  const end = () => {
    stop.abort();
    setTimeout(() => process.exit(1), exitWithinMs).unref();
  };
  for (const signal of stopSignals) process.on(signal, end);
  let probe: ReadinessProbe | undefined;
  const port = portOf(variables["TENUTO_METRICS_PORT"]);
  const corePort = await installRuntime(logger);
  const ops = await startOpsServer({
    host: variables["TENUTO_HOST"] || "127.0.0.1",
    port,
    readiness: () => probe?.now() ?? { ready: false, polling: false, serverAnsweredMsAgo: null },
    metrics: () => workerMetrics(corePort, workerExposition),
  });
  try {
    const { connection, namespace } = await connectToTemporal({ signal: stop.signal });
    try {
      const worker = await createWorker({ ...exported, ...settings, connection, namespace }).catch(asUsage);
      probe = watchReadiness(worker, connection);
      const shutDown = () => worker.shutdown();
      stop.signal.addEventListener("abort", shutDown);
      const running = worker.run();
      if (stop.signal.aborted) shutDown();
      logger.info(`Polling ${worker.taskQueues.map((name) => `"${name}"`).join(", ")} in namespace "${namespace}"`);
      await running;
      logger.info("Drained");
    } finally {
      await connection.close();
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    for (const signal of stopSignals) process.off(signal, end);
    probe?.stop();
    ops.close();
    ops.closeAllConnections();
  }
}

type Profile = Pick<WorkerOptions, "queues" | "slots" | "maxStepsPerSecond">;

function profileOf(options: RunWorkerOptions, variables: Variables): Profile {
  const queues = options.queues ?? variables["TENUTO_QUEUES"];
  const slots = options.slots ?? variables["TENUTO_SLOTS"];
  const rate = variables["TENUTO_MAX_STEPS_PER_SECOND"];
  try {
    return {
      ...(queues && { queues: queues.split(",").map((name) => name.trim()) }),
      ...(slots && { slots: parseSlots(slots) }),
      ...(rate && { maxStepsPerSecond: rateOf(rate) }),
    };
  } catch (error) {
    return asUsage(error);
  }
}

function asUsage(error: unknown): never {
  const isExpected = error instanceof UnknownQueue || error instanceof InvalidDefinition;
  throw isExpected ? new UsageError(error.message) : error;
}

function rateOf(text: string): number {
  const rate = Number(text);
  if (rate > 0 && Number.isFinite(rate)) return rate;
  throw new UsageError(
    `TENUTO_MAX_STEPS_PER_SECOND can't be used: got ${JSON.stringify(text)}. Give a number above 0, such as 50 or 0.5.`,
  );
}

function portOf(text: string | undefined): number {
  const port = Number(text || defaultMetricsPort);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new UsageError(`TENUTO_METRICS_PORT can't be used: got ${JSON.stringify(text)}. Give a port.`);
}

/** Core exports its metrics on a port of its own, which `/metrics` passes on. */
async function installRuntime(logger: Logger): Promise<number> {
  const port = await freePort();
  Runtime.install({
    // Signals are ours: Core would end the process before the drain.
    shutdownSignals: [],
    logger: new DefaultLogger("WARN", (entry) => {
      if (entry.level === "INFO" && !isAlert(entry)) return;
      logger[levels[entry.level]](fieldsOf(entry), entry.message);
    }),
    telemetryOptions: {
      metrics: coreExporter(port),
      logging: { filter: makeTelemetryFilterString({ core: "WARN", other: "WARN" }), forward: {} },
    },
  });
  return port;
}

/** What a module exports: `activities` may be a function of the environment's variables. */
async function loadWorker(module: string, variables: Variables): Promise<Exported> {
  const exported: unknown = await import(pathToFileURL(resolve(module)).href).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `--app ${module} can't be loaded: ${why}. Give a module of JavaScript, such as ./dist/worker.js.`,
    );
  });
  const { app, workflows, activities } = exported as Readonly<Record<string, unknown>>;
  const made: unknown =
    typeof activities === "function" ? await (activities as (from: Variables) => unknown)(variables) : activities;
  const wrong = [
    !isApp(app) && "`app`, what defineApp gives",
    !(workflows instanceof URL || typeof workflows === "string") &&
      '`workflows`, such as new URL("./workflows/index.js", import.meta.url)',
    !Array.isArray(made) && "`activities`, a list of what implementActivities gives, or a function that makes it",
  ].filter((each) => each !== false);
  if (wrong.length > 0) {
    const got = Object.keys(exported as object).join(", ") || "nothing";
    throw new UsageError(`--app ${module} exports ${got}. Have it export ${wrong.join("; ")}.`);
  }
  return { app: app as App, workflows: workflows as URL | string, activities: made as Exported["activities"] };
}

function isApp(value: unknown): value is App {
  const { name, workflows, activities } = (value ?? {}) as Partial<Record<keyof App, unknown>>;
  return typeof name === "string" && Array.isArray(workflows) && Array.isArray(activities);
}

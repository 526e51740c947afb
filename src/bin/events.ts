/** Takes the events of the shop's brokers in a process of its own, tells `/readyz` and `/metrics` where it has a port for them. */
import { pino } from "pino";
import { InvalidEncryptionKeys } from "tenuto";
import { createClient, createEncryption } from "tenuto/client";
import { runConsumers } from "tenuto/events";
import { startTracing, TracingNotInstalled } from "tenuto/tracing";
import { app } from "../app.ts";
import { ConsumerHealth } from "./consumer-health.ts";
import { InvalidEnvironment, readEnvironment } from "./environment.ts";
import { startOpsServer } from "../cli/ops-server.ts";

/** What is under way is settled within ten seconds; the rest is to say goodbye. */
const exitWithinMs = 15_000;

try {
  await main();
} catch (error) {
  const expected = [InvalidEnvironment, InvalidEncryptionKeys, TracingNotInstalled];
  const isExpected = error instanceof Error && expected.some((Expected) => error instanceof Expected);
  console.error(isExpected ? `events: ${error.message}` : error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { encryptionKeys, isTraced, logLevel, host, metricsPort: port } = readEnvironment(process.env);
  const encryption = encryptionKeys === undefined ? undefined : createEncryption(encryptionKeys);
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => stop.abort());
  stop.signal.addEventListener("abort", () => setTimeout(() => process.exit(1), exitWithinMs).unref());
  const logger = pino({ name: "events", level: logLevel });
  const tracing = isTraced ? await startTracing({ serviceName: "tenuto-events" }) : undefined;
  const client = await createClient(app, { encryption, tracing });
  const health = new ConsumerHealth(client);
  // Several of them, and a worker, may be on one machine: a port is used by who is given it.
  const ops = process.env["TENUTO_METRICS_PORT"]
    ? await startOpsServer({ host, port, readiness: () => health.readiness(), metrics: () => health.metrics() })
    : undefined;
  try {
    const onConsumers = health.tellOf.bind(health);
    await runConsumers({ app, client, logger, variables: process.env, signal: stop.signal, onConsumers });
  } finally {
    ops?.close();
    ops?.closeAllConnections();
    await tracing?.shutdown();
    await client.close();
  }
}

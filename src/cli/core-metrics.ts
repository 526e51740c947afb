// How Temporal's Core exports what it measures: on a port of its own, which `/metrics` passes on, and named as Prometheus'
// conventions have it, with units and in seconds.
import type { WorkerExposition } from "tenuto/worker";
import { type Exposition, expositionAt, joinedExpositions } from "./ops-server.ts";

/** An exporter of Core's for `telemetryOptions.metrics`. */
export function coreExporter(port: number) {
  return {
    prometheus: {
      bindAddress: `127.0.0.1:${port}`,
      countersTotalSuffix: true,
      unitSuffix: true,
      useSecondsForDurations: true,
    },
  } as const;
}

/** What Core exports there, and what the worker counts itself. @throws while Core is not there */
export async function workerMetrics(port: number, own: () => Promise<WorkerExposition>): Promise<Exposition> {
  const [core, counted] = await Promise.all([expositionAt(`http://127.0.0.1:${port}/metrics`), own()]);
  return joinedExpositions(core, counted);
}

import type { WorkflowBundleWithSourceMap } from "@temporalio/worker";
import type { Duration } from "../core/duration.ts";
import type { WorkflowBundle } from "../worker/index.ts";
import type { Fault } from "./faults.ts";

/** What a worker's process is to run. */
export interface WorkerTask {
  readonly module: string;
  readonly data: unknown;
  readonly faults: readonly Fault[];
  readonly bundle: WorkflowBundle;
  /** Of Tenuto's own workflows: each process would spend a second on making it. */
  readonly systemBundle: WorkflowBundleWithSourceMap;
  readonly address: string;
  readonly namespace: string;
  readonly maxCachedWorkflows: number;
  readonly stickyTimeout: Duration | undefined;
  readonly encryptionKeys: string | undefined;
}

/** What the test's process says to the worker's. */
export type ToWorkerProcess =
  | { readonly kind: "run"; readonly task: WorkerTask }
  | { readonly kind: "strike"; readonly question: number; readonly strikes: boolean }
  | { readonly kind: "server-away"; readonly question: number }
  | { readonly kind: "stop" };

/** What the worker's process says to the test's, which outlives it and so counts how often a fault struck. */
export type FromWorkerProcess =
  | { readonly kind: "polling" }
  | { readonly kind: "failed"; readonly reason: string }
  | { readonly kind: "strikes?"; readonly question: number; readonly fault: number; readonly idempotencyKey: string }
  | { readonly kind: "restart-server"; readonly question: number; readonly awayMs: number };

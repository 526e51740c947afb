import { hostname } from "node:os";
import type { Connection } from "@temporalio/client";
import type { z } from "zod";
import type { App } from "../core/define-app.ts";
import type { WorkflowContract } from "../core/define-workflow.ts";
import { connectByEnvironment } from "./connect.ts";
import { describe, describeRaw, type RunDescription } from "./describe-run.ts";
import { type ListOptions, listRuns, type RunPage } from "./list-runs.ts";
import { cancelRun, signalRun } from "./message-run.ts";
import { checkReachability, findWorkers, type Reachability, type WorkerPresence } from "./readiness.ts";
import { fetchHistory, type HistoryEvent } from "./run-history.ts";
import { type RunResult, waitForResult } from "./run-result.ts";
import type { LinkBase } from "./run-summary.ts";
import { type StartedRun, type StartOptions, startRun } from "./start-run.ts";
import { Temporal } from "./temporal.ts";

/** Where the client works, and as whom. */
export interface ClientOptions {
  /** @default by TEMPORAL_ADDRESS and the other variables of Temporal's environment configuration, on first use */
  readonly connection?: Connection;
  /** @default TEMPORAL_NAMESPACE, else "default" */
  readonly namespace?: string;
  /** The base of links to the Temporal Web UI. @default no such links */
  readonly temporalUiUrl?: string;
  /** Who starts and signals, as the histories have it. @default process id and host name */
  readonly identity?: string;
}

/** Picks one run of a workflow id. */
export interface RunOptions {
  /** @default the latest run of the workflow id */
  readonly runId?: string | undefined;
}

/** How long to wait for a result. */
export interface ResultOptions<Contract extends WorkflowContract = WorkflowContract> extends RunOptions {
  /** Milliseconds. @default 0 */
  readonly waitMs?: number | undefined;
  /** Ends the wait early, with `running`. */
  readonly signal?: AbortSignal | undefined;
  /** Types the result; it is not validated again. */
  readonly workflow?: Contract;
  /**
   * Whether the result of a run that continued as new is that of the run that took over.
   *
   * @default true without a run id
   */
  readonly isFollowing?: boolean;
}

/** Starts and watches an app's runs. Every method gives up after 5 seconds, or after the wait it was asked for. */
export interface TenutoClient {
  /** The links of a run. */
  readonly links: LinkBase;
  /**
   * Starts a run, or answers with the one that the same idempotency key and input started before.
   *
   * @throws `UnknownWorkflowType`, `InvalidInput`, `PayloadTooLarge`, `IdempotencyKeyReused`, `RunAlreadyStarted`,
   * `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   * @example
   * ```ts
   * const { workflowId } = await client.start(fulfillOrderContract, order, { idempotencyKey: "o-1" });
   * ```
   */
  start<Contract extends WorkflowContract>(
    workflow: Contract,
    input: z.input<Contract["input"]>,
    options?: StartOptions,
  ): Promise<StartedRun>;
  start(workflow: string, input: unknown, options?: StartOptions): Promise<StartedRun>;
  /**
   * What is known about a run.
   *
   * @throws `RunNotFound`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  describe(workflowId: string, options?: RunOptions): Promise<RunDescription>;
  /**
   * How a run ended; `running` when it has not in time.
   *
   * @throws `RunNotFound`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  result<Contract extends WorkflowContract>(
    workflowId: string,
    options?: ResultOptions<Contract>,
  ): Promise<RunResult<z.output<Contract["output"]>>>;
  /**
   * The whole history of a run, decoded.
   *
   * @throws `RunNotFound`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  history(workflowId: string, options?: RunOptions): Promise<readonly HistoryEvent[]>;
  /**
   * Tells a running run something that its contract declares.
   *
   * @throws `RunNotFound`, `UnknownSignal`, `InvalidInput`, `PayloadTooLarge`, `RunClosed`, `TemporalUnavailable`,
   * `RateLimited`, `TemporalRefused`
   */
  signal(workflowId: string, name: string, input: unknown, options?: RunOptions): Promise<void>;
  /**
   * Asks a run to end and to undo what it did; the reason is in its history.
   *
   * @throws `RunNotFound`, `RunClosed`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  cancel(workflowId: string, options: RunOptions & { readonly reason: string }): Promise<void>;
  /**
   * One page of runs, the run that started last first.
   *
   * @throws `InvalidCursor`, `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  list(options?: ListOptions): Promise<RunPage>;
  /** Whether the server answers within 2 seconds. */
  check(): Promise<Reachability>;
  /**
   * Whether somebody takes the app's work.
   *
   * @throws `TemporalUnavailable`, `RateLimited`, `TemporalRefused`
   */
  workers(): Promise<WorkerPresence>;
  /** Closes the connection, unless it was passed in. */
  close(): Promise<void>;
}

/**
 * A client of an app's runs; it connects when it is first used, so a server that is away is no error yet.
 *
 * @throws when Temporal's environment configuration can't be used.
 * @example
 * ```ts
 * const client = await createClient(app);
 * const { status, result } = await client.result("order-1", { waitMs: 10_000 });
 * ```
 */
export async function createClient(app: App, options: ClientOptions = {}): Promise<TenutoClient> {
  const own = options.connection ? undefined : connectByEnvironment();
  const connection = options.connection ?? own?.connection;
  if (!connection) throw new TypeError("There is no connection.");
  const namespace = options.namespace ?? own?.namespace ?? "default";
  const identity = options.identity ?? `${process.pid}@${hostname()}`;
  const temporal = new Temporal({ connection, namespace, identity });
  const links = { namespace, temporalUiUrl: options.temporalUiUrl };
  return {
    links,
    start: (workflow: WorkflowContract | string, input: unknown, startOptions: StartOptions = {}) => {
      const type = typeof workflow === "string" ? workflow : workflow.name;
      return startRun({ temporal, app }, { type, input, options: startOptions });
    },
    describe: async (workflowId, { runId } = {}) => describe(await describeRaw(temporal, { workflowId, runId }), links),
    result: (workflowId, { runId, waitMs = 0, signal, isFollowing = runId === undefined } = {}) =>
      waitForResult(temporal, { workflowId, runId, waitMs, signal, isFollowing }) as Promise<RunResult<never>>,
    history: (workflowId, { runId } = {}) => fetchHistory(temporal, { workflowId, runId }),
    signal: (workflowId, name, input, { runId } = {}) =>
      signalRun({ temporal, app }, { run: { workflowId, runId }, name, input }),
    cancel: (workflowId, { runId, reason }) => cancelRun(temporal, { workflowId, runId }, reason),
    list: (listOptions = {}) => listRuns(temporal, listOptions, links),
    check: () => checkReachability(temporal),
    workers: () => findWorkers(temporal, app.name),
    close: async () => own?.connection.close(),
  };
}

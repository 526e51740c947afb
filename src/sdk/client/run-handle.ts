import type { z } from "zod";
import type { WorkflowContract } from "../core/define-workflow.ts";
import { RunFailed } from "../core/errors/run-failed.ts";
import { RunNotFinished } from "../core/errors/run-not-finished.ts";
import { UpdateFailed } from "../core/errors/update-failed.ts";
import { UpdatePending } from "../core/errors/update-pending.ts";
import { isDeclaredError } from "../core/declared-error.ts";
import { describeRun, type RunDescription } from "./describe-run.ts";
import type { RunReference } from "./grpc-errors.ts";
import { cancelRun, signalRun } from "./message-run.ts";
import { queryRun } from "./query-run.ts";
import { errorOf } from "./run-failure.ts";
import { type RunResult, waitForOutcome } from "./run-result.ts";
import type { LinkBase } from "./run-summary.ts";
import type { Reach } from "./run-target.ts";
import type { StartedRun } from "./checked-start.ts";
import { updateRun } from "./update-run.ts";

/** How long to wait, and what ends the wait early. */
export interface WaitLimits {
  /** Milliseconds. */
  readonly waitMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One run, with the types of its contract. */
export interface RunHandle<Contract extends WorkflowContract> {
  readonly workflowId: string;
  /**
   * Tells the run something that its contract declares.
   *
   * @throws what `client.signal` throws.
   */
  signal<Name extends keyof Contract["signals"] & string>(
    name: Name,
    input: z.input<Contract["signals"][Name]>,
  ): Promise<void>;
  /**
   * Asks the run something that its contract declares; `waitMs` is 4500 if not given.
   *
   * @throws what `client.query` throws.
   */
  query<Name extends keyof Contract["queries"] & string>(
    name: Name,
    input: z.input<Contract["queries"][Name]["input"]>,
    options?: Pick<WaitLimits, "waitMs">,
  ): Promise<z.output<Contract["queries"][Name]["output"]>>;
  /**
   * Tells the run something and waits for its answer; `waitMs` is 30000 if not given. An update with the id of an
   * earlier one is that one.
   *
   * @throws a `DeclaredError` when the update failed with one; `UpdateFailed`, `UpdatePending`, and what
   * `client.update` throws.
   */
  update<Name extends keyof Contract["updates"] & string>(
    name: Name,
    input: z.input<Contract["updates"][Name]["input"]>,
    options?: WaitLimits & { readonly updateId?: string | undefined },
  ): Promise<z.output<Contract["updates"][Name]["output"]>>;
  /**
   * How the run ended; `running` when it has not within `waitMs`, which is 0 if not given.
   *
   * @throws what `client.result` throws.
   */
  result(options?: WaitLimits): Promise<RunResult<z.output<Contract["output"]>>>;
  /**
   * What the run returned; `waitMs` is 60000 if not given.
   *
   * @throws a `DeclaredError` when the run ended with one; `RunFailed` when it ended otherwise without a value;
   * `RunNotFinished` when it goes on; and what `client.result` throws.
   * @example
   * ```ts
   * try {
   *   console.log(await client.run(fulfillOrderContract, "order-1").value());
   * } catch (error) {
   *   if (!fulfillOrderContract.errors.NotApproved.is(error)) throw error;
   *   console.log(`not approved: ${error.data.reason}`);
   * }
   * ```
   */
  value(options?: WaitLimits): Promise<z.output<Contract["output"]>>;
  /**
   * What is known about the run.
   *
   * @throws what `client.describe` throws.
   */
  describe(): Promise<RunDescription>;
  /**
   * Asks the run to end and to undo what it did.
   *
   * @throws what `client.cancel` throws.
   */
  cancel(reason: string): Promise<void>;
}

/** A run that a start led to, and what can be done with it. */
export type StartedHandle<Contract extends WorkflowContract> = StartedRun & RunHandle<Contract>;

export interface HandleOptions {
  readonly reach: Reach;
  readonly links: LinkBase;
  /** Where messages go. */
  readonly run: RunReference;
  /** The run whose result, or that of the runs that continue it, is asked for. @default the run that messages go to */
  readonly firstRunId?: string | undefined;
}

/** The contract gives the types; names and inputs are checked by the contract of the run that is there. */
export function runHandle<Contract extends WorkflowContract>(options: HandleOptions): RunHandle<Contract> {
  const { reach, links, run, firstRunId = run.runId } = options;
  const { workflowId } = run;
  const outcome = ({ waitMs = 0, signal }: WaitLimits) =>
    waitForOutcome(reach.temporal, { workflowId, runId: firstRunId, waitMs, signal, isFollowing: true });
  const untyped: Untyped = {
    workflowId,
    signal: (name, input) => signalRun(reach, { run, name, input }),
    query: (name, input, { waitMs } = {}) => queryRun(reach, { run, name, input, waitMs }),
    async update(name, input, { waitMs = 30_000, signal, updateId } = {}) {
      const { result, failure } = await updateRun(reach, { run, name, input, updateId, waitMs, signal });
      if (result.status === "running") throw new UpdatePending(name, { workflowId, updateId: result.updateId, waitMs });
      if (!failure) return result.result;
      const error = errorOf(failure);
      if (isDeclaredError(error)) throw error;
      throw new UpdateFailed(name, { workflowId, updateId: result.updateId, reason: error.message }, { cause: error });
    },
    result: async (limits = {}) => (await outcome(limits)).result,
    async value({ waitMs = 60_000, signal } = {}) {
      const { result, failure } = await outcome({ waitMs, signal });
      if (result.status === "running") throw new RunNotFinished({ workflowId, waitMs });
      if (result.status === "completed") return result.result;
      const error = failure && errorOf(failure);
      if (isDeclaredError(error)) throw error;
      const { type, message: reason } = result.error ?? { type: "ContinuedAsNew", message: "" };
      throw new RunFailed({ workflowId, status: result.status, type, reason }, error ? { cause: error } : undefined);
    },
    describe: () => describeRun(reach, run, links),
    cancel: (reason) => cancelRun(reach.temporal, run, reason),
  };
  return untyped as RunHandle<Contract>;
}

/** The same methods before a contract gives them types. */
interface Untyped {
  readonly workflowId: string;
  signal(name: string, input: unknown): Promise<void>;
  query(name: string, input: unknown, options?: Pick<WaitLimits, "waitMs">): Promise<unknown>;
  update(
    name: string,
    input: unknown,
    options?: WaitLimits & { readonly updateId?: string | undefined },
  ): Promise<unknown>;
  result(options?: WaitLimits): Promise<RunResult>;
  value(options?: WaitLimits): Promise<unknown>;
  describe(): Promise<RunDescription>;
  cancel(reason: string): Promise<void>;
}

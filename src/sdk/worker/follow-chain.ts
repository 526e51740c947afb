// Waits for the end of runs that continue each other, by continue-as-new, a retry or a reset: the last one counts. All of them
// have the same first run, and an id has one open run.
import type { temporal as api } from "@temporalio/proto";
import { describeIfThere } from "../client/describe-raw.ts";
import { waitForOutcome } from "../client/run-result.ts";
import { runStatusOf } from "../client/run-status.ts";
import type { Temporal } from "../client/temporal.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";

/** Runs that continue each other. */
interface Chain {
  readonly workflowId: string;
  readonly firstRunId: string;
}

/** How long the wait may take, and what ends it. */
interface Wait {
  readonly waitMs: number;
  readonly signal: AbortSignal;
  /** Hears of each run that is found open. */
  readonly onOpen?: (runId: string) => Promise<void>;
}

/** The server ends a long poll of its own after twenty seconds. */
const pollMs = 30_000;

/** Whether the last run of the chain is over, or not there any more; of `running`, that the wait is over. */
export async function followChain(
  temporal: Temporal,
  chain: Chain,
  { waitMs, signal, onOpen }: Wait,
): Promise<"closed" | "running"> {
  const { workflowId } = chain;
  const until = Date.now() + waitMs;
  for (;;) {
    const runId = await openRunOf(temporal, chain);
    if (runId === undefined) return "closed";
    await onOpen?.(runId);
    const leftMs = until - Date.now();
    if (signal.aborted || leftMs <= 0) return "running";
    const wait = { workflowId, runId, waitMs: Math.min(leftMs, pollMs), signal, isFollowing: false };
    await waitForOutcome(temporal, wait).catch((error: unknown) => {
      // It may be deleted while it is waited for.
      if (!(error instanceof RunNotFound)) throw error;
    });
  }
}

/** The run of a chain that is open; `undefined` when there is none. */
export async function openRunOf(temporal: Temporal, { workflowId, firstRunId }: Chain): Promise<string | undefined> {
  return openRunIn((await describeIfThere(temporal, { workflowId }))?.workflowExecutionInfo, firstRunId);
}

/** {@link openRunOf}, where the server has described what has the workflow id. */
export function openRunIn(
  info: api.api.workflow.v1.IWorkflowExecutionInfo | null | undefined,
  firstRunId: string,
): string | undefined {
  const runId = info?.execution?.runId ?? "";
  const isOurs = (info?.firstRunId || runId) === firstRunId;
  const status = runStatusOf(info?.status);
  // Its successor is there in the same moment, but may not be what was described.
  const isOpen = status === "running" || status === "continuedAsNew";
  return info && isOurs && isOpen ? runId : undefined;
}

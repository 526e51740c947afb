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
export async function followChain(temporal: Temporal, chain: Chain, wait: Wait): Promise<"closed" | "running"> {
  const last = await endOfChain(temporal, chain, { ...wait, last: await lastRunOf(temporal, chain) });
  return last.isOpen ? "running" : "closed";
}

/** The last run of a chain, as it is when it is over, or the wait is. */
export async function endOfChain(
  temporal: Temporal,
  chain: Chain,
  { waitMs, signal, onOpen, last }: Wait & { readonly last: LastRun },
): Promise<LastRun> {
  const { workflowId } = chain;
  const until = Date.now() + waitMs;
  for (let found = last; ; found = await lastRunOf(temporal, chain)) {
    if (!found.isOpen) return found;
    await onOpen?.(found.runId);
    const leftMs = until - Date.now();
    if (signal.aborted || leftMs <= 0) return found;
    const wait = { workflowId, runId: found.runId, waitMs: Math.min(leftMs, pollMs), signal, isFollowing: false };
    await waitForOutcome(temporal, wait).catch((error: unknown) => {
      // It may be deleted while it is waited for.
      if (!(error instanceof RunNotFound)) throw error;
    });
  }
}

/** Where a chain has got to. */
export type LastRun =
  | { readonly isOpen: true; readonly runId: string }
  /** Without a run when the server has none of it any more, or does not say which. */
  | { readonly isOpen: false; readonly runId?: string };

/** The last run of a chain. */
export async function lastRunOf(temporal: Temporal, { workflowId, firstRunId }: Chain): Promise<LastRun> {
  return lastRunIn((await describeIfThere(temporal, { workflowId }))?.workflowExecutionInfo, firstRunId);
}

/** {@link lastRunOf}, where the server has described what has the workflow id. */
export function lastRunIn(
  info: api.api.workflow.v1.IWorkflowExecutionInfo | null | undefined,
  firstRunId: string,
): LastRun {
  const runId = info?.execution?.runId ?? "";
  if (!info || (info.firstRunId || runId) !== firstRunId) return { isOpen: false };
  const status = runStatusOf(info.status);
  // Its successor is there in the same moment, but may not be what was described.
  return { isOpen: status === "running" || status === "continuedAsNew", runId };
}

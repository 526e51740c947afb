// One item of a batch operation. It may be acted on again after a crash, so each way of acting knows what this batch has
// done before: a dead letter by the batch's id in its record, a parked run by the id of the decision, any other run by who
// it was called by, which its history has.
import type { BatchItem, ItemOrder, ItemResult } from "../core/batch.ts";
import { DeadLetterNotFound } from "../core/errors/dead-letter-not-found.ts";
import { DeadLetterNotOpen } from "../core/errors/dead-letter-not-open.ts";
import { IncidentDecided } from "../core/errors/incident-decided.ts";
import { IncidentNotFound } from "../core/errors/incident-not-found.ts";
import { NoWorkerPolling } from "../core/errors/no-worker-polling.ts";
import { RateLimited } from "../core/errors/rate-limited.ts";
import { RedriveUnsound } from "../core/errors/redrive-unsound.ts";
import { RunClosed } from "../core/errors/run-closed.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import { RunNotAnswering } from "../core/errors/run-not-answering.ts";
import { TemporalUnavailable } from "../core/errors/temporal-unavailable.ts";
import { actOnLetter } from "./act-on-letter.ts";
import { actOnRun } from "./act-on-run.ts";
import { Skipped } from "./batch-act.ts";
import { cut } from "./recorded-run.ts";
import type { Reach } from "./run-target.ts";

const longestText = 300;

/** An item, what is done to it, and whether a run that no worker answers for is asked again. */
interface ItemTask {
  readonly order: ItemOrder;
  readonly item: BatchItem;
  readonly hasPatience: boolean;
}

/**
 * Acts on one item.
 *
 * @throws what may be otherwise in a moment: `TemporalUnavailable`, `RateLimited`; with patience also `NoWorkerPolling`
 * and `RunNotAnswering`
 */
export async function actOnBatchItem(reach: Reach, { order, item, hasPatience }: ItemTask): Promise<ItemResult> {
  const act = order.action === "redrive" || order.action === "discard" ? actOnLetter : actOnRun;
  const at = () => new Date().toISOString();
  try {
    return { outcome: "done", text: cut(await act(reach, order, item), longestText), at: at() };
  } catch (error) {
    const isPassing = hasPatience ? [...ofServer, NoWorkerPolling, RunNotAnswering] : ofServer;
    if (isPassing.some((Passing) => error instanceof Passing)) throw error;
    return { outcome: outcomeOf(error), text: cut(textOf(error, item), longestText), at: at() };
  }
}

const ofServer = [TemporalUnavailable, RateLimited];
const skips = [
  Skipped,
  DeadLetterNotFound,
  DeadLetterNotOpen,
  IncidentDecided,
  IncidentNotFound,
  RunClosed,
  RunNotFound,
];

function outcomeOf(error: unknown): ItemResult["outcome"] {
  if (error instanceof RedriveUnsound) return "refused";
  return skips.some((Skip) => error instanceof Skip) ? "skipped" : "failed";
}

/** Without the item's id, which stands beside it: what many say is kept once. */
function textOf(error: unknown, { id, workflowId }: BatchItem): string {
  // What is no error of ours may say anything.
  if (!(error instanceof Error && "code" in error) && !(error instanceof Skipped)) return "An unexpected error";
  const { message } = error;
  return message.replaceAll(JSON.stringify(id), "it").replaceAll(JSON.stringify(workflowId), "it");
}

// Updates that runs before this one have answered. The server tells repeats within a run only; here one that comes again is refused
// by its validator, so it leaves nothing in a history, and its sender asks the run that has the answer. Nothing depends on it in a
// replay, which asks no validators. One whose handler a continue-as-new cut off is not among them: sent again, it is done.
// Module state belongs to one run.
import { ApplicationFailure, type UpdateInput, workflowInfo } from "@temporalio/workflow";
import { type AnsweredBefore, answeredBeforeType, type AnsweredUpdates, onceHeaderName } from "../core/intake.ts";

/** As many as a run takes in some hours of a busy source. */
const kept = 1_000;

let before: readonly AnsweredUpdates[] = [];
const own: string[] = [];

/** @throws of an update that an earlier run has answered, which run that is. */
export function refuseAnswered({ updateId, name }: UpdateInput): void {
  const runId = before.find(({ ids }) => ids.includes(updateId))?.runId;
  if (runId === undefined) return;
  const message = `Update "${name}" was answered by an earlier run, ${runId}`;
  const details: [AnsweredBefore] = [{ runId }];
  throw ApplicationFailure.create({ type: answeredBeforeType, message, nonRetryable: true, details });
}

/** Remembers an update that this run has answered, by a value or a failure, for those that continue it. */
export function keepAnswered({ updateId, headers }: UpdateInput): void {
  if (!headers[onceHeaderName]) return;
  own.push(updateId);
  if (own.length > kept) own.shift();
}

/** What the run that continues this one has to know. */
export function answeredUpdates(): readonly AnsweredUpdates[] {
  let left = kept;
  const newestFirst = [{ runId: workflowInfo().runId, ids: own }, ...before.toReversed()];
  const taken = newestFirst.map(({ runId, ids }) => {
    const newest = left > 0 ? ids.slice(-left) : [];
    left -= newest.length;
    return { runId, ids: newest };
  });
  return taken.filter(({ ids }) => ids.length > 0).reverse();
}

export function restoreAnsweredUpdates(updates: readonly AnsweredUpdates[]): void {
  before = updates;
}

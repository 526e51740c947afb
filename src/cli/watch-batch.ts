import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { type Batch, isComplete, isOver, progressOf } from "./batch.ts";
import type { Cli } from "./cli.ts";
import { ApiProblem } from "./errors/api-problem.ts";
import { ApiUnreachable } from "./errors/api-unreachable.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { tellBatch } from "./tell-batch.ts";

const askEveryMs = 1_000;
/** In a log, where each line stays. */
const logEveryMs = 10_000;
/** An API that restarts is back by then. */
const patienceMs = 60_000;

/** Follows a batch to its end; Ctrl-C ends the following, not the batch. */
export async function watchBatch(cli: Cli, begun: Batch): Promise<ExitCode> {
  const { output, isJson } = cli;
  const stop = new AbortController();
  const interrupted = once(process, "SIGINT", { signal: stop.signal }).then(() => undefined);
  try {
    const batch = await Promise.race([follow(cli, begun, stop.signal), interrupted]);
    if (output.isLive) output.endStatus();
    if (batch === undefined) {
      tellThatItGoesOn(cli, begun);
      return exitCodes.interrupted;
    }
    if (isJson) output.json(batch);
    else tellBatch(output, batch);
    return isComplete(batch) ? exitCodes.done : exitCodes.incomplete;
  } catch (error) {
    if (output.isLive) output.endStatus();
    tellThatItGoesOn(cli, begun);
    throw error;
  } finally {
    interrupted.catch(() => undefined);
    stop.abort();
  }
}

/** The batch once it is over; `undefined` when nobody waits for it any more. */
async function follow({ api, output }: Cli, begun: Batch, signal: AbortSignal): Promise<Batch | undefined> {
  let batch = begun;
  let told = "";
  let toldAtMs = 0;
  let heardAtMs = Date.now();
  while (!signal.aborted) {
    const text = `${batch.action}${batch.dryRun ? " (dry run)" : ""}: ${batch.status}, ${progressOf(batch)}`;
    if (output.isLive) output.status(text);
    else if (text !== told && (isOver(batch) || Date.now() - toldAtMs >= logEveryMs)) {
      output.notice(text);
      told = text;
      toldAtMs = Date.now();
    }
    if (isOver(batch)) return batch;
    await sleep(askEveryMs, undefined, { signal }).catch(() => undefined);
    try {
      batch = await api.get<Batch>(`/v1/batch-operations/${encodeURIComponent(batch.id)}`);
      heardAtMs = Date.now();
    } catch (error) {
      const isPassing = error instanceof ApiUnreachable || (error instanceof ApiProblem && error.problem.status >= 500);
      if (!isPassing || Date.now() - heardAtMs > patienceMs) throw error;
    }
  }
  return undefined;
}

function tellThatItGoesOn({ output }: Cli, { id }: Batch): void {
  output.notice(`The batch goes on. Follow it: tenuto batch show ${id} --watch`);
  output.notice(`Stop it: tenuto batch stop ${id} --reason "…"`);
}

import { systemTaskQueue } from "../core/dead-letter.ts";
import { TemporalUnavailable } from "../core/errors/temporal-unavailable.ts";
import { silenceOf } from "./run-target.ts";
import type { Temporal } from "./temporal.ts";

/** One of Tenuto's own workflows that is asked something. */
interface Asked {
  readonly workflowId: string;
  readonly type: string;
  /** What it is to who asks, such as "the batch operation". */
  readonly what: string;
}

/** A workflow task that was lost with its worker comes again after ten seconds. */
const answersWithinMs = 15_000;

/** Asks one of Tenuto's own workflows; what no worker answers in time is told so: the server is there. */
export async function askSystemWorkflow<T>(
  temporal: Temporal,
  { what, ...workflow }: Asked,
  ask: (deadline: number) => Promise<T>,
): Promise<T> {
  try {
    return await ask(temporal.deadline(answersWithinMs));
  } catch (error) {
    if (!(error instanceof TemporalUnavailable)) throw error;
    const target = { ...workflow, runId: "", taskQueue: systemTaskQueue, isRunning: true, contract: undefined };
    throw await silenceOf(temporal, { what, target, cause: error });
  }
}

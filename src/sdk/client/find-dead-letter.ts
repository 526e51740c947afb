import { deadLetterMark, deadLetterWorkflowId } from "../core/dead-letter-id.ts";
import { deadLetterWorkflow } from "../core/dead-letter.ts";
import { DeadLetterNotFound } from "../core/errors/dead-letter-not-found.ts";
import { marksAttribute } from "../core/run-mark.ts";
import { type DeadLetter, letterOf } from "./dead-letter.ts";
import { describeIfThere, describeRaw } from "./describe-raw.ts";
import { listPage } from "./list-runs.ts";
import { runStatusOf } from "./run-status.ts";
import type { Temporal } from "./temporal.ts";
import { canBeFound, quote } from "./visibility-query.ts";

/** A dead letter, and the workflow that it is or that has it in its memo. */
export interface LocatedDeadLetter {
  readonly letter: DeadLetter;
  readonly workflowId: string;
}

/**
 * A dead letter, and the workflow that it is or that has it in its memo.
 *
 * @throws {@link DeadLetterNotFound}
 */
export async function locateDeadLetter(temporal: Temporal, id: string): Promise<LocatedDeadLetter> {
  const own = await ownLetter(temporal, id);
  if (own) return own;
  const { now, workflowId = "" } = await markedRun(temporal, id);
  if (now) return { letter: now, workflowId };
  throw new DeadLetterNotFound(id);
}

/**
 * One that is listed though its run has gone on: the run then says what was decided, and by whom.
 *
 * @throws {@link DeadLetterNotFound}
 */
export async function letterToRedrive(temporal: Temporal, id: string, dryRun: boolean): Promise<LocatedDeadLetter> {
  const own = await ownLetter(temporal, id);
  if (own) return own;
  const { now, listed, workflowId = "" } = await markedRun(temporal, id);
  const letter = now ?? (dryRun ? undefined : listed);
  if (letter) return { letter, workflowId };
  throw new DeadLetterNotFound(id);
}

/** A letter with a workflow of its own; when its run goes on and is parked, that run is the letter which can be decided. */
async function ownLetter(temporal: Temporal, id: string): Promise<LocatedDeadLetter | undefined> {
  const own = await ownWorkflow(temporal, id);
  if (!own) return undefined;
  const parked = own.status === "open" ? undefined : await parkedRunOf(temporal, own);
  if (parked?.id === id) return { letter: parked, workflowId: parked.workflowId };
  return { letter: own, workflowId: deadLetterWorkflowId(id) };
}

async function parkedRunOf(temporal: Temporal, { workflowId }: DeadLetter): Promise<DeadLetter | undefined> {
  const info = (await describeIfThere(temporal, { workflowId }))?.workflowExecutionInfo;
  return info && runStatusOf(info.status) === "running" ? letterOf(temporal, info) : undefined;
}

async function ownWorkflow(temporal: Temporal, id: string): Promise<DeadLetter | undefined> {
  if (!/^[0-9a-f]{32}$/.test(id)) return undefined;
  const info = (await describeIfThere(temporal, { workflowId: deadLetterWorkflowId(id) }))?.workflowExecutionInfo;
  return info ? letterOf(temporal, info) : undefined;
}

interface MarkedRun {
  readonly workflowId?: string;
  readonly now?: DeadLetter | undefined;
  /** As the list has it, which may lag behind. */
  readonly listed?: DeadLetter | undefined;
}

/** By its mark: a parked run, or, for who sees all tenants, the dead letter of one of them. */
async function markedRun(temporal: Temporal, id: string): Promise<MarkedRun> {
  if (!canBeFound(id)) return {};
  const query = `${marksAttribute} = ${quote(deadLetterMark(id))} AND ExecutionStatus = ${quote("Running")}`;
  // A letter that is redriven, and its run that is parked, have the same id.
  const { infos } = await listPage(temporal, { query, limit: 2 });
  const found = infos.find(({ type }) => type?.name !== deadLetterWorkflow) ?? infos[0];
  if (!found?.execution) return {};
  const { workflowId, runId } = found.execution;
  const { workflowExecutionInfo: info } = await describeRaw(temporal, {
    workflowId: workflowId ?? "",
    runId: runId ?? undefined,
  });
  return {
    workflowId: workflowId ?? "",
    now: info ? letterOf(temporal, info) : undefined,
    listed: letterOf(temporal, found),
  };
}

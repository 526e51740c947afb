/**
 * Sends a run what somebody does about one of its tasks. The same call may be sent again and again under its id: the run
 * takes it once, and says each time what came of it, also when it is over.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { temporal as api } from "@temporalio/proto";
import { NoWorkerPolling } from "../core/errors/no-worker-polling.ts";
import { RateLimited } from "../core/errors/rate-limited.ts";
import { RunClosed } from "../core/errors/run-closed.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import { TemporalUnavailable } from "../core/errors/temporal-unavailable.ts";
import { UpdateNotFound } from "../core/errors/update-not-found.ts";
import { type TaskCall, taskUpdate } from "../core/human-task.ts";
import type { FoundTask } from "./find-task.ts";
import { inTurn } from "./in-turn.ts";
import { encodeWithinLimit } from "./payloads.ts";
import { type Reach, silenceOf } from "./run-target.ts";
import type { Temporal } from "./temporal.ts";
import { updateRequest } from "./update-request.ts";
import { pollUpdate, stages } from "./update-run.ts";

type Outcome = api.api.update.v1.IOutcome;

interface Sending {
  readonly call: TaskCall;
  readonly updateId: string;
}

/** For so long what the server turns away is sent again; an outage is told by then, too. */
const sentForMs = 4_800;
/** A workflow task that was lost with its worker comes again after ten seconds. */
const takenWithinMs = 15_000;
const firstWaitMs = 50;
const longestWaitMs = 400;

/**
 * The outcome of a call; `undefined` when the run ended without taking it. What the server turns away, because others are
 * under way, is sent again.
 */
export async function sendTaskCall(reach: Reach, found: FoundTask, sending: Sending): Promise<Outcome | undefined> {
  const { namespace, idPrefix } = reach.temporal;
  const name = JSON.stringify([namespace, idPrefix + found.workflowId]);
  const sender: Sender = {
    ...{ reach, found, ...sending },
    deadline: reach.temporal.deadline(sentForMs),
    lastDeadline: reach.temporal.deadline(takenWithinMs),
  };
  return inTurn(name, sender.lastDeadline, () => sent(sender));
}

interface Sender extends Sending {
  readonly reach: Reach;
  readonly found: FoundTask;
  readonly deadline: number;
  /** Where a worker is there, and the run has not answered yet. */
  readonly lastDeadline: number;
}

async function sent(sender: Sender): Promise<Outcome | undefined> {
  const { reach, found, call, updateId, lastDeadline } = sender;
  const { temporal } = reach;
  const run = { workflowId: found.workflowId };
  const payload = encodeWithinLimit(call, "What is done about the task");
  const update = updateRequest(temporal, { run, name: taskUpdate, payload, updateId, isParsed: true });
  let { deadline } = sender;
  for (let wait = firstWaitMs; ; wait = Math.min(2 * wait, longestWaitMs)) {
    try {
      const answer = await temporal.call((service) => service.updateWorkflowExecution(update), { run, deadline });
      if (answer.outcome) return answer.outcome;
    } catch (error) {
      if (error instanceof RunClosed || error instanceof RunNotFound)
        return await earlierOutcome(temporal, found, updateId);
      const isPassing = error instanceof RateLimited || error instanceof TemporalUnavailable;
      if (!isPassing) throw error;
      if (Date.now() + wait >= deadline) {
        if (error instanceof RateLimited) throw error;
        const silence = await silenceOfRun(reach, found);
        if (deadline === lastDeadline || silence instanceof NoWorkerPolling) throw silence;
        deadline = lastDeadline;
      }
    }
    await sleep(wait * (0.5 + Math.random()));
  }
}

/** What came of it before the run ended: its answer may have been lost. */
export async function earlierOutcome(
  temporal: Temporal,
  found: FoundTask,
  updateId: string,
): Promise<Outcome | undefined> {
  const { workflowId, runId } = found;
  try {
    const deadline = temporal.deadline();
    const polled = await pollUpdate(temporal, { workflowId, runId, updateId }, { stage: stages.now, deadline });
    return polled.outcome ?? undefined;
  } catch (error) {
    if (error instanceof UpdateNotFound) return undefined;
    throw error;
  }
}

async function silenceOfRun({ temporal }: Reach, { workflowId, runId, info }: FoundTask): Promise<Error> {
  const { type, taskQueue } = info ?? {};
  const run = { workflowId, runId, type: type?.name ?? "", taskQueue: taskQueue ?? "" };
  const target = { ...run, isRunning: true, contract: undefined };
  return silenceOf(temporal, { what: "what is done about the task", target });
}

/**
 * Sends a run an update until it is taken. The same one may be sent again and again under its id: what the server turns away,
 * because others are under way or the run goes on in another one, is sent again.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { temporal as api } from "@temporalio/proto";
import { NoWorkerPolling } from "../core/errors/no-worker-polling.ts";
import { RateLimited } from "../core/errors/rate-limited.ts";
import { RunClosed } from "../core/errors/run-closed.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import { TemporalUnavailable } from "../core/errors/temporal-unavailable.ts";
import type { RunReference } from "./grpc-errors.ts";
import { inTurn } from "./in-turn.ts";
import { type Reach, type RunTarget, silenceOf } from "./run-target.ts";

type Service = api.api.workflowservice.v1.IUpdateWorkflowExecutionRequest;
type Answer = api.api.workflowservice.v1.IUpdateWorkflowExecutionResponse;

export interface Sending {
  /** What is sent, in a message that it was not taken. */
  readonly what: string;
  readonly target: RunTarget;
  readonly run: RunReference;
  readonly update: Service;
  /** Whether that is an answer; else it is sent again. */
  readonly isTaken: (answer: Answer) => boolean;
}

/** For so long what the server turns away is sent again; an outage is told by then, too. */
const sentForMs = 4_800;
/** A workflow task that was lost with its worker comes again after ten seconds. */
const takenWithinMs = 15_000;
const firstWaitMs = 50;
const longestWaitMs = 400;

/** The answer; `undefined` when the run is over. A process sends one run a few updates at a time. */
export async function sendUntilTaken(reach: Reach, sending: Sending): Promise<Answer | undefined> {
  const { temporal } = reach;
  const name = JSON.stringify([temporal.namespace, temporal.idPrefix + sending.target.workflowId]);
  const deadline = temporal.deadline(sentForMs);
  const lastDeadline = temporal.deadline(takenWithinMs);
  return inTurn(name, lastDeadline, () => sent(reach, { ...sending, deadline, lastDeadline }));
}

interface Deadlines {
  readonly deadline: number;
  /** Where a worker is there, and the run has not answered yet. */
  readonly lastDeadline: number;
}

async function sent(reach: Reach, sending: Sending & Deadlines): Promise<Answer | undefined> {
  const { what, target, run, update, isTaken, lastDeadline } = sending;
  const { temporal } = reach;
  let { deadline } = sending;
  for (let wait = firstWaitMs; ; wait = Math.min(2 * wait, longestWaitMs)) {
    try {
      const answer = await temporal.call((service) => service.updateWorkflowExecution(update), { run, deadline });
      if (isTaken(answer)) return answer;
      if (Date.now() + wait >= lastDeadline) throw await silenceOf(temporal, { what, target });
    } catch (error) {
      if (error instanceof RunClosed || error instanceof RunNotFound) return undefined;
      const isPassing = error instanceof RateLimited || error instanceof TemporalUnavailable;
      if (!isPassing) throw error;
      if (Date.now() + wait >= deadline) {
        if (error instanceof RateLimited) throw error;
        const silence = await silenceOf(temporal, { what, target });
        if (deadline === lastDeadline || silence instanceof NoWorkerPolling) throw silence;
        deadline = lastDeadline;
      }
    }
    await sleep(wait * (0.5 + Math.random()));
  }
}

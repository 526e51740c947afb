import type { RedriveMode } from "../core/dead-letter.ts";
import type { RepeatedStep } from "../core/redrive.ts";
import { IncidentNotFound } from "../core/errors/incident-not-found.ts";
import { InvalidInput } from "../core/errors/invalid-input.ts";
import { RedriveUnsound } from "../core/errors/redrive-unsound.ts";
import type { IncidentDecision } from "../core/incident.ts";
import type { DeadLetter } from "./dead-letter.ts";
import { letterToRedrive } from "./find-dead-letter.ts";
import { redriveClosed } from "./redrive-closed.ts";
import type { Reach } from "./run-target.ts";
import { decideIncident, type SteerOptions } from "./steer-run.ts";

/** How a dead letter is made to go again. */
export interface RedriveOptions extends Omit<SteerOptions, "runId"> {
  /** @default the first of the letter's `modes`, which are sound */
  readonly mode?: RedriveMode | undefined;
  /** @default the one that is open */
  readonly incidentId?: string | undefined;
  /**
   * Of a parked run, with `continue`: the step again with this input, under a new key; needs `confirmNoEffect`. With
   * `restart`: the input of the new run; of an event its data, or `{ id, type, data }` of one that can't be read.
   */
  readonly input?: unknown;
  /** Of a parked run, with `continue`: the step was done by hand, and this is its output. */
  readonly output?: unknown;
  /** That the attempts so far had no effect. */
  readonly confirmNoEffect?: boolean | undefined;
  /** Only says what would be done. @default false */
  readonly dryRun?: boolean | undefined;
  /** The bulk redrive that this is part of. */
  readonly batchId?: string | undefined;
}

/** What a redrive does, or would do. */
export interface Redrive {
  readonly id: string;
  readonly mode: RedriveMode;
  readonly dryRun: boolean;
  /** The step that failed; of a parked run, the one that runs again, or ends as it is told. */
  readonly step?: string;
  /**
   * What becomes of a parked step; or the run is `reset` to before it failed, or another is started (`restart`). `adopt`:
   * somebody has done that already, and the dead letter follows that run. An event is delivered again (`deliver`).
   */
  readonly action: "retry" | "complete" | "fail" | "reset" | "restart" | "adopt" | "deliver";
  /** Of a reset, which steps go again under their old keys, and whether they had ended. */
  readonly again?: readonly RepeatedStep[];
}

/** @throws what {@link TenutoClient.redrive} throws. */
export async function redriveDeadLetter(reach: Reach, id: string, options: RedriveOptions): Promise<Redrive> {
  const { letter, workflowId } = await letterToRedrive(reach.temporal, id, options.dryRun ?? false);
  return letter.kind === "parked"
    ? redriveParked(reach, letter, options)
    : redriveClosed(reach, { id, workflowId }, options);
}

async function redriveParked(reach: Reach, letter: DeadLetter, options: RedriveOptions): Promise<Redrive> {
  const { mode = "continue", dryRun = false, by, reason } = options;
  const { id } = letter;
  if (!letter.modes.includes(mode)) {
    const why = "its run is parked, and goes on or fails where it is";
    throw new RedriveUnsound({ id, mode, modes: letter.modes }, why);
  }
  const { workflowId, runId, incidents = [] } = letter;
  const incidentId = options.incidentId ?? (letter.count === 1 ? incidents[0]?.id : undefined);
  const decision = decisionOf(mode, options);
  const { action } = decision;
  if (dryRun) {
    const incident = incidents.find((each) => each.id === incidentId);
    if (!incident) throw new IncidentNotFound({ workflowId, incidentId, open: incidents });
    return { id, mode, dryRun, step: incident.step, action };
  }
  const decided = await decideIncident(reach, workflowId, { ...decision, incidentId, by, reason, runId });
  return { id, mode, dryRun, step: decided.step, action };
}

function decisionOf(mode: RedriveMode, { input, output, confirmNoEffect }: RedriveOptions): IncidentDecision {
  if (mode === "fail") return { action: "fail" };
  if (input !== undefined && output !== undefined) {
    const message = "Give other input, or the output, not both";
    throw new InvalidInput("The redrive", [{ pointer: "/output", message }]);
  }
  if (output !== undefined) return { action: "complete", output };
  // Whether it is confirmed, the run itself checks.
  if (input !== undefined) return { action: "retry", input, confirmNoEffect: confirmNoEffect as true };
  return { action: "retry" };
}

// What the sagas of this run did, as a query tells it. Module state belongs to one run.
import { defineQuery, setHandler } from "@temporalio/workflow";
import { accountQuery, type RunAccount } from "../core/run-account.ts";
import { deadlineState } from "./deadline.ts";
import { pendingUndos } from "./open-sagas.ts";
import type { StepRecord } from "./step-record.ts";
import { heldSteps, incidentOutcomes, openIncidents, pausedBy } from "./waiting.ts";

const keptSteps = 1_000;

let records: StepRecord[] = [];
let stepCount = 0;

export function openAccount(): void {
  setHandler(defineQuery(accountQuery), told, { description: "What the sagas of this run did, and what it waits for" });
}

export function enter(record: StepRecord): void {
  stepCount += 1;
  records.push(record);
  // Trimmed by halves, so that a long run does not copy the list at every step.
  if (records.length >= 2 * keptSteps) records = records.slice(-keptSteps);
}

function told(): RunAccount {
  const paused = pausedBy();
  const deadline = deadlineState();
  return {
    steps: records.slice(-keptSteps).map((record) => record.told()),
    stepCount,
    pendingUndos: pendingUndos(),
    held: heldSteps().map(({ step, key }) => ({ step, key })),
    incidents: openIncidents(),
    decided: incidentOutcomes(),
    ...(paused && { paused }),
    ...(deadline && { deadline }),
  };
}

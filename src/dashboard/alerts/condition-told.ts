import type { AlertCondition } from "tenuto";
import { durationOf } from "../parts/time.tsx";
import { numberOf } from "../parts/words.ts";

/** What a rule looks for, in words. */
export function conditionTold(condition: AlertCondition): string {
  const of = "type" in condition && condition.type !== undefined ? ` of ${condition.type}` : "";
  switch (condition.kind) {
    case "groupNew":
      return `A failure${of} of a pattern that was never seen before`;
    case "groupRegressed":
      return `A failure${of} of a pattern that was resolved or ignored`;
    case "failures":
      return `${numberOf(condition.count)} failures${of} within ${durationOf(condition.windowMs)}`;
    case "failureRate":
      return `More than ${condition.abovePercent} % of at least ${numberOf(condition.minRuns)} runs${of} failed within ${durationOf(condition.windowMs)}`;
    case "lettersOlder":
      return `Dead letters${of} that are open for more than ${durationOf(condition.olderThanMs)}`;
    case "stuckRun":
      return `A run${of} that is stuck`;
    case "noPoller":
      return `Work waits for ${durationOf(condition.forMs)} on a task queue that nobody polls`;
    case "undoParked":
      return `An undo${of} is parked`;
    case "sagaPartial":
      return `A run${of} is over, and an undo was given up`;
    case "slaBreach":
      return `A run${of} takes, or within ${durationOf(condition.windowMs)} took, longer than its SLA`;
    case "latency":
      return `Of at least ${numberOf(condition.minRuns)} runs of ${condition.type} that completed within ${durationOf(condition.windowMs)}, p${condition.percentile} is above ${durationOf(condition.aboveMs)}`;
    case "backlog":
      return `More than ${numberOf(condition.above)} tasks wait on ${queueTold(condition.queue)}`;
    case "oldestTask":
      return `A task waits for more than ${durationOf(condition.olderThanMs)} on ${queueTold(condition.queue)}`;
    case "humanTasksOlder":
      return `Human tasks${of} that are open for more than ${durationOf(condition.olderThanMs)}`;
    case "sourceLag":
      return `More than ${numberOf(condition.above)} events wait at ${condition.source ?? "an event source"}`;
  }
}

function queueTold(queue: string | undefined): string {
  return queue === undefined ? "a task queue" : `the task queue ${queue}`;
}

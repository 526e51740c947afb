import type { RunStatus, RunSummary } from "tenuto/client";

/** Where a run can stand. */
export const runStatuses = Object.keys({
  running: true,
  completed: true,
  failed: true,
  canceled: true,
  terminated: true,
  timedOut: true,
  continuedAsNew: true,
} satisfies Record<RunStatus, true>);

/** What a run can wait for, or has left behind. */
export const runMarks = Object.keys({
  parked: true,
  paused: true,
  partial: true,
  waiting: true,
} satisfies Record<RunSummary["marks"][number], true>);

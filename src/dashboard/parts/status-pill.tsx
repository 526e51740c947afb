import { words } from "./words.ts";

type Tone = "good" | "bad" | "warn" | "busy" | "calm";

const tones: Readonly<Record<string, Tone>> = {
  // Runs and their marks
  running: "busy",
  completed: "good",
  failed: "bad",
  canceled: "calm",
  terminated: "bad",
  timedOut: "bad",
  continuedAsNew: "calm",
  parked: "warn",
  paused: "warn",
  partial: "bad",
  waiting: "warn",
  // Steps
  pending: "calm",
  scheduled: "calm",
  started: "busy",
  retrying: "warn",
  done: "good",
  skipped: "calm",
  held: "warn",
  unknown: "warn",
  undoing: "busy",
  undone: "calm",
  undoFailed: "bad",
  // Dead letters, error groups, batches
  open: "warn",
  redriving: "busy",
  resolved: "good",
  discarded: "calm",
  new: "bad",
  regressed: "bad",
  ignored: "calm",
  refused: "warn",
  stopped: "calm",
  finding: "busy",
  // Tasks
  claimed: "busy",
  rejected: "bad",
  overdue: "bad",
  escalated: "warn",
  // Sources, queues, alerts
  on: "good",
  off: "calm",
  receiving: "good",
  connecting: "warn",
  acknowledged: "calm",
  info: "calm",
  warning: "warn",
  error: "bad",
  critical: "bad",
  active: "busy",
};

/** A status in a word, with a colour that only repeats it. */
export function StatusPill({
  status,
  tone = tones[status] ?? "calm",
}: {
  readonly status: string;
  readonly tone?: Tone;
}) {
  return <span class={`pill pill-${tone}`}>{words(status)}</span>;
}

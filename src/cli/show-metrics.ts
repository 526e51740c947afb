import type { MetricsSummary, OpenByAge, StepMetrics, TypeMetrics } from "tenuto/client";
import type { Cli } from "./cli.ts";
import type { Output } from "./output.ts";
import { atTime, distance } from "./relative-time.ts";
import type { Column } from "./table.ts";

export interface ShowMetricsOptions {
  readonly window: string;
  readonly type?: string;
}

type Summary = MetricsSummary & { readonly steps: StepMetrics };

/** Shows the numbers of a window. */
export async function showMetrics({ api, output, isJson }: Cli, options: ShowMetricsOptions): Promise<undefined> {
  const summary = await api.get<Summary>("/v1/metrics/summary", { ...options });
  if (isJson) {
    output.json(summary);
    return;
  }
  const nowMs = Date.now();
  showWhole(output, summary, nowMs);
  output.heading("Types");
  output.table(summary.types, columns);
  if (summary.errorGroups.top.length > 0) {
    output.heading("Error groups with the most failures");
    output.table(summary.errorGroups.top, [
      { title: "FINGERPRINT", value: ({ fingerprint }) => fingerprint },
      { title: "FAILURES", value: ({ count }) => count },
      { title: "TYPE", value: ({ type }) => type, leaveOut: 2 },
      { title: "LAST", value: ({ lastSeenAt }) => `${distance(lastSeenAt, nowMs)} ago`, leaveOut: 1 },
      { title: "ERROR", value: ({ title }) => title, atLeast: 20 },
    ]);
  }
  if (summary.steps.steps.length > 0) {
    output.heading("Steps");
    output.table(summary.steps.steps, [
      { title: "ACTIVITY", value: ({ activity }) => activity },
      { title: "OK", value: ({ succeeded }) => succeeded },
      { title: "FAILED", value: ({ failed }) => failed },
      { title: "ATTEMPTS", value: ({ attempts }) => attempts },
      { title: "P50", value: ({ p50Ms }) => took(p50Ms) },
      { title: "P95", value: ({ p95Ms }) => took(p95Ms) },
    ]);
  }
  output.heading("Not in these numbers");
  for (const sentence of [...summary.leavesOut, ...summary.steps.leavesOut]) output.text(sentence);
}

function showWhole(output: Output, { window, asOf, total, open, tasks, deadLetters }: Summary, nowMs: number): void {
  const { now, before } = total;
  const beside = (value: string | number, other: string | number) => `${value} (${window} before: ${other})`;
  output.fields([
    ["Window", `${window}, counted up to ${atTime(asOf, nowMs)}`],
    ["Completed", beside(now.completed, before.completed)],
    ["An hour", beside(now.perHour, before.perHour)],
    ["Failed", beside(now.failed, before.failed)],
    ["Timed out", beside(now.timedOut, before.timedOut)],
    ["Failure rate", beside(percent(now.failureRate), percent(before.failureRate))],
    ["Took", `${took(now.averageMs)} on average, p95 ${took(now.p95Ms)}, longest ${took(now.longestMs)}`],
    ["SLA", now.sla && `${now.sla.inTime} in time, ${now.sla.late} late`],
    ["Running", `${open.running}, of which ${open.waiting} wait for a slot and ${open.paused} are paused`],
    ["In trouble", `${open.parked} parked, ${open.stuck} stuck, ${open.partial} with effects left`],
    ["Tasks", `${openText(tasks, nowMs)}, ${tasks.overdue} overdue`],
    ["Dead letters", openText(deadLetters, nowMs)],
  ]);
}

const columns: readonly Column<TypeMetrics>[] = [
  { title: "TYPE", value: ({ type }) => type, atLeast: 12 },
  { title: "COMPLETED", value: ({ now }) => now.completed },
  { title: "FAILED", value: ({ now }) => now.failed },
  { title: "TIMED OUT", value: ({ now }) => now.timedOut, leaveOut: 2 },
  { title: "RATE", value: ({ now }) => percent(now.failureRate), leaveOut: 5 },
  { title: "BEFORE", value: ({ before }) => before.completed, leaveOut: 4 },
  { title: "AVERAGE", value: ({ now }) => took(now.averageMs), leaveOut: 2 },
  { title: "P95", value: ({ now }) => took(now.p95Ms), leaveOut: 3 },
  { title: "LATE", value: ({ now }) => now.sla?.late, leaveOut: 1 },
  { title: "RUNNING", value: ({ open }) => open?.running },
  { title: "LATE NOW", value: ({ open }) => open?.late, leaveOut: 1 },
];

function openText({ open, oldestAt }: OpenByAge, nowMs: number): string {
  return oldestAt === undefined ? `${open} open` : `${open} open, the oldest for ${distance(oldestAt, nowMs)}`;
}

function percent(share: number | null): string {
  return share === null ? "-" : `${(share * 100).toFixed(1)}%`;
}

function took(ms: number | null): string {
  if (ms === null) return "-";
  if (ms < 1_000) return `${Math.round(ms)}ms`;
  return ms < 60_000 ? `${(ms / 1_000).toFixed(1)}s` : `${(ms / 60_000).toFixed(1)}m`;
}

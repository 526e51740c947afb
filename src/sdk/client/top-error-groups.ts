import type { ErrorGroupRecord, ErrorGroupStatus } from "../core/error-group.ts";
import type { MetricsWindow, WindowAt } from "../core/metrics-window.ts";
import { groupOf } from "./error-group.ts";
import type { MetricsScope } from "./metrics-scope.ts";
import { hoursOf } from "./show-error-group.ts";

/** A pattern of failures that nobody has mended or ignored. */
export interface TopErrorGroup {
  readonly fingerprint: string;
  /** The error's type, and what its messages have in common. */
  readonly title: string;
  readonly type: string;
  readonly status: ErrorGroupStatus;
  /** Failures within the window: in spans of ten minutes, and of days for windows of several. */
  readonly count: number;
  readonly lastSeenAt: string;
  /** Failures by hour, the last 24, oldest first. */
  readonly trend: readonly number[];
}

const most = 5;
const spanMs = 600_000;

interface Within {
  readonly at: WindowAt;
  readonly window: MetricsWindow;
  readonly type: string | undefined;
}

/** Those with the most failures within a window. */
export function topGroups(
  { temporal, links, redact }: MetricsScope,
  records: readonly ErrorGroupRecord[],
  { type, ...within }: Within,
): readonly TopErrorGroup[] {
  return records
    .filter((record) => type === undefined || record.type === type)
    .filter(({ status }) => status === "open" || status === "regressed")
    .map((record) => ({ record, count: countWithin(record, within) }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count || (a.record.lastSeenAt < b.record.lastSeenAt ? 1 : -1))
    .slice(0, most)
    .map(({ record, count }) => {
      const { fingerprint, error, pattern, status, lastSeenAt } = groupOf(temporal, record, { links, redact, records });
      const trend = hoursOf(record, Date.now()).map((hour) => hour.count);
      return { fingerprint, title: `${error.type}: ${pattern}`, type: record.type, status, count, lastSeenAt, trend };
    });
}

function countWithin({ recent, days }: ErrorGroupRecord, { at, window }: Omit<Within, "type">): number {
  const isShort = window === "1h" || window === "24h";
  const counts = isShort
    ? Object.entries(recent).filter(([span]) => (Number(span) + 1) * spanMs > at.fromMs)
    : Object.entries(days).filter(([day]) => day >= new Date(at.fromMs).toISOString().slice(0, 10));
  return counts.reduce((sum, [, count]) => sum + count, 0);
}

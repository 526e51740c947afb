// What a run records about its business. The totals are module state, of this run only, and in its memo, where they are
// counted when the run has closed; a run that goes on as another takes them along in its memo.
import { upsertMemo, workflowInfo } from "@temporalio/workflow";
import { metricsMemo } from "../core/run-metrics.ts";
import type { MetricTotals } from "../core/run-totals.ts";

const mostNames = 20;

let totals: Record<string, MetricTotals> | undefined;
let isTelling = false;

/**
 * Records a value of this run under a name, to be counted, summed and averaged over the runs of the type when it has closed;
 * a run that never closes counts nothing. Values are no money that is paid and no audit: they are numbers for people to look at.
 *
 * @param name - a lower-case letter, then letters, digits, dots, hyphens and underscores, 64 at most; 20 names a run
 * @param value - finite; what it is in is best said by the name. @default 1
 * @throws `TypeError` of another name or value: a programming error, which ends nothing.
 * @example
 * ```ts
 * metric("orders.value", 129);
 * metric("orders.express");
 * ```
 */
export function metric(name: string, value = 1): void {
  if (!/^[a-z][A-Za-z0-9._-]{0,63}$/.test(name)) {
    throw new TypeError(`A metric's name begins with a lower-case letter and has 64 characters at most, not ${name}`);
  }
  if (!Number.isFinite(value)) throw new TypeError(`Metric "${name}" takes finite numbers, not ${String(value)}`);
  totals ??= { ...carried() };
  const before = Object.hasOwn(totals, name) ? totals[name] : undefined;
  if (!before && Object.keys(totals).length >= mostNames) {
    throw new TypeError(`A run has ${mostNames} metrics at most; "${name}" is one more`);
  }
  totals[name] = { count: (before?.count ?? 0) + 1, sum: (before?.sum ?? 0) + value };
  tellSoon();
}

/** Once for all that is recorded at one moment. */
function tellSoon(): void {
  if (isTelling) return;
  isTelling = true;
  void Promise.resolve().then(() => {
    isTelling = false;
    upsertMemo({ [metricsMemo]: totals });
  });
}

function carried(): Readonly<Record<string, MetricTotals>> {
  return (workflowInfo().memo?.[metricsMemo] ?? {}) as Readonly<Record<string, MetricTotals>>;
}

// One day of one type. What has closed is read elsewhere; this keeps it, minute by minute in its memo, and two days after the
// day hour by hour. It may be told anything twice, and in any order. It can't be canceled, so that no number is lost by mistake.
import { CancellationScope, condition, defineSignal, setHandler, upsertMemo, workflowInfo } from "@temporalio/workflow";
import { closesAtMs, hourMemo, readingsSignal, rollupMemo, type RollupSubject } from "../../core/rollup.ts";
import { type DayTotals, inHours, type MinuteReading, withReadings } from "../../core/rollup-state.ts";
import { continuedWith, isLong } from "./continued-with.ts";

/** A history that is read again at each start of a worker stays short. */
const longestHistory = 1_000;

export async function tenutoRollup(subject: RollupSubject, carried: DayTotals = {}): Promise<DayTotals> {
  return CancellationScope.nonCancellable(() => keep(subject, carried));
}

async function keep(subject: RollupSubject, carried: DayTotals): Promise<DayTotals> {
  let day = carried;
  let told = carried;
  setHandler(defineSignal<[readonly MinuteReading[]]>(readingsSignal), (readings) => {
    day = withReadings(day, readings);
  });
  const { startTime } = workflowInfo();
  const closesMs = closesAtMs(subject, startTime.getTime());
  for (;;) {
    const isNew = await condition(() => day !== told, Math.max(1, closesMs - Date.now()));
    if (!isNew) break;
    tell(day, told);
    told = day;
    if (isLong(longestHistory)) return continuedWith<typeof tenutoRollup>(memoOf(subject, day), subject, day);
  }
  const total = inHours(day);
  tell(total, told);
  return total;
}

/** Only the hours that have changed: the others stay as they are in the memo. */
function tell(day: DayTotals, told: DayTotals): void {
  const changed = Object.entries(day).filter(([hour, totals]) => totals !== told[hour]);
  if (changed.length > 0) upsertMemo(Object.fromEntries(changed.map(([hour, totals]) => [hourMemo(hour), totals])));
}

function memoOf(subject: RollupSubject, day: DayTotals): Readonly<Record<string, unknown>> {
  const hours = Object.entries(day).map(([hour, totals]) => [hourMemo(hour), totals] as const);
  return { [rollupMemo]: subject, ...Object.fromEntries(hours) };
}

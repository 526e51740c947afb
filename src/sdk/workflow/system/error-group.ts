import {
  ApplicationFailure,
  condition,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setHandler,
  upsertMemo,
} from "@temporalio/workflow";
import {
  changeGroupUpdate,
  type ErrorGroupChange,
  errorGroupMemo,
  type ErrorGroupRecord,
  type ErrorGroupState,
  type Sightings,
  sightingsSignal,
} from "../../core/error-group.ts";
import { marksOfGroup, withChange, withSightings } from "../../core/error-group-state.ts";
import { type GroupNews, groupNewsActivityType, nextNews, nothingTold } from "../../core/group-news.ts";
import { replaceMarks } from "../marks.ts";
import { continuedWith, isLong } from "./continued-with.ts";

/** A pattern that was not seen for so long is a new one when it comes back. */
const forgottenAfterMs = 90 * 86_400_000;

/** Who is away is told for as long as it takes: the activity begins alerts, which have deliveries of their own. */
const tenuto = proxyActivities<Record<string, (news: GroupNews) => Promise<void>>>({
  startToCloseTimeout: "30s",
  retry: { initialInterval: "1s", maximumInterval: "1m" },
});

/** A history that is read again at each start of a worker stays short. */
const defaultEventsPerRun = 1_000;

/** One error group: failures come many at once, each is counted once, and its memo has the record. */
export async function tenutoErrorGroup(
  carried?: ErrorGroupState,
  eventsPerRun = defaultEventsPerRun,
): Promise<ErrorGroupRecord | undefined> {
  let state = carried;
  let heard = 0;
  const change = (next: ErrorGroupState | undefined) => {
    heard += 1;
    if (!next || next === state) return;
    state = next;
    upsertMemo({ [errorGroupMemo]: next.record });
    replaceMarks(marksOfGroup(next.record));
  };
  setHandler(defineSignal<[Sightings]>(sightingsSignal), (sightings) => {
    change(withSightings(state, sightings, Date.now()));
  });
  setHandler(
    defineUpdate<ErrorGroupRecord, [ErrorGroupChange]>(changeGroupUpdate),
    (asked) => {
      const before = known(state);
      const record = withChange(before.record, asked, new Date().toISOString());
      change({ ...before, record });
      return record;
    },
    {
      validator: (asked: ErrorGroupChange) => {
        known(state);
        assertSaid(asked);
      },
    },
  );
  const continued = () =>
    continuedWith<typeof tenutoErrorGroup>(state ? { [errorGroupMemo]: state.record } : {}, state, eventsPerRun);
  for (;;) {
    const before = heard;
    const next = state && nextNews(state.record, state.told ?? nothingTold);
    if (next) {
      const isTold = await Promise.race([
        tenuto[groupNewsActivityType]?.(next.news).then(() => true),
        condition(() => isLong(eventsPerRun)).then(() => false),
      ]);
      // The next run tells it again, which changes nothing.
      if (!isTold) return continued();
      // Much may have been heard meanwhile.
      state = { ...known(state), told: next.told };
      continue;
    }
    const isHeard = await condition(() => heard !== before || isLong(eventsPerRun), forgottenAfterMs);
    if (isLong(eventsPerRun)) return continued();
    if (!isHeard) return state?.record;
  }
}

function known(state: ErrorGroupState | undefined): ErrorGroupState {
  if (state) return state;
  throw ApplicationFailure.nonRetryable("Nothing was told yet", "ErrorGroupEmpty");
}

function assertSaid(change: ErrorGroupChange): void {
  const told = change.action === "note" ? change.note : change.action === "assign" ? "." : change.reason;
  if ([change.by, told].every((text) => typeof text === "string" && text.trim() !== "")) return;
  throw ApplicationFailure.nonRetryable("Say who changes the error group (`by`), and why", "InvalidInput");
}

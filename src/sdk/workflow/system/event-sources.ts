import {
  ApplicationFailure,
  condition,
  defineSignal,
  defineUpdate,
  setHandler,
  upsertMemo,
} from "@temporalio/workflow";
import {
  eventSourcesMemo,
  type EventSourcesRecord,
  type PausedSource,
  pauseSourceUpdate,
  type ProcessReport,
  reportSourcesSignal,
  resumeSourceUpdate,
  type SourceChange,
} from "../../core/event-sources.ts";
import { changeIssues, noEventSources, withPause, withReport, withResume } from "../../core/event-sources-state.ts";
import { continuedWith, isLong } from "./continued-with.ts";

/** The memo is written as a whole: of many reports, one writing has them all. */
const writtenEveryMs = 5_000;

/** A history that is read again at each start of a worker stays short. */
const defaultEventsPerRun = 1_000;

/**
 * The event sources of an app. Its memo has who paused which, and what each process told last, so that nothing needs a
 * worker to read it; its history is who changed what, and why.
 */
export async function tenutoEventSources(
  carried: EventSourcesRecord = noEventSources,
  eventsPerRun = defaultEventsPerRun,
): Promise<void> {
  let state = carried;
  let writtenAt = 0;
  let isWritten = true;
  const write = (): void => {
    upsertMemo({ [eventSourcesMemo]: state });
    writtenAt = Date.now();
    isWritten = true;
  };
  const change = (next: EventSourcesRecord): void => {
    if (next === state) return;
    state = next;
    write();
  };
  setHandler(defineSignal<[ProcessReport]>(reportSourcesSignal), (report) => {
    const next = withReport(state, report, Date.now());
    isWritten &&= next === state;
    state = next;
  });
  setHandler(
    defineUpdate<PausedSource | null, [SourceChange]>(pauseSourceUpdate),
    (asked) => {
      change(withPause(state, asked, new Date().toISOString()));
      return state.paused[asked.source] ?? null;
    },
    { validator: refuseUnlessSaid },
  );
  setHandler(
    defineUpdate<null, [SourceChange]>(resumeSourceUpdate),
    (asked) => {
      change(withResume(state, asked));
      return null;
    },
    { validator: refuseUnlessSaid },
  );
  while (!isLong(eventsPerRun)) {
    await condition(() => !isWritten || isLong(eventsPerRun));
    const waitMs = writtenAt + writtenEveryMs - Date.now();
    if (waitMs > 0) await condition(() => isWritten || isLong(eventsPerRun), waitMs);
    if (!isWritten) write();
  }
  await continuedWith<typeof tenutoEventSources>({ [eventSourcesMemo]: state }, state, eventsPerRun);
}

function refuseUnlessSaid(asked: SourceChange): void {
  const issues = changeIssues(asked);
  if (issues.length === 0) return;
  const message = issues.map(({ pointer, message: text }) => `${pointer}: ${text}`).join("; ");
  throw ApplicationFailure.create({ type: "InvalidInput", message, nonRetryable: true, details: [issues] });
}

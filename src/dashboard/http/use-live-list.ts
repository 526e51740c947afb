import { useCallback, useRef } from "preact/hooks";
import type { MetricsSummary } from "tenuto/client";
import type { Answered } from "./use-answer.ts";
import { useEvents } from "./use-events.ts";
import { useRepeat } from "./use-repeat.ts";

/** How old a list may get while somebody looks at it. */
const everyMs = 15_000;
/** Whoever looks at the same list has the same answer, so that many open pages cost little more than one. */
const maxAgeSeconds = { now: 2, byTime: 14 } as const;

/**
 * Reads an open list again when the counts change that the stream of numbers tells, and every so often besides: they do not
 * tell all that a list shows.
 */
export function useLiveList(answered: Answered<unknown>, countsOf: (summary: MetricsSummary) => unknown): void {
  const latest = useRef(answered);
  latest.current = answered;
  const read = useCallback((maxAge: number) => {
    const { isLoading, refresh } = latest.current;
    // What is asked and filled in in front of the list may belong to something that is in it no longer.
    if (isLoading || document.hidden || document.querySelector("dialog[open]")) return;
    refresh(maxAge);
  }, []);
  const told = useRef<string>(undefined);
  const summary = (data: unknown) => {
    const counts = JSON.stringify(countsOf(data as MetricsSummary));
    const isNews = told.current !== undefined && told.current !== counts;
    told.current = counts;
    if (isNews) read(maxAgeSeconds.now);
  };
  useEvents("v1/metrics/stream", { summary }, { window: "1h" });
  useRepeat(
    useCallback(() => read(maxAgeSeconds.byTime), [read]),
    everyMs,
  );
}

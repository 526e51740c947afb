import { useEffect, useRef, useState } from "preact/hooks";
import { part } from "../http/ask.ts";
import { useEvents } from "../http/use-events.ts";
import type { TimelineEvent } from "./history-event.ts";

/** How soon after an event it is drawn: many come at once. */
const drawMs = 150;
/** How soon after the last event the run is described anew. */
const settleMs = 400;

/** The events of the run that has a workflow id, oldest first, as they come; `onChange` is called when some have come. */
export function useRunEvents(
  workflowId: string,
  runId: string | undefined,
  onChange: () => void,
): readonly TimelineEvent[] {
  const [events, setEvents] = useState<readonly TimelineEvent[]>([]);
  const kept = useRef<TimelineEvent[]>([]);
  const [count, setCount] = useState(0);
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => {
    if (count === 0) return undefined;
    const draw = setTimeout(() => setEvents([...kept.current]), drawMs);
    const settle = setTimeout(() => latest.current(), settleMs);
    return () => {
      clearTimeout(draw);
      clearTimeout(settle);
    };
  }, [count]);
  const listeners = {
    message: (data: unknown) => {
      const event = data as TimelineEvent;
      // A run that went on as a new one begins anew.
      if (kept.current[0]?.runId !== event.runId) kept.current = [];
      // One that comes again after a cut is there already.
      if (Number(kept.current.at(-1)?.eventId ?? 0) >= Number(event.eventId)) return;
      kept.current.push(event);
      setCount((each) => each + 1);
    },
    end: () => setCount((each) => each + 1),
  };
  useEvents(`v1/runs/${part(workflowId)}/events`, listeners, { runId });
  return events;
}

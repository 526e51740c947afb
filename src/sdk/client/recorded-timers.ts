import type { RecordedEvent } from "./recorded-event.ts";
import { withValues } from "./recorded-values.ts";

/** What the event that starts a timer says of its purpose. */
export function purposeOf(event: RecordedEvent | undefined): unknown {
  return event?.timerStartedEventAttributes && withValues(event.userMetadata?.summary);
}

/** A length of time in Temporal's JSON, as in "86400s", as we write it: "1d". */
export function lengthOf(seconds = "0s"): string {
  const ms = Math.round(Number.parseFloat(seconds) * 1_000);
  const [unit, length] = Object.entries(unitMs).find(([, length]) => ms % length === 0) ?? ["ms", 1];
  return `${ms / length}${unit}`;
}

const unitMs = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 };

import type { RedriveRecord } from "../core/dead-letter.ts";
import { deliverEventActivityType, type LetterEvent } from "../core/letter-event.ts";
import type { RawDescription } from "./describe-raw.ts";
import { pendingStepOf } from "./describe-run.ts";
import { cut } from "./recorded-run.ts";

const longestMessage = 300;

/** The redrives of an event, of which the last one is under way, with what that waits for. */
export function withPending(
  redrives: readonly RedriveRecord[],
  { app }: LetterEvent,
  { pendingActivities }: RawDescription,
): readonly RedriveRecord[] {
  const last = redrives.at(-1);
  const pending = (pendingActivities ?? []).map(pendingStepOf).find(({ type }) => type === deliverEventActivityType);
  if (!last || !pending) return redrives;
  const { attempt, lastFailure, state } = pending;
  const failed = lastFailure && `${lastFailure.type}: ${cut(lastFailure.message, longestMessage)}`;
  const waits = state === "scheduled" ? `waits for a worker of "${app}"` : "is being delivered";
  const outcome = failed === undefined ? waits : `is tried again (attempt ${attempt}), after ${failed}`;
  return [...redrives.slice(0, -1), { ...last, outcome }];
}

import type { App } from "../core/define-app.ts";
import type { GroupShowing } from "./error-group.ts";
import type { KeptAnswers, Question } from "./kept-answers.ts";
import type { Temporal } from "./temporal.ts";

/** Whose numbers they are, and what is kept for all who ask. */
export interface MetricsScope extends GroupShowing {
  readonly temporal: Temporal;
  readonly app: App;
  readonly kept: KeptAnswers;
}

/** Milliseconds; as of a {@link Question}. */
type Times = Pick<Question<unknown>, "freshMs" | "deadMs">;

/** What changes all the time, what people look at, and what costs a request for each type. */
export const times = {
  closed: { freshMs: 4_000, deadMs: 15_000 },
  open: { freshMs: 8_000, deadMs: 30_000 },
  lists: { freshMs: 12_000, deadMs: 40_000 },
  ofType: { freshMs: 15_000, deadMs: 60_000 },
  recentDays: { freshMs: 40_000, deadMs: 60_000 },
  olderDays: { freshMs: 300_000, deadMs: 600_000 },
  settings: { freshMs: 600_000, deadMs: 3_600_000 },
} as const satisfies Readonly<Record<string, Times>>;

/** A question of one tenant, or of who has none. */
export function questionOf<Value>(
  { temporal }: Pick<MetricsScope, "temporal">,
  when: Times,
  { key, ask }: Pick<Question<Value>, "key" | "ask">,
): Question<Value> {
  return { ...when, key: `${temporal.idPrefix} ${key}`, ask };
}

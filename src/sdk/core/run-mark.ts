/**
 * What a run is found by besides its type and status: `parked` waits for an operator's decision, `paused` was held by
 * one, `partial` has an undo that was given up, `waiting` has not begun and waits for its slot.
 */
export type RunMark = "parked" | "paused" | "partial" | "waiting";

/** The search attribute (KeywordList) that holds the marks of a run. */
export const marksAttribute = "TenutoMarks";

/** The marks among the values of the search attribute: what else is there, only Tenuto itself looks for. */
export function isRunMark(value: string): value is RunMark {
  return (runMarks as readonly string[]).includes(value);
}

const runMarks: readonly RunMark[] = ["parked", "paused", "partial", "waiting"];

/** The mark of a run that has dropped a signal; only Tenuto itself looks for it. */
export const poisonMark = "poison";

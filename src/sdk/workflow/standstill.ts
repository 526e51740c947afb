// How long this run has waited for an operator: a deadline does not count that time. Module state belongs to one run;
// `Date` is the run's own clock, which a replay repeats.
let causes = 0;
let since = 0;
let totalMs = 0;

/** The run stands still until each call is matched by {@link goOn}. */
export function standStill(): void {
  if (causes === 0) since = Date.now();
  causes += 1;
}

export function goOn(): void {
  causes -= 1;
  if (causes === 0) totalMs += Date.now() - since;
}

/** The run has stood still already, before it could know. */
export function standsStillFor(ms: number): void {
  totalMs += ms;
}

export function isStandingStill(): boolean {
  return causes > 0;
}

/** For how long the run has stood still so far, in milliseconds. */
export function stoodStillMs(): number {
  return totalMs + (causes > 0 ? Date.now() - since : 0);
}

// Which activities of this run are scheduled and not over. Module state belongs to one run.
const pausable = new Set<string>();

/** Follows an activity until it is over. What waits for it is not held up by that, not even by a microtask. */
export function followUntil(over: Promise<unknown>, activityId: string): void {
  pausable.add(activityId);
  const forget = () => pausable.delete(activityId);
  over.then(forget, forget);
}

/** The activities whose retries a pause stops: never an undo. */
export function pausableActivities(): readonly string[] {
  return [...pausable];
}

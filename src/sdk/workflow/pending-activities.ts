// Which activities of this run are scheduled and not over. Module state belongs to one run.
const pausable = new Set<string>();

/** Follows an activity until it is over; `isUndo` keeps it out of what a pause may stop. */
export async function followed<T>(activityId: string, isUndo: boolean, running: Promise<T>): Promise<T> {
  if (isUndo) return running;
  pausable.add(activityId);
  try {
    return await running;
  } finally {
    pausable.delete(activityId);
  }
}

/** The activities whose retries a pause stops: never an undo. */
export function pausableActivities(): readonly string[] {
  return [...pausable];
}

import { type Entry, pendingUndosOf } from "./undo-stack.ts";

// Module state belongs to one run.
const open = new Set<readonly Entry[]>();

export function openSaga(entries: readonly Entry[]): void {
  open.add(entries);
}

export function closeSaga(entries: readonly Entry[]): void {
  open.delete(entries);
}

/** How many undos the open sagas of this run have to remember. */
export function pendingUndos(): number {
  return pendingUndosOf([...open].flat());
}

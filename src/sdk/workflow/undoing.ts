import { AsyncLocalStorage } from "@temporalio/workflow";

/** The step that is being undone. */
export interface UndoneStep {
  readonly step: string;
  readonly key?: string;
  /** Called when an operator is waited for: no other undo has to wait as well. */
  readonly onParked?: () => void;
}

const current = new AsyncLocalStorage<UndoneStep>();
const givenUp = new WeakSet<Error>();

/** What the running code undoes; `undefined` when it is no undo. */
export function undoneStep(): UndoneStep | undefined {
  return current.getStore();
}

export function asUndoOf<T>(step: UndoneStep, undo: () => T): T {
  return current.run(step, undo);
}

/** Notes that it is decided already that the undo which failed with this error stays undone. */
export function giveUp(error: unknown): void {
  if (error instanceof Error) givenUp.add(error);
}

export function isGivenUp(error: unknown): boolean {
  return error instanceof Error && givenUp.has(error);
}

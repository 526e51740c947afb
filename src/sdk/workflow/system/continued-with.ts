import { makeContinueAsNewFunc, type Workflow, workflowInfo } from "@temporalio/workflow";

/** Whether a run is to go on as a new one: a history that is read again at each start of a worker stays short. */
export function isLong(eventsPerRun: number): boolean {
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  return continueAsNewSuggested || historyLength > eventsPerRun;
}

/** Goes on as a new run. The server gives it the memo that this one was started with: `now` is what has changed since. */
export function continuedWith<Of extends Workflow>(
  now: Readonly<Record<string, unknown>>,
  ...args: Parameters<Of>
): Promise<never> {
  const { typedSearchAttributes, ...info } = workflowInfo();
  const memo = info.memo as Readonly<Record<string, unknown>> | undefined;
  return makeContinueAsNewFunc<Of>({ memo: { ...memo, ...now }, typedSearchAttributes })(...args);
}

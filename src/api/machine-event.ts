import type { App, WorkflowContract } from "tenuto";

/** Whether an update of this name is an event of a state machine, whichever workflow of the app it is sent to. */
export function isMachineEvent({ workflows }: App, name: string): boolean {
  const having = workflows.filter(({ updates }) => Object.hasOwn(updates, name));
  return having.length > 0 && having.every((contract) => hasEvent(contract, name));
}

function hasEvent({ machine }: WorkflowContract, name: string): boolean {
  if (!machine) return false;
  return [machine, ...machine.previous.map((each) => each.machine)].some(({ events }) => Object.hasOwn(events, name));
}

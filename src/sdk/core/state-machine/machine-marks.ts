import { configurationOf } from "./configuration.ts";
import type { StateMachine } from "./machine.ts";
import type { MachineSnapshot } from "./snapshot.ts";
import { inDocumentOrder, type StateNode } from "./state-node.ts";

/** The mark of every run that has a state machine. */
export const machineMark = "machine";

/** The mark of runs that are in a version of a machine. */
export function versionMark(machine: string, version: number): string {
  return `machine:${machine}:${version}`;
}

/** The mark of runs whose machine is in a state, by its path. */
export function stateMark(path: string): string {
  return `state:${path}`;
}

/** By which marks a run is found for its machine: its version, and every state that is active. */
export function marksOfMachine(machine: StateMachine, snapshot: MachineSnapshot): readonly string[] {
  const active = inDocumentOrder(configurationOf(machine, snapshot)).map(({ path }) => stateMark(path));
  return [machineMark, versionMark(machine.name, machine.version), ...active];
}

/** Whether only the machine of a run has this mark. */
export function isMachineMark(mark: string): boolean {
  return mark === machineMark || mark.startsWith("machine:") || mark.startsWith("state:");
}

/** A search attribute holds 2,048 bytes, and other marks need some. */
export const mostStateCharacters = 700;

/** How many characters the marks of states have at most that are active together in a state, itself among them. */
export function longestMarks(node: StateNode): number {
  const own = node.path === "" ? 0 : stateMark(node.path).length;
  const inner = node.children.map(longestMarks);
  return own + (node.kind === "parallel" ? inner.reduce((sum, each) => sum + each, 0) : Math.max(0, ...inner));
}

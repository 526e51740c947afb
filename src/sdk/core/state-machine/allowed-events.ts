import { configurationOf } from "./configuration.ts";
import type { StateMachine } from "./machine.ts";
import type { MachineSnapshot } from "./snapshot.ts";
import { triggers } from "./state-node.ts";

/**
 * The events that active states declare, in the order of the machine's `events`. Whether a guard lets one pass depends on its
 * data: it may be refused yet.
 */
export function allowedEvents(machine: StateMachine, snapshot: MachineSnapshot): readonly string[] {
  if (snapshot.status === "done") return [];
  const active = [...configurationOf(machine, snapshot)];
  return Object.keys(machine.events).filter((name) => active.some(({ edges }) => edges.has(triggers.event(name))));
}

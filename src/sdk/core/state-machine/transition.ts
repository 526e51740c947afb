import type { z } from "zod";
import { allowedEvents } from "./allowed-events.ts";
import type { MachineEvent, SchemasByName } from "./definition.ts";
import { type Draft, draftOf, type Happening, stepOf } from "./draft.ts";
import type { StateMachine } from "./machine.ts";
import { edgesFor, macrostep } from "./macrostep.ts";
import type { MachineSnapshot, MachineStep, RefusedEvent } from "./snapshot.ts";
import { triggers } from "./state-node.ts";

/** What a machine's snapshots have as their context. */
type ContextOf<Machine extends StateMachine> = z.output<Machine["context"]>;

/**
 * What a machine does when it begins: the candidate has its initial states. Its `before` has no active state at all.
 *
 * @param now - Milliseconds of the epoch.
 */
export function initialSnapshot<Machine extends StateMachine>(
  machine: Machine,
  context: ContextOf<Machine>,
  now: number,
): MachineStep<ContextOf<Machine>> {
  const before: MachineSnapshot<ContextOf<Machine>> = {
    machine: machine.name,
    version: machine.version,
    status: "active",
    value: [],
    context,
    deadlines: [],
    outputs: [],
  };
  const draft = draftOf(machine, before, now);
  const begin = { source: machine.root, trigger: "", targets: machine.root.initial, isInternal: true };
  macrostep(draft, [{ ...begin, actions: { raise: () => [] } }], {});
  return typed(stepOf(draft, before));
}

/**
 * What a machine does on an event: a candidate with the steps that must succeed before it counts; or why it does nothing.
 * The event's data is not parsed here.
 *
 * It is pure. What it does is what W3C's SCXML says (Recommendation of 1 September 2015, appendix D,
 * https://www.w3.org/TR/scxml/). First {@link advance} until nothing is left that the machine does by itself.
 *
 * @param now - Milliseconds of the epoch.
 * @throws `EndlessMacrostep` when it never comes to rest, `InvalidSnapshot` when the snapshot is not one of this machine.
 * @example
 * ```ts
 * const step = transition(returnRequest, snapshot, { type: "inspected", data: { ok: true } }, now);
 * if ("refused" in step) console.log(step.refused.allowed);
 * else console.log(step.snapshot.value, step.effects);
 * ```
 */
export function transition<Machine extends StateMachine>(
  machine: Machine,
  snapshot: MachineSnapshot<ContextOf<Machine>>,
  event: EventOf<Machine>,
  now: number,
): MachineStep<ContextOf<Machine>> | RefusedEvent {
  const { type, data } = event as { readonly type: string; readonly data: unknown };
  const draft = draftOf(machine, snapshot, now);
  const isTaken = snapshot.status === "active" && take(draft, { trigger: triggers.event(type), data: { event: data } });
  return isTaken
    ? typed(stepOf(draft, snapshot))
    : { refused: { event: type, allowed: allowedEvents(machine, snapshot) } };
}

/** What a machine can be told. */
export type EventOf<Machine extends StateMachine> = MachineEvent<
  Machine["events"] extends infer Events extends SchemasByName ? Events : never
>;

/** Takes the transitions of something that happened, and all that follows; whether there are any. */
export function take(draft: Draft, happening: Happening): boolean {
  const edges = edgesFor(draft, happening);
  if (edges.length > 0) macrostep(draft, edges, happening.data);
  return edges.length > 0;
}

/** A machine's context stays what its schema says: transitions only assign what its type allows. */
export function typed<Context>(step: MachineStep): MachineStep<Context> {
  return step as MachineStep<Context>;
}

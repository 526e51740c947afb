import { z } from "zod";
import { machineOf } from "../../../src/sdk/core/state-machine/define-state-machine.ts";
import { counted } from "./scxml/case.ts";
import type { WrittenState, WrittenTransition } from "../../../src/sdk/core/state-machine/written-state.ts";

export type Random = () => number;

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[Math.floor(random() * items.length)] as Item;
}

export const eventNames = ["e1", "e2", "e3"] as const;

/** A machine of up to a few dozen states that may make no sense, but whose names all mean something. */
export function randomMachine(random: Random, depth = 3) {
  const shape = shapeOf(random, depth);
  const paths = pathsIn(shape);
  const states = withTransitions(random, shape, "", paths);
  const schemas = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, z.json()]));
  const described = { name: "random", version: 1, context: z.json(), description: "" };
  const named = { ...described, events: schemas(eventNames), steps: schemas(["work"]) };
  const initial = pick(random, Object.keys(shape));
  return { machine: machineOf(named, { ...named, initial, states }), states };
}

type Shape = Readonly<Record<string, WrittenState>>;

function shapeOf(random: Random, depth: number): Shape {
  const names = ["a", "b", "c"].slice(0, 2 + Math.floor(random() * 2));
  return Object.fromEntries(names.map((name) => [name, shapeOfOne(random, depth)]));
}

function shapeOfOne(random: Random, depth: number): WrittenState {
  const dice = random();
  if (depth > 1 && dice < 0.25) return { type: "parallel", states: shapeOf(random, depth - 1) };
  if (depth > 1 && dice < 0.6) {
    const states = shapeOf(random, depth - 1);
    return { states, initial: pick(random, pathsIn(states)) };
  }
  return dice > 0.9 ? { type: "final" } : {};
}

function pathsIn(states: Shape): readonly string[] {
  return Object.entries(states).flatMap(([name, state]) => [
    name,
    ...pathsIn(state.states ?? {}).map((path) => `${name}.${path}`),
  ]);
}

function withTransitions(random: Random, states: Shape, above: string, paths: readonly string[]): Shape {
  const grown = Object.entries(states).map(([name, state]) => {
    const path = above === "" ? name : `${above}.${name}`;
    return [name, grownState(random, state, path, paths)] as const;
  });
  return Object.fromEntries(grown);
}

function grownState(random: Random, state: WrittenState, path: string, paths: readonly string[]): WrittenState {
  const entry = random() < 0.3 ? { entry: counting, exit: counting } : {};
  if (state.type === "final") return { ...state, ...entry, ...(random() < 0.5 && { output: () => path }) };
  const go = () => transition(random, paths);
  const events = eventNames.filter(() => random() < 0.45);
  return {
    ...state,
    ...entry,
    ...(state.states && { states: withTransitions(random, state.states, path, paths), onDone: byItself(go()) }),
    on: Object.fromEntries(events.map((name) => [name, [go(), go()]])),
    ...(random() < 0.15 && { always: byItself(go()) }),
    ...(random() < 0.3 && { after: { [pick(random, ["1s", "2s", "1m"])]: go() } }),
    ...(random() < 0.15 && { invoke: { step: "work", onDone: go(), onError: go() } }),
  };
}

/** A counter that is above this keeps a machine from going on by itself. */
const most = 20;

const counting: Pick<WrittenTransition, "assign"> = { assign: ({ context }) => ({ n: counted(context, "n") + 1 }) };

/** What a machine does by itself ends, but for a few. */
function byItself(transition: WrittenTransition): WrittenTransition {
  const guard: NonNullable<WrittenTransition["guard"]> = (given) =>
    counted(given["context"], "n") < most && (transition.guard?.(given) ?? true);
  return { ...transition, guard, ...counting };
}

function transition(random: Random, paths: readonly string[]): WrittenTransition {
  const turn = Math.floor(random() * 3);
  const raised = pick(random, eventNames);
  return {
    ...(random() < 0.85 && { target: pick(random, paths) }),
    ...(random() < 0.4 && { guard: ({ context }) => counted(context, "n") % 3 !== turn }),
    ...(random() < 0.3 && counting),
    ...(random() < 0.1 && {
      ...counting,
      raise: ({ context }) => (counted(context, "n") < most ? [raised] : []),
    }),
    ...(random() < 0.2 && { internal: true }),
  };
}

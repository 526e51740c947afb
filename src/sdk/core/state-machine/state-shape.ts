import { InvalidDefinition } from "../errors/invalid-definition.ts";
import { listed, type WrittenMachine, type WrittenRaise, type WrittenState } from "./written-state.ts";

/** What a state of a kind can't have, since nothing would ever come of it. */
const foreign = {
  final: ["states", "initial", "on", "always", "after", "invoke", "onDone", "onError", "rewind"],
  parallel: ["initial", "output"],
  compound: ["output"],
  atomic: ["initial", "onDone", "output"],
} as const satisfies Record<string, readonly (keyof WrittenState)[]>;

/** All that a state can have. */
const parts = {
  ...{ type: true, initial: true, states: true, entry: true, exit: true, on: true, always: true, after: true },
  ...{ invoke: true, onDone: true, onError: true, rewind: true, output: true },
} as const satisfies Record<keyof WrittenState, true>;

/** @throws {@link InvalidDefinition} when a state has what its kind can't have, or names an event or step that there is not. */
export function assertShape(state: WrittenState, whose: string, { events, steps = {} }: WrittenMachine): void {
  const kind = state.type ?? (state.states ? "compound" : "atomic");
  if (!Object.hasOwn(foreign, kind)) refuse(`The type of ${whose}`, kind, 'Give "parallel", "final", or none.');
  const unknown = Object.keys(state).find((part) => !Object.hasOwn(parts, part));
  if (unknown) refuse(`What ${whose} has`, unknown, `Write one of ${Object.keys(parts).join(", ")}.`);
  const wrong = foreign[kind].find((part) => state[part] !== undefined);
  if (wrong)
    refuse(`\`${wrong}\` of ${whose}`, `a state that is ${kind}`, `Leave \`${wrong}\` out, or change its type.`);
  const inside = Object.keys(state.states ?? {}).length;
  if (kind === "parallel" && inside < 2)
    refuse(`\`states\` of ${whose}`, inside, "A parallel state has two regions at least; else leave its type out.");
  if (kind === "compound" && inside === 0)
    refuse(`\`states\` of ${whose}`, inside, "Give it a state, or leave `states` out.");
  for (const name of Object.keys(state.on ?? {})) assertKnown(name, events, "event", `\`on\` of ${whose}`);
  if (state.invoke) assertKnown(state.invoke.step, steps, "step", `\`invoke\` of ${whose}`);
  for (const { raise } of actionsIn(state)) {
    if (typeof raise === "function") continue;
    for (const event of listed<WrittenRaise>(raise))
      assertKnown(typeof event === "string" ? event : event.type, events, "event", `\`raise\` in ${whose}`);
  }
}

function actionsIn(state: WrittenState) {
  const { entry, exit, on = {}, after = {}, always, onDone, onError, invoke } = state;
  const transitions = [...Object.values(on), ...Object.values(after), always, onDone, invoke?.onDone];
  const errors = [onError, invoke?.onError].map((each) => (each === "fail" ? undefined : each));
  return [...listed(entry), ...listed(exit), ...[...transitions, ...errors].flatMap((each) => listed(each))];
}

function assertKnown(
  name: string,
  known: Readonly<Record<string, unknown>>,
  kind: "event" | "step",
  what: string,
): void {
  if (Object.hasOwn(known, name)) return;
  const names = Object.keys(known).join(", ") || "none";
  refuse(what, name, `Declare it in \`${kind}s\` of the machine, or use one that is: ${names}.`);
}

function refuse(what: string, got: unknown, remedy: string): never {
  throw new InvalidDefinition({ what, got, remedy });
}

import type { z } from "zod";
import { InvalidDefinition } from "../errors/invalid-definition.ts";
import { configurationOf, valueOf } from "./configuration.ts";
import { draftOf, givenOf } from "./draft.ts";
import type { SchemasByName } from "./definition.ts";
import type { StateMachine } from "./machine.ts";
import type { MachineSnapshot } from "./snapshot.ts";

/** What a snapshot of a version of before is in the newest one. */
export interface MigratedSnapshot<Context = unknown> {
  /** The paths of the innermost active states. */
  readonly value: readonly string[];
  readonly context: Context;
}

/** A version of a machine that runs of before may still be in, made by {@link previousVersion}. */
export interface PreviousVersion<Context = unknown> {
  readonly machine: StateMachine;
  /** Absent when its runs stay what they are. */
  // A method, not a property: a version of one context is then usable where any is.
  migrate?(snapshot: MachineSnapshot): MigratedSnapshot<Context>;
}

/**
 * A version of a machine of before: runs of it stay in it, and with `migrate` become the newest one when they continue as new.
 *
 * @example
 * ```ts
 * const parcel = defineStateMachine("parcel", {
 *   version: 2,
 *   context: z.object({ orderId: z.string(), tries: z.int() }),
 *   events: { delivered: z.object({}) },
 *   initial: "onItsWay",
 *   states: { onItsWay: { on: { delivered: { target: "there" } } }, there: { type: "final" } },
 *   previous: [previousVersion(parcelV1, ({ context }) => ({ value: ["onItsWay"], context: { ...context, tries: 0 } }))],
 * });
 * ```
 */
export function previousVersion(machine: StateMachine): PreviousVersion<never>;
export function previousVersion<Old extends StateMachine, Context>(
  machine: Old,
  migrate: (snapshot: MachineSnapshot<z.output<Old["context"]>>) => MigratedSnapshot<Context>,
): PreviousVersion<Context>;
export function previousVersion(
  machine: StateMachine,
  migrate?: (snapshot: MachineSnapshot) => MigratedSnapshot,
): PreviousVersion {
  return { machine, ...(migrate && { migrate }) };
}

/** A machine's versions by their numbers, the newest first. */
export function versionsOf(machine: StateMachine): ReadonlyMap<number, StateMachine> {
  const all = [machine, ...machine.previous.map((each) => each.machine)];
  return new Map(all.toSorted((a, b) => b.version - a.version).map((each) => [each.version, each]));
}

/** The events of all of a machine's versions, with their schemas; the newest schema of each counts. */
export function eventsOfVersions(machine: StateMachine): SchemasByName {
  return Object.fromEntries(
    [...versionsOf(machine).values()].toReversed().flatMap(({ events }) => Object.entries(events)),
  );
}

/**
 * A snapshot at rest as one of the newest version; as it is, when it is one, or nothing is said of how to migrate it. Deadlines
 * of states that are active before and after stay, others count from now, in milliseconds of the epoch.
 *
 * @throws `InvalidSnapshot` when the machine can't be in what `migrate` gives.
 */
export function migrated(machine: StateMachine, snapshot: MachineSnapshot, now: number): MachineSnapshot {
  const previous = machine.previous.find((each) => each.machine.version === snapshot.version);
  if (!previous?.migrate) return snapshot;
  const { value, context } = previous.migrate(snapshot);
  const { version } = machine;
  const bare: MachineSnapshot = { ...snapshot, version, value, context, deadlines: [], outputs: [] };
  const active = configurationOf(machine, bare);
  const given = givenOf(draftOf(machine, bare, now), {});
  const deadlines = [...active].flatMap(({ path, delays }) =>
    delays.map(({ after, ms }) => {
      const kept = snapshot.deadlines.find((each) => each.state === path && each.after === after);
      return kept ?? { state: path, after, at: now + ms(given) };
    }),
  );
  return { ...bare, value: valueOf(active), deadlines };
}

/** @throws {@link InvalidDefinition} unless these are earlier versions of the same machine, each once. */
export function assertPrevious(
  previous: readonly PreviousVersion[],
  { name, version }: Pick<StateMachine, "name" | "version">,
): void {
  const seen = new Set<number>();
  for (const { machine } of previous) {
    const isEarlier = machine.name === name && machine.version < version && !seen.has(machine.version);
    if (!isEarlier) {
      throw new InvalidDefinition({
        what: `\`previous\` of machine "${name}", version ${version}`,
        got: `machine "${machine.name}", version ${machine.version}`,
        remedy: "List earlier versions of the same machine, each once.",
      });
    }
    seen.add(machine.version);
  }
}

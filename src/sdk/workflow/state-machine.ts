import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew as rawContinueAsNew,
  patched,
  workflowInfo,
} from "@temporalio/workflow";
import type { z } from "zod";
import { isProgrammingError } from "../core/programming-error.ts";
import { dueAt } from "../core/state-machine/advance.ts";
import type { StateMachine } from "../core/state-machine/machine.ts";
import { keptEvents, type MachineRecord } from "../core/state-machine/machine-record.ts";
import { eventsOfVersions, migrated, versionsOf } from "../core/state-machine/previous-version.ts";
import type { MachineStep } from "../core/state-machine/snapshot.ts";
import { initialSnapshot } from "../core/state-machine/transition.ts";
import { leaveMachine, takeMachine } from "./carried-machine.ts";
import { clockSettled } from "./clock.ts";
import { openMachineCalls } from "./machine-calls.ts";
import { MachineRun } from "./machine-run.ts";
import type { MachineSteps, UntypedSteps } from "./machine-steps.ts";
import { stampedByCompiler } from "./parse.ts";
import { startInput } from "./start-input.ts";

/** How a machine begins, and what its steps do. */
export interface MachineOptions<Machine extends StateMachine> {
  /** What it remembers at the beginning. */
  readonly context: z.output<Machine["context"]>;
  /** Those of versions of before, too. */
  readonly steps: MachineSteps<Machine>;
  /**
   * How many events a run takes before it continues as new; earlier when the server finds its history long.
   *
   * @default 1000, the most
   */
  readonly eventsPerRun?: number;
}

/** What a machine was in when it was done. */
export interface MachineResult<Context> {
  /** The path of its final state. */
  readonly state: string;
  readonly context: Context;
  /** What its final state gives. */
  readonly output: unknown;
}

/**
 * Runs a state machine until it is in a final state. Call it before the first `await` of a workflow whose contract names the
 * machine, once in a run: when the run continues as new, the workflow function begins again, and the machine goes on.
 *
 * @throws the failure of a step whose `onError` is `"fail"`.
 * @example
 * ```ts
 * const { state } = await runStateMachine(parcel, { context: { orderId: "o-1" }, steps: {} });
 * ```
 */
export async function runStateMachine<Machine extends StateMachine>(
  machine: Machine,
  options: NoInfer<MachineOptions<Machine>>,
): Promise<MachineResult<z.output<Machine["context"]>>> {
  if (isOpen) throw new TypeError("A run has one state machine: call runStateMachine once.");
  isOpen = true;
  const { eventsPerRun = keptEvents } = options;
  if (!Number.isInteger(eventsPerRun) || eventsPerRun < 1 || eventsPerRun > keptEvents)
    throw new RangeError(`eventsPerRun is a whole number from 1 to ${keptEvents}, not ${eventsPerRun}`);
  const versions = versionsOf(machine);
  const wait = clockSettled();
  if (!wait) run = begin(versions, options);
  openMachineCalls(Object.keys(eventsOfVersions(machine)), () => run);
  if (wait) await wait;
  run ??= begin(versions, options);
  await driven(run, { newest: machine, eventsPerRun });
  const { value, context, output } = run.snapshot;
  return { state: value[0] ?? "", context: context as z.output<Machine["context"]>, output };
}

// Module state belongs to one run.
let isOpen = false;
let run: MachineRun | undefined;

function begin(
  versions: ReadonlyMap<number, StateMachine>,
  { context, steps }: { readonly context: unknown; readonly steps: object },
): MachineRun {
  const carried = takeMachine();
  const machine = carried ? versionOf(versions, carried) : versionToBegin(versions);
  const first = carried ? undefined : initialSnapshot(machine, context, Date.now());
  const record = carried ?? { snapshot: (first as MachineStep).before, transitions: [], visited: [], taken: [] };
  const begun = new MachineRun(machine, { record, steps: steps as UntypedSteps });
  // The run before has told what it was in then.
  if (record.transitions.at(-1)?.cause.kind === "migration") begun.publish();
  begun.settle(Date.now(), first && { step: first, cause: { kind: "start" } });
  return begun;
}

/** The newest that this run knew when it began, which its history says. */
function versionToBegin(versions: ReadonlyMap<number, StateMachine>): StateMachine {
  const found = [...versions.values()].find(({ name, version }) => patched(`tenuto.machine.${name}.${version}`));
  if (found) return found;
  throw new TypeError(
    `The run began with a version of its machine that is not in the bundle any more: ${known(versions)}`,
  );
}

function versionOf(versions: ReadonlyMap<number, StateMachine>, { snapshot }: MachineRecord): StateMachine {
  const found = versions.get(snapshot.version);
  if (found && found.name === snapshot.machine) return found;
  const { machine, version } = snapshot;
  throw new TypeError(
    `The run is in machine "${machine}", version ${version}, which is not in the bundle: ${known(versions)}`,
  );
}

function known(versions: ReadonlyMap<number, StateMachine>): string {
  return `it has ${[...versions.values()].map(({ name, version }) => `"${name}" ${version}`).join(", ")}. Add it to \`previous\`.`;
}

interface Driving {
  readonly newest: StateMachine;
  readonly eventsPerRun: number;
}

/** Until the machine is done: runs its steps, wakes it when a deadline is due, and goes on in a new run when this one is long. */
async function driven(own: MachineRun, { newest, eventsPerRun }: Driving): Promise<void> {
  const isLong = () => (own.events >= eventsPerRun || workflowInfo().continueAsNewSuggested) && allHandlersFinished();
  try {
    while (own.hasWork || own.snapshot.status === "active") {
      if (own.hasWork) await own.work();
      else if (isLong()) await goOn(own, newest);
      else await untilSomething(own, isLong);
    }
  } catch (error) {
    if (isProgrammingError(error)) throw error;
    own.fail(error);
    await CancellationScope.nonCancellable(() => condition(() => !own.isAnswering));
    throw error;
  }
}

async function untilSomething(own: MachineRun, isLong: () => boolean): Promise<void> {
  const due = dueAt(own.snapshot);
  const isDifferent = () => own.hasWork || own.snapshot.status === "done" || isLong() || dueAt(own.snapshot) !== due;
  if (due === undefined) await condition(isDifferent);
  else if (!(await condition(isDifferent, Math.max(1, due - Date.now())))) {
    const wait = clockSettled();
    if (wait) await wait;
    own.settle(Date.now());
  }
}

/** Lets nothing in any more, and goes on in a new run; nothing is under way. */
async function goOn(own: MachineRun, newest: StateMachine): Promise<void> {
  own.leave();
  const { snapshot, transitions, ...rest } = own.record;
  const next = migrated(newest, snapshot, Date.now());
  const { value: state } = next;
  const number = (transitions.at(-1)?.number ?? 0) + 1;
  const cause = { kind: "migration", fromVersion: snapshot.version } as const;
  const more = next === snapshot ? [] : [{ number, at: new Date().toISOString(), cause, state }];
  leaveMachine({ ...rest, snapshot: next, transitions: [...transitions, ...more] });
  await stampedByCompiler(() => rawContinueAsNew(startInput()));
}

// A run's state machine as callers see it. A memo tells most of it: no worker is asked for that.
import { redactedNames } from "../core/define-app.ts";
import { NoStateMachine } from "../core/errors/no-state-machine.ts";
import { redacted } from "../core/redacted.ts";
import { machineDiagram } from "../core/state-machine/machine-diagram.ts";
import {
  type LiveMachine,
  type MachineMoving,
  machineQuery,
  type MachineTransitionRecord,
} from "../core/state-machine/machine-record.ts";
import type { MachineSnapshot } from "../core/state-machine/snapshot.ts";
import { describeRaw, executionOf } from "./describe-run.ts";
import type { RunReference } from "./grpc-errors.ts";
import { decode } from "./payloads.ts";
import { type RunStatus, runStatusOf } from "./run-status.ts";
import type { Reach } from "./run-target.ts";
import type { Temporal } from "./temporal.ts";
import { machineOfVersion, toldMachineIn } from "./told-machine.ts";

/** When a state's time is over; times are RFC 3339. */
export interface ShownDeadline {
  readonly state: string;
  /** As the definition has it: a duration, or the name of a delay. */
  readonly after: string;
  readonly at: string;
}

/** What a run's state machine is in. */
export interface MachineState {
  readonly workflowId: string;
  readonly runId: string;
  readonly runStatus: RunStatus;
  readonly machine: string;
  readonly version: number;
  /** `done` in a final state. */
  readonly status: MachineSnapshot["status"];
  /** The paths of the innermost active states, in document order. */
  readonly state: readonly string[];
  /** The events that it takes; whether a guard lets one pass depends on its data. None while it is in transition. */
  readonly allowed: readonly string[];
  /** The states that an operator may bring it back to. */
  readonly rewindable: readonly string[];
  readonly deadlines: readonly ShownDeadline[];
  /** The last ones, oldest first: 100 when a worker answers within a second, else 10. */
  readonly transitions: readonly MachineTransitionRecord[];
  /** The transition whose steps have not ended; absent at rest, and when no worker answers. */
  readonly moving?: MachineMoving;
  /** What it remembers, without what contracts redact; absent when no worker answers. */
  readonly context?: unknown;
}

/** What else there is to tell must not wait for a worker. */
const liveWaitMs = 1_000;

/** @throws what {@link TenutoClient.machineState} throws. */
export async function showMachine({ temporal, app }: Reach, run: RunReference): Promise<MachineState> {
  const { workflowExecutionInfo: info } = await describeRaw(temporal, run);
  const runId = info?.execution?.runId ?? "";
  const runStatus = runStatusOf(info?.status);
  const live = await liveMachine(temporal, { workflowId: run.workflowId, runId });
  const known = live ?? toldMachineIn(info);
  if (!known) throw new NoStateMachine(run.workflowId, info?.type?.name ?? "");
  const isOver = runStatus !== "running";
  const { machine, version, status, state, transitions } = known;
  return {
    ...{ workflowId: run.workflowId, runId, runStatus, machine, version, status, state },
    allowed: isOver || live?.moving ? [] : known.allowed,
    rewindable: isOver || live?.moving ? [] : known.rewindable,
    deadlines: isOver ? [] : known.deadlines.map((each) => ({ ...each, at: new Date(each.at).toISOString() })),
    transitions,
    ...(live?.moving && { moving: live.moving }),
    ...(live && { context: redacted(live.context, redactedNames(app)) }),
  };
}

/** @throws what {@link TenutoClient.machineDiagram} throws. */
export async function drawMachine({ temporal, app }: Reach, run: RunReference): Promise<string> {
  const { workflowExecutionInfo: info } = await describeRaw(temporal, run);
  const type = info?.type?.name ?? "";
  const told = toldMachineIn(info);
  if (!told) throw new NoStateMachine(run.workflowId, type);
  const newest = app.workflows.find(({ name }) => name === type)?.machine;
  const machine = machineOfVersion(newest, told);
  if (!machine) throw new NoStateMachine(run.workflowId, type);
  const { machine: name, version, status, state: value } = told;
  return machineDiagram(machine, { machine: name, version, status, value, context: {}, deadlines: [], outputs: [] });
}

async function liveMachine(temporal: Temporal, run: RunReference): Promise<LiveMachine | undefined> {
  const request = { namespace: temporal.namespace, execution: executionOf(run), query: { queryType: machineQuery } };
  try {
    const deadline = Date.now() + liveWaitMs;
    const { queryResult } = await temporal.call((service) => service.queryWorkflow(request), { run, deadline });
    return (decode(queryResult?.payloads?.[0]) as LiveMachine | null) ?? undefined;
  } catch {
    return undefined;
  }
}

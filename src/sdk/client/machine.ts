// A run's state machine as callers see it. A memo tells most of it: no worker is asked for that.
import { redactedNames } from "../core/define-app.ts";
import { NoStateMachine } from "../core/errors/no-state-machine.ts";
import { redacted } from "../core/redacted.ts";
import { machineDiagram } from "../core/state-machine/machine-diagram.ts";
import { type LiveMachine, machineQuery } from "../core/state-machine/machine-record.ts";
import type { MachineDeadline } from "../core/state-machine/snapshot.ts";
import { describeRaw } from "./describe-raw.ts";
import { askBriefly } from "./describe-run.ts";
import type { RunReference } from "./grpc-errors.ts";
import { type RunStatus, runStatusOf } from "./run-status.ts";
import type { Reach } from "./run-target.ts";
import { machineOfVersion, toldMachineIn } from "./told-machine.ts";

/** When a state's time is over; times are RFC 3339. */
export type ShownDeadline = Omit<MachineDeadline, "at"> & { readonly at: string };

/**
 * What a run's state machine is in. It takes nothing while it is in transition; of its transitions it tells 100 when a worker
 * answers within a second, else 10. Without a worker it has neither `moving` nor a context; what contracts redact is not in that.
 */
export interface MachineState extends Omit<LiveMachine, "deadlines" | "context"> {
  readonly workflowId: string;
  readonly runId: string;
  readonly runStatus: RunStatus;
  readonly deadlines: readonly ShownDeadline[];
  readonly context?: unknown;
}

/** @throws what {@link TenutoClient.machineState} throws. */
export async function showMachine({ temporal, app }: Reach, run: RunReference): Promise<MachineState> {
  const { workflowExecutionInfo: info } = await describeRaw(temporal, run);
  const runId = info?.execution?.runId ?? "";
  const runStatus = runStatusOf(info?.status);
  const live =
    (await askBriefly<LiveMachine | null>(
      temporal,
      { workflowId: run.workflowId, runId },
      { queryType: machineQuery },
    )) ?? undefined;
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

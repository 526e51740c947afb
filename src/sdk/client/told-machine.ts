import type { temporal as api } from "@temporalio/proto";
import type { StateMachine } from "../core/state-machine/machine.ts";
import { machineMemo, type ToldMachine } from "../core/state-machine/machine-record.ts";
import { versionsOf } from "../core/state-machine/previous-version.ts";
import { ifReadable } from "./if-readable.ts";
import { decode } from "./payloads.ts";

type Info = api.api.workflow.v1.IWorkflowExecutionInfo;

/** What a run's memo says of its machine; `undefined` of a run without one, or that can't be decrypted here. */
export function toldMachineIn(info: Info | null | undefined): ToldMachine | undefined {
  const told = ifReadable(() => decode(info?.memo?.fields?.[machineMemo])) as Partial<ToldMachine> | null | undefined;
  return told && typeof told.machine === "string" && Array.isArray(told.state) ? (told as ToldMachine) : undefined;
}

/** The definition that a run is in, as far as the app has it. */
export function machineOfVersion(
  newest: StateMachine | undefined,
  told: Pick<ToldMachine, "machine" | "version">,
): StateMachine | undefined {
  return newest?.name === told.machine ? versionsOf(newest).get(told.version) : undefined;
}

import { optionalTsToDate } from "@temporalio/common/lib/time.js";
import type { temporal } from "@temporalio/proto";
import { isRunMark, marksAttribute, type RunMark } from "../core/run-mark.ts";
import type { ToldMachine } from "../core/state-machine/machine-record.ts";
import { decode } from "./payloads.ts";
import { type RunStatus, runStatusOf } from "./run-status.ts";
import { toldMachineIn } from "./told-machine.ts";

/** Where to go on from a run: paths of the REST API, and the run's page in the Temporal Web UI. */
export interface RunLinks {
  readonly self: string;
  readonly result: string;
  readonly history: string;
  readonly temporalUi?: string;
}

/** What a list says about a run; times are RFC 3339. */
export interface RunSummary {
  readonly workflowId: string;
  readonly runId: string;
  readonly type: string;
  readonly status: RunStatus;
  readonly startedAt: string;
  readonly closedAt?: string;
  readonly taskQueue: string;
  /** Events in its history; a list knows it of closed runs only. */
  readonly historyLength?: number;
  /** What the run is found by besides its type and status. */
  readonly marks: readonly RunMark[];
  /** What its state machine is in, as its memo tells it. */
  readonly machine?: Pick<ToldMachine, "machine" | "version" | "status" | "state" | "allowed">;
  readonly links: RunLinks;
}

/** Where the Temporal Web UI is. */
export interface LinkBase {
  readonly namespace: string;
  readonly temporalUiUrl?: string | undefined;
  /** What the Temporal Web UI shows before each workflow id: it knows no tenants. @default none */
  readonly idPrefix?: string | undefined;
}

export function linksOf(run: { readonly workflowId: string; readonly runId: string }, base: LinkBase): RunLinks {
  const id = encodeURIComponent(run.workflowId);
  const path = `/v1/runs/${id}`;
  const query = run.runId === "" ? "" : `?runId=${run.runId}`;
  const ui = base.temporalUiUrl?.replace(/\/+$/, "");
  return {
    self: path + query,
    result: `${path}/result${query}`,
    history: `${path}/history${query}`,
    ...(ui !== undefined && {
      temporalUi: `${ui}/namespaces/${encodeURIComponent(base.namespace)}/workflows/${encodeURIComponent(base.idPrefix ?? "")}${id}${run.runId === "" ? "" : `/${run.runId}/history`}`,
    }),
  };
}

export function summaryOf(info: temporal.api.workflow.v1.IWorkflowExecutionInfo, base: LinkBase): RunSummary {
  const run = { workflowId: info.execution?.workflowId ?? "", runId: info.execution?.runId ?? "" };
  const closedAt = timeOf(info.closeTime);
  const historyLength = Number(info.historyLength ?? 0);
  const told = toldMachineIn(info);
  return {
    ...run,
    type: info.type?.name ?? "",
    status: runStatusOf(info.status),
    startedAt: timeOf(info.startTime) ?? "",
    ...(closedAt !== undefined && { closedAt }),
    taskQueue: info.taskQueue ?? "",
    ...(historyLength > 0 && { historyLength }),
    marks: marksOf(info),
    ...(told && { machine: briefOf(told) }),
    links: linksOf(run, base),
  };
}

function briefOf({ machine, version, status, state, allowed }: ToldMachine): NonNullable<RunSummary["machine"]> {
  return { machine, version, status, state, allowed };
}

export function timeOf(timestamp: Parameters<typeof optionalTsToDate>[0]): string | undefined {
  const date = optionalTsToDate(timestamp);
  return date && date.getTime() > 0 ? date.toISOString() : undefined;
}

function marksOf({ searchAttributes }: temporal.api.workflow.v1.IWorkflowExecutionInfo): readonly RunMark[] {
  const marks = decode(searchAttributes?.indexedFields?.[marksAttribute]);
  return (Array.isArray(marks) ? marks : [marks]).map(String).filter(isRunMark);
}

import type { z } from "zod";
import type { App } from "../core/define-app.ts";
import type { WorkflowContract } from "../core/define-workflow.ts";
import { NoWorkerPolling } from "../core/errors/no-worker-polling.ts";
import { RunNotAnswering } from "../core/errors/run-not-answering.ts";
import type { ToldMachine } from "../core/state-machine/machine-record.ts";
import { describeRaw } from "./describe-raw.ts";
import type { RunReference } from "./grpc-errors.ts";
import { toldMachineIn } from "./told-machine.ts";
import { findWorkers } from "./readiness.ts";
import { runStatusOf } from "./run-status.ts";
import type { Temporal } from "./temporal.ts";

/** What a message needs: the server, and the contracts. */
export interface Reach {
  readonly temporal: Temporal;
  readonly app: App;
}

/** The run that a message goes to. */
export interface RunTarget {
  readonly workflowId: string;
  readonly runId: string;
  readonly type: string;
  readonly taskQueue: string;
  readonly isRunning: boolean;
  /** `undefined` for a workflow that the app does not have. */
  readonly contract: WorkflowContract | undefined;
  /** What its memo says of its state machine. */
  readonly machine?: ToldMachine | undefined;
}

/** @throws `RunNotFound` */
export async function findTarget({ temporal, app }: Reach, run: RunReference, deadline: number): Promise<RunTarget> {
  const { workflowExecutionInfo: info } = await describeRaw(temporal, run, deadline);
  const type = info?.type?.name ?? "";
  return {
    workflowId: run.workflowId,
    runId: info?.execution?.runId ?? "",
    type,
    taskQueue: info?.taskQueue ?? "",
    isRunning: runStatusOf(info?.status) === "running",
    contract: app.workflows.find(({ name }) => name === type),
    machine: toldMachineIn(info),
  };
}

/** Only a name that the contract itself has: `toString` is none. */
export function ownMember<T>(members: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

/** The schemas of one query or update. */
export interface CallSchema {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
}

/** Why a run said nothing, by whether somebody polls for its work. */
export async function silenceOf(
  temporal: Temporal,
  { what, target, cause }: { readonly what: string; readonly target: RunTarget; readonly cause?: unknown },
): Promise<Error> {
  const workers = await findWorkers(temporal, target.taskQueue);
  const Silence = workers.ok ? RunNotAnswering : NoWorkerPolling;
  return new Silence(what, target, cause === undefined ? undefined : { cause });
}

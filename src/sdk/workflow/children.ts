import {
  ApplicationFailure,
  ChildWorkflowFailure,
  type ChildWorkflowOptions,
  continueAsNew as rawContinueAsNew,
  startChild as rawStartChild,
  workflowInfo,
} from "@temporalio/workflow";
import type { z } from "zod";
import { DeclaredError } from "../core/declared-error.ts";
import type { Idempotency, WorkflowContract } from "../core/define-workflow.ts";
import { parseDuration } from "../core/duration.ts";
import { type Lane, laneOfStart, temporalPriority } from "../core/priority.ts";
import { laneOf } from "../core/lane.ts";
import { isMarkedDeclared } from "../core/step-failure.ts";
import { stampedByCompiler } from "./parse.ts";
import { nextChildId } from "./step-keys.ts";
import { taskQueueFor } from "./task-queue.ts";
import { inherited } from "./tenant.ts";

/** How a child is started. */
export interface ChildOptions {
  /** @default the contract's `workflowId`, else one made from the run and the call, the same after a reset */
  readonly workflowId?: string;
  /** What becomes of the child when this run closes first: it is canceled, so that it undoes, or it goes on. @default "cancel" */
  readonly whenParentCloses?: "cancel" | "go on";
  /** Which of its steps go first where work waits. @default its type's, else this run's, field by field */
  readonly lane?: Lane;
}

/** A child that has started. */
export interface Child<Output> {
  readonly workflowId: string;
  readonly runId: string;
  /** Waits for its end. */
  result(): Promise<Output>;
}

const reusePolicies = {
  "once-per-id": "REJECT_DUPLICATE",
  "retry-if-failed": "ALLOW_DUPLICATE_FAILED_ONLY",
  "allow-duplicate": "ALLOW_DUPLICATE",
} as const satisfies Record<Idempotency, ChildWorkflowOptions["workflowIdReusePolicy"]>;

/**
 * Runs another workflow as a child of this one and waits for its result; a declared error arrives as what it is.
 *
 * @throws Temporal's `ChildWorkflowFailure` for any other end; `InvalidInput` when its lane can't be used.
 * @example
 * ```ts
 * const { chargeId } = await runChild(chargeContract, { amountCents: 1200 });
 * ```
 */
export async function runChild<Contract extends WorkflowContract>(
  contract: Contract,
  input: z.output<Contract["input"]>,
  options: ChildOptions = {},
): Promise<z.output<Contract["output"]>> {
  return (await startChild(contract, input, options)).result();
}

/**
 * Starts another workflow as a child of this one; when it returns, the child exists, whatever becomes of this run.
 *
 * @throws Temporal's `WorkflowExecutionAlreadyStartedError` when the contract's `idempotency` refuses the id;
 * `InvalidInput` when its lane can't be used.
 */
export async function startChild<Contract extends WorkflowContract>(
  contract: Contract,
  input: z.output<Contract["input"]>,
  { workflowId, whenParentCloses = "cancel", lane }: ChildOptions = {},
): Promise<Child<z.output<Contract["output"]>>> {
  // What neither says, the server takes from this run, and so from its tenant.
  const priority = temporalPriority(laneOfStart(lane, contract.lane, { input }));
  const options: ChildWorkflowOptions = {
    ...inherited(workflowId ?? contract.workflowId?.(input) ?? nextChildId(contract.name, input)),
    taskQueue: taskQueueFor(contract.queue),
    workflowIdReusePolicy: reusePolicies[contract.idempotency],
    parentClosePolicy: whenParentCloses === "cancel" ? "REQUEST_CANCEL" : "ABANDON",
    ...(priority && { priority }),
  };
  const handle = await stampedByCompiler(() => rawStartChild(contract.name, { ...options, args: [input] }), {
    deadlineMs: contract.deadline && parseDuration(contract.deadline),
    lane: laneOf(contract, input),
  });
  return {
    workflowId: handle.workflowId,
    runId: handle.firstExecutionRunId,
    result: async () => {
      try {
        return (await handle.result()) as z.output<Contract["output"]>;
      } catch (error) {
        throw declaredErrorIn(error) ?? error;
      }
    },
  };
}

/**
 * Ends this run and goes on in a new one with a fresh history; signals that were not received go with it.
 *
 * @throws `SagaOpen` while there is something to undo.
 */
export async function continueAsNew<Contract extends WorkflowContract>(
  _contract: Contract,
  input: z.output<Contract["input"]>,
): Promise<never> {
  return stampedByCompiler(() => rawContinueAsNew(input));
}

/** Whether the server finds the history long enough for {@link continueAsNew}. */
export function shouldContinueAsNew(): boolean {
  return workflowInfo().continueAsNewSuggested;
}

function declaredErrorIn(error: unknown): DeclaredError | undefined {
  const cause = error instanceof ChildWorkflowFailure ? error.cause : undefined;
  if (!(cause instanceof ApplicationFailure) || !isMarkedDeclared(cause.details)) return undefined;
  return new DeclaredError(cause.type ?? "Unknown", cause.details?.[0], { cause: error, message: cause.message });
}

import proto from "@temporalio/proto";

const { WorkflowExecutionStatus } = proto.temporal.api.enums.v1;

const codes = {
  running: WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING,
  completed: WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED,
  failed: WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED,
  canceled: WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED,
  terminated: WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TERMINATED,
  timedOut: WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TIMED_OUT,
  continuedAsNew: WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW,
} as const;

/** Where a run stands. */
export type RunStatus = keyof typeof codes;

/** Every {@link RunStatus}. */
export const runStatuses = Object.keys(codes) as readonly RunStatus[];

/** The status as Temporal's visibility queries spell it. */
export const visibilityStatus: Readonly<Record<RunStatus, string>> = {
  running: "Running",
  completed: "Completed",
  failed: "Failed",
  canceled: "Canceled",
  terminated: "Terminated",
  timedOut: "TimedOut",
  continuedAsNew: "ContinuedAsNew",
};

/** A status that Temporal has and we don't, such as paused, is a run that goes on. */
export function runStatusOf(code: number | null | undefined): RunStatus {
  return runStatuses.find((status) => codes[status] === code) ?? "running";
}

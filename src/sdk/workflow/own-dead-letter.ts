import { workflowInfo } from "@temporalio/workflow";
import { deadLetterIdOf } from "../core/dead-letter-id.ts";
import { carriedLetterMemo } from "../core/redrive.ts";

/**
 * The id of the dead letter that this run is when it parks, and that its failure goes to: of one that was started instead of
 * a failed run, that run's.
 */
export function ownDeadLetterId(): string {
  const { namespace, workflowId, originalExecutionRunId: originalRunId } = workflowInfo();
  return carriedLetterId() ?? deadLetterIdOf({ namespace, workflowId, originalRunId });
}

/** The id of the dead letter that this run was started to redrive. */
export function carriedLetterId(): string | undefined {
  const carried = workflowInfo().memo?.[carriedLetterMemo];
  return typeof carried === "string" ? carried : undefined;
}

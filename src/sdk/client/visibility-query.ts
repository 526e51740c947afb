import { systemTaskQueue } from "../core/dead-letter.ts";
import type { RunFilter } from "./list-runs.ts";
import { visibilityStatus } from "./run-status.ts";

/** The filter in Temporal's query language; no value in it can be more than a value. */
export function visibilityQuery({ type, status, startedAfter, startedBefore }: RunFilter): string {
  const conditions = [
    // Tenuto's own workflows are shown to who asks for them.
    type === undefined ? `TaskQueue != ${quote(systemTaskQueue)}` : `WorkflowType = ${quote(type)}`,
    status !== undefined && `ExecutionStatus = ${quote(visibilityStatus[status])}`,
    startedAfter !== undefined && `StartTime > ${quote(startedAfter.toISOString())}`,
    startedBefore !== undefined && `StartTime < ${quote(startedBefore.toISOString())}`,
  ];
  return conditions.filter((condition) => condition !== false).join(" AND ");
}

/** A string literal; Temporal reads both a backslash and a doubled quote as an escape. */
export function quote(value: string): string {
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}

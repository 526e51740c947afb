import { auditWorkflow } from "../core/audit.ts";
import { systemTaskQueue } from "../core/dead-letter.ts";
import { marksAttribute } from "../core/run-mark.ts";
import { machineMark, stateMark } from "../core/state-machine/machine-marks.ts";
import type { RunFilter } from "./list-runs.ts";
import { isSendable } from "./run-ids.ts";
import { visibilityStatus } from "./run-status.ts";

/** The filter in Temporal's query language; no value in it can be more than a value. The audit is no run of the app's. */
export function visibilityQuery(filter: RunFilter): string {
  const { type, status, state, hasMachine = false, mark, startedAfter, startedBefore } = filter;
  const conditions = [
    `WorkflowType != ${quote(auditWorkflow)}`,
    // Tenuto's own workflows are shown to who asks for them.
    type === undefined ? `TaskQueue != ${quote(systemTaskQueue)}` : `WorkflowType = ${quote(type)}`,
    status !== undefined && `ExecutionStatus = ${quote(visibilityStatus[status])}`,
    state !== undefined && `${marksAttribute} = ${quote(stateMark(state))}`,
    hasMachine && `${marksAttribute} = ${quote(machineMark)}`,
    mark !== undefined && `${marksAttribute} = ${quote(mark)}`,
    startedAfter !== undefined && `StartTime > ${quote(startedAfter.toISOString())}`,
    startedBefore !== undefined && `StartTime < ${quote(startedBefore.toISOString())}`,
  ];
  return conditions.filter((condition) => condition !== false).join(" AND ");
}

/** Whether a filter has a text that nothing can be found by. */
export function isFruitless({ type, state }: RunFilter): boolean {
  return [type, state].some((text) => text !== undefined && !canBeFound(text));
}

/** A string literal; Temporal reads both a backslash and a doubled quote as an escape. */
export function quote(value: string): string {
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}

/**
 * Whether a query can find this text; ask no other. On SQL databases the server puts a backslash before quotes,
 * backslashes and control characters, which the database then looks for, and PostgreSQL fails on a question mark, which
 * is taken for a parameter.
 */
export function canBeFound(text: string): boolean {
  return isSendable(text) && !/[?"\\\b\n\r\t]/.test(text);
}

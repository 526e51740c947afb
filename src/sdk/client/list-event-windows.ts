import { marksAttribute } from "../core/run-mark.ts";
import { eventWindowWorkflow, sourceMark, type WindowRecord } from "../core/window-record.ts";
import { windowRecordIn } from "./event-window.ts";
import { listPage } from "./list-runs.ts";
import type { Temporal } from "./temporal.ts";
import { canBeFound, quote } from "./visibility-query.ts";

/** Which windows of events to list. */
export interface EventWindowListOptions {
  /** The name of the source whose events they gather. */
  readonly source?: string | undefined;
  /** From 1 to 200. @default 50 */
  readonly limit?: number | undefined;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** A window of events with its id, by which `eventWindow` shows it. */
export interface ListedEventWindow extends WindowRecord {
  readonly id: string;
}

/** One page of windows of events. */
export interface EventWindowPage {
  readonly items: readonly ListedEventWindow[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

/** @throws what {@link TenutoClient.eventWindows} throws. */
export async function listEventWindows(
  temporal: Temporal,
  { source, limit, cursor }: EventWindowListOptions,
): Promise<EventWindowPage> {
  if (source !== undefined && !canBeFound(source)) return { items: [] };
  const ofSource = source === undefined ? "" : ` AND ${marksAttribute} = ${quote(sourceMark(source))}`;
  const query = `WorkflowType = ${quote(eventWindowWorkflow)} AND ExecutionStatus = 'Running'${ofSource}`;
  const { infos, nextCursor } = await listPage(temporal, { query, limit, cursor });
  const items = infos.flatMap(({ execution, memo }): ListedEventWindow[] => {
    const record = windowRecordIn(memo);
    return record ? [{ id: execution?.workflowId ?? "", ...record }] : [];
  });
  return {
    // SQLite compares without case.
    items: items.filter((item) => source === undefined || item.source === source),
    ...(nextCursor !== undefined && { nextCursor }),
  };
}

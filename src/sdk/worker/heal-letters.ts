// Open letters whose failure was dealt with outside of them: by a reset, a new start, or a fix of a stuck run's code.
import type { Client } from "@temporalio/client";
import type { temporal as api } from "@temporalio/proto";
import { recordIn } from "../client/dead-letter.ts";
import { describeIfThere, type RawDescription } from "../client/describe-raw.ts";
import { ifReadable } from "../client/if-readable.ts";
import { listPage } from "../client/list-runs.ts";
import { fetchStart } from "../client/run-history.ts";
import { runStatusOf } from "../client/run-status.ts";
import { timeOf } from "../client/run-summary.ts";
import type { Temporal } from "../client/temporal.ts";
import { canBeFound, quote } from "../client/visibility-query.ts";
import { type DeadLetterRecord, deadLetterWorkflow, type Resolution, resolveSignal } from "../core/dead-letter.ts";
import { InvalidCursor } from "../core/errors/invalid-cursor.ts";

type Info = api.api.workflow.v1.IWorkflowExecutionInfo;

interface Healing {
  readonly temporal: Temporal;
  readonly client: Client;
  /** Where the look at open letters goes on. */
  readonly cursor: string | undefined;
  readonly beat: () => void;
}

/** A letter, and the workflow that it is. */
interface OpenLetter {
  readonly letterWorkflowId: string;
  readonly record: DeadLetterRecord;
}

/** Few enough ids for one query. */
const lettersAPage = 100;
const pagesAPass = 4;

/** Looks at some hundred letters; answers where the next pass goes on, `undefined` at the end. */
export async function healLetters({ temporal, client, cursor, beat }: Healing): Promise<string | undefined> {
  const query = `WorkflowType = ${quote(deadLetterWorkflow)} AND ExecutionStatus = 'Running'`;
  let next = cursor;
  for (let page = 0; page < pagesAPass; page++) {
    beat();
    const found = await listPage(temporal, { query, limit: lettersAPage, cursor: next }).catch((error: unknown) => {
      if (error instanceof InvalidCursor) return { infos: [] };
      throw error;
    });
    const letters = found.infos.flatMap(openLetter);
    const latest = await latestRuns(temporal, letters);
    for (const letter of letters) {
      const reason = await whyDealtWith(temporal, letter.record, latest.get(letter.record.workflowId));
      if (reason !== undefined) await resolve(client, letter, reason);
    }
    next = "nextCursor" in found ? found.nextCursor : undefined;
    if (next === undefined) break;
  }
  return next;
}

/** One that goes again follows its run itself. */
function openLetter(info: Info): readonly OpenLetter[] {
  const record = ifReadable(() => recordIn(info));
  // An event has no run that could be dealt with outside.
  if (record?.status !== "open" || record.event) return [];
  return [{ letterWorkflowId: info.execution?.workflowId ?? "", record }];
}

/** The run that each workflow id has now, of those that were started when its letter was opened, or later. */
async function latestRuns(temporal: Temporal, letters: readonly OpenLetter[]): Promise<ReadonlyMap<string, Info>> {
  const latest = new Map<string, Info>();
  const ids = [...new Set(letters.map(({ record }) => record.workflowId))].filter(canBeFound).map(quote);
  if (ids.length === 0) return latest;
  let cursor: string | undefined;
  do {
    const page = await listPage(temporal, { query: `WorkflowId IN (${ids.join(", ")})`, limit: 200, cursor });
    for (const info of page.infos) {
      const id = info.execution?.workflowId ?? "";
      const known = latest.get(id);
      if (!known || startedAt(info) > startedAt(known)) latest.set(id, info);
    }
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return latest;
}

function startedAt({ startTime }: Info): string {
  return timeOf(startTime) ?? "";
}

async function whyDealtWith(
  temporal: Temporal,
  record: DeadLetterRecord,
  listed: Info | undefined,
): Promise<string | undefined> {
  // Of an id that no query can find, only the server itself can tell.
  if (!listed && canBeFound(record.workflowId)) return undefined;
  const isSame = listed?.execution?.runId === record.runId;
  if (isSame && record.kind !== "stuck") return undefined;
  // Lists lag behind; what is decided by, the server itself says.
  const described = await describeIfThere(temporal, { workflowId: record.workflowId });
  const info = described?.workflowExecutionInfo;
  if (!info) return undefined;
  if (info.execution?.runId !== record.runId) return whyAnotherRun(temporal, record, info);
  return record.kind === "stuck" ? whyNotStuck(info, described) : undefined;
}

function whyNotStuck(info: Info, { pendingWorkflowTask: task }: RawDescription): string | undefined {
  const status = runStatusOf(info.status);
  if (status === "completed" || status === "canceled" || status === "continuedAsNew") return `Its run ${status}`;
  const problems = info.searchAttributes?.indexedFields?.["TemporalReportedProblems"];
  // The server reports problems after the fifth failure; an operator may have said so before.
  const isFailing = (task?.attempt ?? 1) > 1;
  return status === "running" && !problems && !isFailing ? "Its run is not stuck any more" : undefined;
}

/** One that a reset made has the effects in its history; a new one knows nothing of them. */
async function whyAnotherRun(temporal: Temporal, record: DeadLetterRecord, info: Info): Promise<string | undefined> {
  const runId = info.execution?.runId ?? "";
  const { originalExecutionRunId } = await fetchStart(temporal, { workflowId: record.workflowId, runId });
  if (originalExecutionRunId === record.originalRunId) return `It was reset from outside: run ${runId} goes on`;
  if (record.openEffects.length > 0 && record.kind !== "stuck") return undefined;
  return `It was started again from outside: run ${runId} is there instead`;
}

async function resolve(client: Client, { letterWorkflowId, record }: OpenLetter, reason: string): Promise<void> {
  const resolution: Resolution = { runId: record.runId, by: "tenuto", reason, at: new Date().toISOString() };
  try {
    await client.workflow.getHandle(letterWorkflowId).signal(resolveSignal, resolution);
  } catch (error) {
    // Somebody was faster: it is closed.
    if (!(error instanceof Error && error.name === "WorkflowNotFoundError")) throw error;
  }
}

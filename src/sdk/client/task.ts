// A human task as callers see it, made from what the server knows of its run: no worker is asked.
import type { temporal as api } from "@temporalio/proto";
import { z } from "zod";
import { type App, redactedNames } from "../core/define-app.ts";
import { isOpenTask, type TaskEnd, taskIdOf, taskMemoPrefix, type TaskRecord } from "../core/human-task.ts";
import { redacted } from "../core/redacted.ts";
import { tenantMemo } from "../core/tenant.ts";
import { ifReadable } from "./if-readable.ts";
import { decode } from "./payloads.ts";
import { type RunStatus, runStatusOf } from "./run-status.ts";
import type { Reach } from "./run-target.ts";

/** A question that a run puts to people; times are RFC 3339. */
export interface Task extends Omit<TaskRecord, "key" | "question" | "usedLinks"> {
  readonly taskId: string;
  readonly workflowId: string;
  readonly runId: string;
  readonly workflowType: string;
  /** Of its run: one that is over waits for no answer. */
  readonly runStatus: RunStatus;
  /** Whose it is, for who sees all tenants. */
  readonly tenant?: string;
  /** What is asked, without what contracts redact. */
  readonly data: unknown;
  /** JSON Schema of an answer, by the app's definition of today; `{}` of a task that the app does not know. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Whether it waits for an answer though it was due. */
  readonly overdue: boolean;
}

type Info = api.api.workflow.v1.IWorkflowExecutionInfo;

/** What tasks are shown with. */
export interface TaskView {
  readonly app: App;
  readonly redact: readonly string[];
  /** Whether who looks sees one tenant's tasks only, and need not be told whose they are. */
  readonly isOfTenant: boolean;
}

export function taskViewOf({ app, temporal }: Reach): TaskView {
  return { app, redact: redactedNames(app), isOfTenant: temporal.tenant !== undefined };
}

/** The tasks in a run's memo, as they are recorded, the one that was opened first, first. */
export function taskRecordsIn(info: Info | null | undefined): readonly TaskRecord[] {
  return Object.entries(info?.memo?.fields ?? {})
    .filter(([field]) => field.startsWith(taskMemoPrefix))
    .flatMap(([, payload]) => (decode(payload) as TaskRecord | null | undefined) ?? [])
    .toSorted((a, b) => a.openedAt.localeCompare(b.openedAt) || a.key.localeCompare(b.key));
}

/** The tasks of a run as they are shown; none of a run that can't be decrypted here. */
export function tasksOf(info: Info | null | undefined, view: TaskView): readonly Task[] {
  return (ifReadable(() => taskRecordsIn(info)) ?? []).map((record) => taskOf(record, info, view));
}

/** A task as it is shown. */
export function taskOf(record: TaskRecord, info: Info | null | undefined, { app, redact, isOfTenant }: TaskView): Task {
  const { key, question, usedLinks: _, ...told } = record;
  const { votes, ended } = told;
  const { workflowId = "", runId = "" } = info?.execution ?? {};
  const runStatus = runStatusOf(info?.status);
  const isLost = isOpenTask(record) && runStatus !== "running";
  const tenant = decode(info?.memo?.fields?.[tenantMemo]);
  const isLate = record.dueAt !== undefined && Date.parse(record.dueAt) <= Date.now();
  return {
    ...told,
    ...(votes && { votes: votes.map((vote) => ({ ...vote, answer: redacted(vote.answer, redact) })) }),
    ...(ended && { ended: shownEnd(ended, redact) }),
    // Of a run that ended without a word, as one that was terminated.
    status: isLost ? "canceled" : record.status,
    taskId: taskIdOf(key, workflowId ?? ""),
    workflowId: workflowId ?? "",
    runId: runId ?? "",
    workflowType: info?.type?.name ?? "",
    runStatus,
    ...(!isOfTenant && typeof tenant === "string" && { tenant }),
    data: redacted(question, redact),
    schema: answerSchemaOf(app, record.type),
    overdue: isLate && isOpenTask(record) && !isLost,
  };
}

/** How a task ended, without what contracts redact. */
export function shownEnd(ended: TaskEnd, redact: readonly string[]): TaskEnd {
  return "answer" in ended ? { ...ended, answer: redacted(ended.answer, redact) } : ended;
}

const schemas = new WeakMap<App, Map<string, Readonly<Record<string, unknown>>>>();

/** Made once an app and type: a list has it for each task. */
function answerSchemaOf(app: App, type: string): Readonly<Record<string, unknown>> {
  const known = schemas.get(app) ?? new Map<string, Readonly<Record<string, unknown>>>();
  schemas.set(app, known);
  const made = known.get(type);
  if (made) return made;
  const task = app.tasks?.find(({ name }) => name === type);
  const schema = task ? z.toJSONSchema(task.answer, { io: "input", unrepresentable: "any" }) : {};
  known.set(type, schema);
  return schema;
}

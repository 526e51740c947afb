// The human tasks of this run. Its memo and its search attributes tell of them, so that lists need no worker. Module state
// belongs to one run.
import { ApplicationFailure, upsertMemo, workflowInfo } from "@temporalio/workflow";
import { isOpenTask, mostOpenTasks, taskMemoPrefix, type TaskEnd, type TaskRecord } from "../core/human-task.ts";
import { endedTaskMark, marksOfTasks } from "../core/task-marks.ts";
import { beginTask, type TaskBeginning, type TaskState, withEnd } from "../core/task-state.ts";
import { setTaskMarks } from "./marks.ts";
import { allTold, tell } from "./tell-task.ts";

const keptEnded = 20;

const open = new Map<string, TaskState>();
let ended: Map<string, TaskRecord> | undefined;
/** What workflow code waits for and has not taken yet: more may end at once than are kept. */
const untaken = new Map<string, TaskRecord>();

/**
 * Puts a task to people; `at` is in milliseconds since the epoch.
 *
 * @throws `TooManyTasks` when as many as a run may have are open.
 */
export function openTask(beginning: TaskBeginning, at: number): void {
  if (open.size >= mostOpenTasks) {
    throw ApplicationFailure.nonRetryable(
      `A run may have ${mostOpenTasks} open tasks at once. Put the next ones when some are answered.`,
      "TooManyTasks",
    );
  }
  change(beginTask(beginning, at));
}

/** A task that is open; `undefined` when it is over, or there is none. */
export function openTaskOf(key: string): TaskState | undefined {
  return open.get(key);
}

/** A task that is over, of this run or of the one that it continues. */
export function endedTaskOf(key: string): TaskRecord | undefined {
  return endedTasks().get(key);
}

/** How a task ended that this run has waited for; `undefined` while it is open. */
export function takeEnded(key: string): TaskRecord | undefined {
  const record = untaken.get(key);
  untaken.delete(key);
  return record;
}

/** Takes over what became of a task, and tells it. */
export function change(state: TaskState): void {
  const { outbox, ...rest } = state;
  publish([{ ...rest, outbox: [] }]);
  for (const news of outbox) tell(news);
}

/** Ends a task that nothing waits for any more. */
export function cancelTask(key: string): void {
  const state = open.get(key);
  if (state) change(withEnd(state, canceledNow()));
}

/** Ends what is still open when the run ends; what has to be waited for before it does, if there is something to tell. */
export function endTasks(): Promise<void> | undefined {
  if (open.size > 0) {
    const closed = [...open.values()].map((state) => withEnd(state, canceledNow()));
    publish(closed);
    for (const { outbox } of closed) outbox.forEach(tell);
  }
  return allTold();
}

function publish(states: readonly TaskState[]): void {
  const before = [...endedTasks().keys()];
  for (const state of states) {
    const { record } = state;
    if (isOpenTask(record)) open.set(record.key, state);
    else {
      open.delete(record.key);
      endedTasks().set(record.key, record);
      untaken.set(record.key, record);
    }
  }
  for (const key of [...endedTasks().keys()].slice(0, -keptEnded)) endedTasks().delete(key);
  const dropped = before.filter((key) => !endedTasks().has(key));
  upsertMemo({
    ...Object.fromEntries(states.map(({ record }) => [taskMemoPrefix + record.key, record])),
    ...Object.fromEntries(dropped.map((key) => [taskMemoPrefix + key, null])),
  });
  const records = [...open.values()].map(({ record }) => record);
  const dues = records.flatMap(({ dueAt }) => dueAt ?? []);
  setTaskMarks([...marksOfTasks(records), ...(endedTasks().size > 0 ? [endedTaskMark] : [])], dues.toSorted()[0]);
}

/** Oldest first; those of the run before a continue-as-new are in the memo that this one was started with. */
function endedTasks(): Map<string, TaskRecord> {
  ended ??= new Map(
    Object.entries(workflowInfo().memo ?? {})
      .filter(([field]) => field.startsWith(taskMemoPrefix))
      .map(([, record]) => record as TaskRecord)
      .toSorted((a, b) => (a.ended?.at ?? "").localeCompare(b.ended?.at ?? ""))
      .map((record) => [record.key, record]),
  );
  return ended;
}

function canceledNow(): TaskEnd {
  return { status: "canceled", at: new Date().toISOString() };
}

import {
  ApplicationFailure,
  CancellationScope,
  condition,
  isCancellation,
  proxyLocalActivities,
  sleep,
  workflowInfo,
} from "@temporalio/workflow";
import type { z } from "zod";
import type { AnswerOf, HumanTaskContract } from "../core/define-human-task.ts";
import { TaskRejected } from "../core/errors/task-rejected.ts";
import { TaskTimedOut } from "../core/errors/task-timed-out.ts";
import {
  openTaskActivityType,
  taskIdOf,
  type TaskOpened,
  type TaskOpening,
  type TaskRecord,
} from "../core/human-task.ts";
import { hashJson } from "../core/idempotency-key.ts";
import { taskTimer } from "../core/timer-summary.ts";
import { nextMomentAt, withTime } from "../core/task-state.ts";
import { cancelTask, change, openTask, openTaskOf, takeEnded } from "./open-tasks.ts";
import { beforeNewWork } from "./reset-purpose.ts";
import { localWorkflowId } from "./tenant.ts";

const local = proxyLocalActivities<Record<string, (opening: TaskOpening) => Promise<TaskOpened>>>({
  startToCloseTimeout: "10s",
  // A failure is no answer: it fails the workflow task, and the next one asks again.
  retry: { maximumAttempts: 1 },
});

/**
 * Puts a question to people, and waits for their answer; with a quorum, for the votes that make it. The app lists the task
 * in `tasks`. When the run, or the scope of this call, is canceled, the task leaves the inbox.
 *
 * @throws `TaskRejected` when somebody rejects it, `TaskTimedOut` when nobody has answered in time and it has no default.
 *   A run that doesn't catch them fails so; its sagas undo what they did.
 * @example
 * ```ts
 * const { note } = await humanTask(approveRefund, { orderId: "o-1", amountCents: 60_000 });
 * ```
 */
export async function humanTask<Task extends HumanTaskContract>(
  task: Task,
  question: NoInfer<z.output<Task["question"]>>,
): Promise<AnswerOf<Task>> {
  const key = nextTaskKey();
  const wait = beforeNewWork();
  if (wait) await wait;
  const scope = CancellationScope.current();
  // A run that is being canceled asks nobody.
  if (scope.consideredCancelled) await scope.cancelRequested;
  const { terms, at } = await termsOf({ type: task.name, question, at: Date.now() });
  if (scope.consideredCancelled) await scope.cancelRequested;
  openTask({ key, type: task.name, question, terms }, at);
  const { ended, votes } = await overOf(key);
  if (ended?.status === "completed") return (terms.quorum ? votes : ended.answer) as AnswerOf<Task>;
  const which = { taskId: taskIdOf(key, localWorkflowId()), type: task.name };
  if (ended?.status === "rejected")
    throw new TaskRejected({ ...which, by: ended.by ?? "", reason: ended.reason ?? "" });
  throw new TaskTimedOut(which);
}

/**
 * Puts several questions, or waits for anything else, until the first is through: its result; the others are withdrawn.
 *
 * @throws the failure of the first, where that is one.
 * @example
 * ```ts
 * const decision = await firstAnswer([
 *   () => humanTask(askManager, { orderId: "o-1", amountCents: 60_000 }),
 *   () => humanTask(askFinance, { orderId: "o-1", amountCents: 60_000 }),
 * ]);
 * ```
 */
export async function firstAnswer<Result>(asks: readonly (() => Promise<Result>)[]): Promise<Result> {
  if (asks.length === 0) throw new RangeError("firstAnswer needs something to ask, got nothing");
  const asked = asks.map((ask) => {
    const scope = new CancellationScope();
    return { scope, answer: scope.run(ask) };
  });
  try {
    return await Promise.race(asked.map(({ answer }) => answer));
  } finally {
    for (const { scope } of asked) scope.cancel();
    // Nothing of them is left when this goes on.
    await CancellationScope.nonCancellable(() => Promise.allSettled(asked.map(({ answer }) => answer)));
  }
}

let tasks = 0;

/** The same in every replay and after a reset, and of no other task, as the run's own id before any reset is in it. */
function nextTaskKey(): string {
  const { workflowId, originalExecutionRunId } = workflowInfo();
  tasks += 1;
  return hashJson(["task", workflowId, originalExecutionRunId, tasks]).slice(0, 16);
}

type Opened = TaskOpened & { readonly status: "opened" };

/**
 * What the app says of the task at this moment; the history keeps it, and the time. The clock of a run may tell another time
 * in a replay right after a local activity, when the workflow task ended between its end and what follows.
 */
async function termsOf(opening: TaskOpening): Promise<Opened> {
  let opened: TaskOpened | undefined;
  try {
    opened = await CancellationScope.nonCancellable(async () => {
      const answer = await local[openTaskActivityType]?.(opening);
      // A local activity that outlasts its workflow task ends earlier in a replay than what came meanwhile, such as a signal
      // or a cancellation. What follows depends on those, so it waits for an event of the history, which has its place.
      await sleep(1, { summary: taskTimer });
      return answer;
    });
  } catch (error) {
    throw new TypeError(`On what terms task "${opening.type}" is put could not be found out`, { cause: error });
  }
  if (opened?.status === "opened") return opened;
  throw ApplicationFailure.nonRetryable(opened?.message ?? "", "InvalidInput");
}

/** Waits until a task is over, and does to it what time does. */
async function overOf(key: string): Promise<TaskRecord> {
  try {
    for (let state = openTaskOf(key); state; state = openTaskOf(key)) {
      const { moments } = state;
      const hasChanged = () => openTaskOf(key)?.moments !== moments;
      const at = nextMomentAt(state);
      await (at === undefined ? condition(hasChanged) : condition(hasChanged, Math.max(1, at - Date.now())));
      const waiting = openTaskOf(key);
      const later = waiting && withTime(waiting, Date.now());
      if (later && later !== waiting) change(later);
    }
  } catch (error) {
    if (isCancellation(error)) cancelTask(key);
    throw error;
  }
  const record = takeEnded(key);
  if (record) return record;
  throw new TypeError(`Task ${key} is neither open nor over`);
}

// What people do about tasks is one update of the run. What can't be done is refused by its validator, before anything is in
// the history; who did what, and when, is in the history with the update.
import { ApplicationFailure, defineUpdate, setHandler, type UpdateInput } from "@temporalio/workflow";
import { type TaskCall, type TaskRecord, taskUpdate } from "../core/human-task.ts";
import { rewindUpdate } from "../core/state-machine/machine-record.ts";
import { closedRefusal, refusalOf, type TaskRefusal, withCall } from "../core/task-state.ts";
import { change, endedTaskOf, openTaskOf } from "./open-tasks.ts";
import { isParsed } from "./parse.ts";

/** What a call is answered with: all but the question, which the memo has. */
type Answered = Omit<TaskRecord, "question">;

/** Lets people do something about this run's tasks, from its first moment on. */
export function openTaskCalls(): void {
  setHandler(defineUpdate<Answered, [TaskCall]>(taskUpdate), carryOut, {
    validator: assertPossible,
    description: "Does something about a human task: claim, release, complete, reject, escalate, reassign, comment",
  });
}

/** Refuses a call that did not come through a client of Tenuto, which knows who asks: a guard against accidents. */
export function assertStamped({ name, headers }: UpdateInput): void {
  const what = stamped[name];
  if (what === undefined || isParsed(headers)) return;
  throw ApplicationFailure.nonRetryable(
    `${what} over Tenuto's API, its page or its command line, which know who does it.`,
    "InvalidInput",
  );
}

const stamped: Readonly<Record<string, string>> = {
  [taskUpdate]: "A task is answered",
  [rewindUpdate]: "A state machine is brought back",
};

// Checked again when it is carried out: another call may have come first.
function carryOut(call: TaskCall): Answered {
  assertPossible(call);
  const state = openTaskOf(call.key);
  if (state) change(withCall(state, call, Date.now()));
  const record = openTaskOf(call.key)?.record ?? endedTaskOf(call.key);
  if (!record) throw notFound(call.key);
  const { question: _, ...answered } = record;
  return answered;
}

function assertPossible(call: TaskCall): void {
  const state = openTaskOf(call.key);
  const ended = endedTaskOf(call.key);
  if (!state && !ended) throw notFound(call.key);
  const refusal = state ? refusalOf(state, call) : ended && closedRefusal(ended);
  if (refusal) throw failureOf(refusal);
}

function notFound(key: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(`This run has no task ${JSON.stringify(key)}`, "TaskNotFound");
}

function failureOf(refusal: TaskRefusal): ApplicationFailure {
  const { type, message } = refusal;
  return ApplicationFailure.create({ type, message, nonRetryable: true, details: [refusal] });
}

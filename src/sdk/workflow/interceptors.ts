// Bundled into every worker: takes in what a run is sent, gives each activity its idempotency key, and decides which errors
// end a run.
import { defaultPayloadConverter, workflowInfo, type WorkflowInterceptors } from "@temporalio/workflow";
import { reportActivityType } from "../core/dead-letter.ts";
import { tellTaskActivityType } from "../core/human-task.ts";
import { idempotencyKeyHeader, undoableHeader, undoesHeader } from "../core/step-failure.ts";
import { laneActivityTypes } from "../core/lane-record.ts";
import { openAccount } from "./account.ts";
import { keepAnswered, refuseAnswered } from "./answered-updates.ts";
import { withChainStart } from "./chain-start.ts";
import { deadlineLeftMs, withDeadlineHeader } from "./deadline.ts";
import { failureOf } from "./errors.ts";
import { carryOver, openInbox } from "./inbox.ts";
import { laneLeft, withLaneHeader } from "./lane.ts";
import { beforeNewWork } from "./reset-purpose.ts";
import { signalsDelivered, takeQuery, takeSignal, takeStart, takeUpdate } from "./intake.ts";
import { endTasks } from "./open-tasks.ts";
import { openOperatorCalls } from "./operator-calls.ts";
import { stampedHeaders } from "./parse.ts";
import { assertSendable } from "./payload-size.ts";
import { followUntil } from "./pending-activities.ts";
import { refuseWhileSagaOpen } from "./saga.ts";
import { isUndoable, stepKeyFor } from "./step-keys.ts";
import { assertStamped, openTaskCalls } from "./task-calls.ts";
import { taskQueueFor } from "./task-queue.ts";
import { undoneStep } from "./undoing.ts";
import { sentBy } from "./update-sender.ts";

/** The bundler writes in which types have a contract; `null` when all have. */
declare const TENUTO_CONTRACTED: readonly string[] | null;

export function interceptors(): WorkflowInterceptors {
  // A raw workflow that is bundled beside Tenuto's stays what it is.
  if (TENUTO_CONTRACTED?.includes(workflowInfo().workflowType) === false) return {};
  openInbox();
  openAccount();
  openOperatorCalls();
  openTaskCalls();
  return {
    inbound: [
      {
        execute: (input, next) =>
          converted(() => takeStart(input, next), {
            check: (output) => assertSendable(output, `The output of workflow "${workflowInfo().workflowType}"`),
          }),
        handleSignal: (input, next) => converted(() => takeSignal(input, next)),
        handleQuery: takeQuery,
        validateUpdate: (input, next) => {
          assertStamped(input);
          refuseAnswered(input);
          sentBy(input, next);
        },
        handleUpdate: (input, next) =>
          converted(() => takeUpdate(input, next), {
            check: (output) => assertSendable(output, `The output of update "${input.name}"`),
            onAnswer: () => keepAnswered(input),
          }),
      },
    ],
    outbound: [
      {
        scheduleActivity(input, next) {
          assertSendable(input.args[0], `The input of activity "${input.activityType}"`);
          const key = stepKeyFor(input.activityType, input.args[0]);
          const undone = undoneStep();
          const headers = {
            ...input.headers,
            [idempotencyKeyHeader]: defaultPayloadConverter.toPayload(key),
            // No code reads these in the run: the history says with them what can be undone, and what undid which step.
            ...(isUndoable() && { [undoableHeader]: defaultPayloadConverter.toPayload(true) }),
            ...(undone && { [undoesHeader]: defaultPayloadConverter.toPayload(undone.key ?? null) }),
          };
          const isTold = tellingTypes.has(input.activityType);
          // Undos, the wait for a slot, and what Tenuto has to tell, are neither held nor paused.
          const isHeld = undone === undefined && !isTold && input.activityType !== laneActivityTypes.wait;
          const wait = isHeld ? beforeNewWork() : undefined;
          // Workers of the app's own queue tell it.
          const options = isTold ? { ...input.options, taskQueue: taskQueueFor() } : input.options;
          const schedule = () => next({ ...input, headers, options });
          const running = wait ? wait.then(schedule) : schedule();
          if (isHeld) followUntil(running, input.options.activityId ?? String(input.seq));
          return running;
        },
        startChildWorkflowExecution(input, next) {
          assertSendable(input.options.args[0], `The input of workflow "${input.workflowType}"`);
          const headers = stampedHeaders(input.headers);
          const wait = beforeNewWork();
          return wait ? wait.then(() => next({ ...input, headers })) : next({ ...input, headers });
        },
        async continueAsNew(input, next) {
          const timed = withDeadlineHeader(stampedHeaders(input.headers), deadlineLeftMs());
          const headers = withLaneHeader(timed, laneLeft());
          assertSendable(input.args[0], `The input of workflow "${input.options.workflowType}"`);
          refuseWhileSagaOpen();
          await signalsDelivered();
          const telling = endTasks();
          if (telling) await telling;
          // The server gives the next run the memo that this one was started with.
          const memo = { ...workflowInfo().memo, ...input.options.memo };
          const options = { ...input.options, memo, typedSearchAttributes: withChainStart(input.options) };
          return next({ ...input, ...carryOver({ headers, args: input.args }), options });
        },
      },
    ],
  };
}

const tellingTypes: ReadonlySet<string> = new Set([reportActivityType, tellTaskActivityType]);

// One `await`, whatever is checked: another one would let other branches of running workflows go first in a replay.
async function converted<T>(run: () => Promise<T>, { check, onAnswer }: Converting<T> = {}): Promise<T> {
  try {
    const output = await run();
    check?.(output);
    return output;
  } catch (error) {
    throw failureOf(error);
  } finally {
    onAnswer?.();
  }
}

interface Converting<T> {
  readonly check?: (output: T) => void;
  /** Called at a failure, too. */
  readonly onAnswer?: () => void;
}

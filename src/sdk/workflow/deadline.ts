// The deadline of a run is a timer and a cancellation scope inside it: Temporal's own timeout would end it before any undo.
import {
  ApplicationFailure,
  CancellationScope,
  condition,
  defaultPayloadConverter,
  type Headers,
  isCancellation,
  sleep,
} from "@temporalio/workflow";
import { deadlineHeaderName } from "../core/intake.ts";
import { deadlineTimer } from "../core/timer-summary.ts";
import { failureOf } from "./errors.ts";
import { isCompensating, purposeAsked } from "./reset-purpose.ts";
import { isStandingStill, stoodStillMs } from "./standstill.ts";

interface Deadline {
  readonly ms: number;
  readonly startedAt: number;
  exceeded: boolean;
}

// Module state belongs to one run.
let deadline: Deadline | undefined;

/** How long a start says that its run may take, in milliseconds. */
export function deadlineIn(headers: Headers): number | undefined {
  const header = headers[deadlineHeaderName];
  return header && defaultPayloadConverter.fromPayload<number>(header);
}

/** Says how long a child, or the run after a continue-as-new, may take. */
export function withDeadlineHeader(headers: Headers, ms: number | undefined): Headers {
  return ms === undefined ? headers : { ...headers, [deadlineHeaderName]: defaultPayloadConverter.toPayload(ms) };
}

/** What is left of this run's time, in milliseconds; `undefined` without a deadline. */
export function deadlineLeftMs(): number | undefined {
  return deadline && Math.max(0, deadline.ms - (Date.now() - deadline.startedAt - stoodStillMs()));
}

export function deadlineState(): { readonly ms: number; readonly exceeded: boolean } | undefined {
  return deadline && { ms: deadline.ms, exceeded: deadline.exceeded };
}

/** Runs the workflow function, which begins before this returns, and cancels it when its time is up. */
export function underDeadline<T>(ms: number | undefined, run: () => Promise<T>): Promise<T> {
  return ms === undefined ? run() : canceledAfter(ms, run);
}

async function canceledAfter<T>(ms: number, run: () => Promise<T>): Promise<T> {
  const scope = new CancellationScope();
  const running = scope.run(run);
  const own: Deadline = { ms, startedAt: Date.now(), exceeded: false };
  deadline = own;
  void watch(own, scope);
  try {
    return await running;
  } catch (error) {
    throw endedByDeadline(error) ?? error;
  }
}

/** What a run fails with when the cancellation that ended it was its deadline. */
export function endedByDeadline(error: unknown): ApplicationFailure | undefined {
  if (!deadline?.exceeded || !isCancellation(error)) return undefined;
  const cause = failureOf(error);
  return ApplicationFailure.create({
    type: "DeadlineExceeded",
    message: `The run was not through within its deadline of ${deadline.ms} ms, so it was canceled.`,
    nonRetryable: true,
    details: [{ deadlineMs: deadline.ms }],
    ...(cause instanceof Error && { cause }),
  });
}

async function watch(own: Deadline, scope: CancellationScope): Promise<void> {
  try {
    for (let left = deadlineLeftMs() ?? 0; left > 0; left = deadlineLeftMs() ?? 0) {
      await sleep(left, { summary: deadlineTimer });
      const purpose = purposeAsked();
      if (purpose) await purpose;
      if (isCompensating()) return;
      if (isStandingStill()) await condition(() => !isStandingStill());
    }
  } catch {
    // The run itself was canceled, and is undoing already.
    return;
  }
  own.exceeded = true;
  scope.cancel();
}

import {
  ActivityCancellationType,
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  condition,
  defineSignal,
  proxyActivities,
  setHandler,
  sleep,
  TemporalFailure,
  TimeoutFailure,
  workflowInfo,
} from "@temporalio/workflow";
import type { Order } from "../../../src/workflows/order.contract.ts";
import type { createActivities } from "./activities.ts";

const attemptTimeout = "10s";
const options = {
  startToCloseTimeout: attemptTimeout,
  // The default is to go on at once, and never to know whether the step had its effect.
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
};
type Activities = ReturnType<typeof createActivities>;
const { reserve, chargeCard, book } = proxyActivities<Activities>({
  ...options,
  retry: { maximumAttempts: 6, initialInterval: "1s", backoffCoefficient: 2 },
});
const { release, refundCard, cancel } = proxyActivities<Activities>({
  ...options,
  retry: { maximumAttempts: 7, initialInterval: "1s", backoffCoefficient: 2 },
});
const { sendReceipt } = proxyActivities<Activities>({
  ...options,
  retry: { maximumAttempts: 101, initialInterval: "1s", backoffCoefficient: 2, maximumInterval: "5m" },
});

export const approve = defineSignal<[{ approved: boolean; by: string }]>("approve");

export async function fulfillOrder(order: Order) {
  const answers: { approved: boolean; by: string }[] = [];
  setHandler(approve, (answer) => void answers.push(answer));
  const orderId = order.id;
  const amountCents = order.lines.reduce((sum, { quantity, unitCents }) => sum + quantity * unitCents, 0);
  const undos: (() => Promise<unknown>)[] = [];

  /** Registers the undo before the step is scheduled: a crash may fall between the two. */
  async function step<Output>(
    name: string,
    run: (key: string) => Promise<Output>,
    undo: (key: string) => Promise<unknown>,
  ) {
    const key = keyOf(name);
    let hasTimedOut = false;
    undos.push(async () => {
      // An attempt that outlived its timeout may still have its effect; undone too early, that effect would stay.
      if (hasTimedOut) await sleep(attemptTimeout);
      await undo(key);
    });
    try {
      return await run(key);
    } catch (error) {
      if (isAnswer(error) || error instanceof CancelledFailure) undos.pop();
      hasTimedOut = error instanceof ActivityFailure && error.cause instanceof TimeoutFailure;
      throw error;
    }
  }

  let fulfillment;
  try {
    const { reservationId } = await step(
      "reserve",
      (key) => reserve({ orderId, lines: order.lines.map(({ sku, quantity }) => ({ sku, quantity })), key }),
      (key) => release({ orderId, undoes: key, key: keyOf("release") }),
    );
    const { chargeId } = await step(
      "chargeCard",
      (key) => chargeCard({ orderId, amountCents, card: order.card, key }),
      (key) => refundCard({ orderId, undoes: key, key: keyOf("refundCard") }),
    );
    if (amountCents > 50_000) {
      await condition(() => answers.length > 0, "1d");
      const [answer] = answers;
      if (!answer) throw ApplicationFailure.nonRetryable("NotApproved", "NotApproved", { reason: "unanswered" });
      if (!answer.approved) {
        throw ApplicationFailure.nonRetryable("NotApproved", "NotApproved", { reason: "rejected", by: answer.by });
      }
    }
    const { shipmentId, trackingNumber } = await step(
      "book",
      (key) => book({ orderId, address: order.address, key }),
      (key) => cancel({ orderId, undoes: key, key: keyOf("cancel") }),
    );
    fulfillment = { orderId, reservationId, chargeId, shipmentId, trackingNumber };
  } catch (error) {
    // A bug must undo nothing: this fails the workflow task, and the run goes on after the fix.
    if (!(error instanceof TemporalFailure)) throw error;
    // A run that is being canceled could not schedule an undo otherwise.
    await CancellationScope.nonCancellable(async () => {
      for (const undo of undos.reverse()) await undo();
    });
    throw isAnswer(error) ? error.cause : error;
  }
  await sendReceipt({ orderId, customer: order.customer, amountCents, key: keyOf("sendReceipt") });
  return fulfillment;
}

/** Whether a step failed with an answer of the provider, so that there is nothing to undo. */
function isAnswer(error: unknown): error is ActivityFailure & { readonly cause: ApplicationFailure } {
  return (
    error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && error.cause.nonRetryable === true
  );
}

/** The same in every attempt and replay; a name used twice in a run would get the other step's answer. */
function keyOf(name: string): string {
  return `${workflowInfo().workflowId}/${workflowInfo().firstExecutionRunId}/${name}`;
}

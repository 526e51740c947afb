// One message to one channel. Why nobody is told twice for nothing: the message has one id, whatever is repeated. Why
// nobody is told in the wrong order: a channel gets a message once the one before is through, or given up. How it fails:
// a channel that can't be told makes the run fail, which is a dead letter, and goes again by a redrive.
import { ActivityFailure, ApplicationFailure, proxyActivities } from "@temporalio/workflow";
import { type AlertDelivery, deliveryActivityTypes as types, undelivered } from "../../core/alert-delivery.ts";

interface Activities {
  readonly [types.send]: (delivery: AlertDelivery) => Promise<void>;
  readonly [types.order]: (workflowId: string) => Promise<void>;
}

const ordered = proxyActivities<Activities>({
  startToCloseTimeout: "30s",
  retry: { initialInterval: "1s", maximumInterval: "10s" },
});

export async function tenutoAlertDelivery(delivery: AlertDelivery): Promise<void> {
  const { after, channel, message, patience = {} } = delivery;
  const { attempts = 65, firstWaitMs = 1_000, longestWaitMs = 60_000 } = patience;
  const sending = proxyActivities<Activities>({
    startToCloseTimeout: "30s",
    heartbeatTimeout: "10s",
    retry: { maximumAttempts: attempts, initialInterval: firstWaitMs, maximumInterval: longestWaitMs },
  });
  if (after !== undefined) await ordered[types.order](after);
  try {
    await sending[types.send](delivery);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    const why = error.cause?.message ?? error.message;
    throw ApplicationFailure.create({
      type: undelivered,
      message: `Message "${message.kind}" of alert ${message.alert.id} did not get to channel "${channel}": ${why}`,
      nonRetryable: true,
      cause: error,
    });
  }
}

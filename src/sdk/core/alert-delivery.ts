// What the isolate and Node agree on about bringing one message of an alert to one channel.
import type { AlertBookkeeping, AlertRecord } from "./alert.ts";
import type { TaskNewsKind } from "./human-task.ts";

/** The activities of a delivery. */
export const deliveryActivityTypes = {
  /** Sends; takes an {@link AlertDelivery}. */
  send: "tenuto.sendAlert",
  /** Fails for as long as the message before is under way; takes the workflow id of that delivery. */
  order: "tenuto.awaitAlertDelivery",
} as const;

/** The type of the failure by which a delivery ends that can't be made. */
export const undelivered = "AlertUndelivered";

/** What a message says of its alert: `raised` and `escalated` ask for somebody, the others tell those who were asked. */
export type AlertMessageKind = "raised" | "escalated" | "acknowledged" | "resolved";

/** One message of an alert. */
export interface AlertMessage {
  /** The same however often it is sent, and of no other message: who gets it twice knows it by this. */
  readonly id: string;
  readonly kind: AlertMessageKind;
  /** RFC 3339. */
  readonly at: string;
  readonly alert: Omit<AlertRecord, AlertBookkeeping>;
  /** Of a message that is about a human task, and no alert: the same channels bring both. */
  readonly task?: ToldOfTask;
}

/** Which task a message is about, and why. */
export interface ToldOfTask {
  readonly taskId: string;
  readonly kind: TaskNewsKind;
  /** The name of its definition. */
  readonly type: string;
  readonly workflowId: string;
  readonly dueAt?: string;
  readonly timesOutAt?: string;
  /** Whether its receiver may answer by a link. */
  readonly hasAnswerLink: boolean;
}

/** How long a channel is tried; the waits double. */
export interface DeliveryPatience {
  /** @default 65, which take about an hour */
  readonly attempts?: number;
  /** Milliseconds. @default 1000 */
  readonly firstWaitMs?: number;
  /** Milliseconds. @default 60000 */
  readonly longestWaitMs?: number;
}

/** One message, and where it goes. */
export interface AlertDelivery {
  readonly channel: string;
  readonly message: AlertMessage;
  /** The workflow id of the delivery that the channel gets before this one. */
  readonly after?: string;
  readonly patience?: DeliveryPatience;
}

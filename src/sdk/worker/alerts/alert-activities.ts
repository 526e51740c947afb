// Node's side of a delivery. A send may be repeated: what is sent has the same id each time.
import { Context } from "@temporalio/activity";
import { ApplicationFailure, ApplicationFailureCategory } from "@temporalio/common";
import type { AlertSeverity } from "../../core/alert-rule.ts";
import { type AlertDelivery, type AlertMessage, deliveryActivityTypes as types } from "../../core/alert-delivery.ts";
import { describeIfThere } from "../../client/describe-raw.ts";
import type { Encryption } from "../../client/encryption.ts";
import type { AlertOptions } from "../alert-options.ts";
import { runStatusOf } from "../../client/run-status.ts";
import { serverOf } from "../redrive-activities.ts";
import { whileBeating } from "../while-beating.ts";
import { type AlertChannel, channelsByName } from "./alert-channel.ts";
import { headlineOf, linesOf } from "./alert-text.ts";
import { withAnswerLink } from "./answer-link.ts";
import { sendByEmail } from "./email.ts";
import { AlertTargetRefused } from "./errors/alert-target-refused.ts";
import { ChannelFailed } from "./errors/channel-failed.ts";
import { sendToPagerDuty } from "./pagerduty.ts";
import type { Send } from "./sending.ts";
import { sendToSlack } from "./slack.ts";
import { sendToWebhook } from "./webhook.ts";

type Senders = { readonly [Kind in AlertChannel["kind"]]: Send<Extract<AlertChannel, { readonly kind: Kind }>> };

const senders: Senders = {
  slack: sendToSlack,
  pagerduty: sendToPagerDuty,
  webhook: sendToWebhook,
  email: sendByEmail,
  log: async (_channel, message) => {
    writeToLog(message);
  },
};

/** The activities of `tenutoAlertDelivery`. */
export function alertActivities(
  { channels, taskLinks }: Pick<AlertOptions, "channels" | "taskLinks">,
  encryption: Encryption | undefined,
) {
  const byName = channelsByName(channels);
  return {
    [types.send]: async ({ channel: name, message }: AlertDelivery): Promise<void> => {
      const channel = byName.get(name);
      // Another worker of the namespace may have it.
      if (!channel) throw failureOf(new ChannelFailed(whyUnknown(name, byName), { isLasting: false }));
      const { cancellationSignal: signal } = Context.current();
      await whileBeating(async () => {
        try {
          const { message: linked, secrets } = await withAnswerLink(message, channel, taskLinks);
          await (senders[channel.kind] as Send<AlertChannel>)(channel, linked, { signal, secrets });
        } catch (error) {
          throw failureOf(error);
        }
      });
    },
    [types.order]: async (workflowId: string): Promise<void> => {
      const before = await describeIfThere(serverOf(encryption), { workflowId });
      if (runStatusOf(before?.workflowExecutionInfo?.status) === "running" && before)
        throw ApplicationFailure.create({
          type: "MessageBeforeUnderWay",
          message: `${workflowId} is under way`,
          // It is asked again and again, and that is no line in a log.
          category: ApplicationFailureCategory.BENIGN,
        });
    },
  } as const;
}

function whyUnknown(name: string, known: ReadonlyMap<string, AlertChannel>): string {
  const names = [...known.keys()].join(", ");
  return `This worker has no channel "${name}"; it has ${names}. Name it in \`alerts.channels\` of every worker`;
}

/** What is recorded of it: neither a stack nor a cause, which may have a secret in them. */
function failureOf(error: unknown): ApplicationFailure {
  const { name: type, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
  const isLasting = error instanceof AlertTargetRefused || (error instanceof ChannelFailed && error.isLasting);
  const nextRetryDelay = error instanceof ChannelFailed ? error.retryAfterMs : undefined;
  return ApplicationFailure.create({
    type,
    message,
    nonRetryable: isLasting,
    ...(nextRetryDelay !== undefined && { nextRetryDelay }),
  });
}

const levels = { info: "info", warning: "warn", error: "error", critical: "error" } as const satisfies Record<
  AlertSeverity,
  string
>;

function writeToLog(message: AlertMessage): void {
  const { id, kind, alert } = message;
  const { rule, subject, severity, count, links } = alert;
  const level = kind === "raised" || kind === "escalated" ? levels[severity] : "info";
  Context.current().log[level](`Alert: ${headlineOf(message)}`, {
    ...{ messageId: id, kind, alertId: alert.id, rule, subject, severity, count, links },
    text: linesOf(message).join("\n"),
  });
}

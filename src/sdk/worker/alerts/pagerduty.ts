import type { AlertMessageKind } from "../../core/alert-delivery.ts";
import { type PagerDutyChannel, reveal } from "./alert-channel.ts";
import { cutTo, headlineOf, linesOf, pagesOf } from "./alert-text.ts";
import { postJson } from "./post-json.ts";
import type { Send } from "./sending.ts";

const actions = {
  raised: "trigger",
  escalated: "trigger",
  acknowledged: "acknowledge",
  resolved: "resolve",
} as const satisfies Record<AlertMessageKind, string>;

const longestSummary = 1_024;

/** Sends an event; those of one alert belong to one incident, by its id. */
export const sendToPagerDuty: Send<PagerDutyChannel> = async (channel, message, sending) => {
  const { url = "https://events.pagerduty.com/v2/enqueue", allowPrivate = false } = channel;
  const routingKey = await reveal(channel.routingKey);
  const { alert, at, kind } = message;
  const { id, rule, subject, severity, count, tenant } = alert;
  const body = JSON.stringify({
    routing_key: routingKey,
    event_action: actions[kind],
    dedup_key: id,
    payload: {
      summary: cutTo(headlineOf(message), longestSummary),
      source: cutTo(subject, longestSummary),
      severity,
      timestamp: at,
      group: rule,
      custom_details: { text: linesOf(message).join("\n"), count, ...(tenant !== undefined && { tenant }) },
    },
    links: pagesOf(alert).map(([text, href]) => ({ href, text })),
    client: "Tenuto",
  });
  await postJson({ ...sending, url, body, allowPrivate, secrets: [routingKey, ...(sending.secrets ?? [])] });
};

import { InvalidInput } from "tenuto";
import type { z } from "zod";
import type { Context, Reply } from "../context.ts";
import { parseJsonBody } from "../json-body.ts";
import { RequestRefused } from "../request-refused.ts";
import type { WebhookBody, WebhookHeaders, WebhookParams } from "../webhook-routes.ts";

interface WebhookRequest {
  readonly params: z.output<typeof WebhookParams>;
  readonly headers: z.output<typeof WebhookHeaders>;
  readonly body: z.output<typeof WebhookBody>;
}

export async function receiveWebhook(request: WebhookRequest, { webhooks }: Context): Promise<Reply> {
  const { params, headers, body } = request;
  const { source } = params;
  if (!webhooks?.has(source)) {
    const detail = `There is no webhook source ${JSON.stringify(source)}, or its secret is not set. Check the path.`;
    throw new RequestRefused("NOT_FOUND", { detail });
  }
  const answer = await webhooks.receive(source, { headers, body, parse: parseJsonBody });
  switch (answer.outcome) {
    case "accepted":
      return { status: 202, body: answer };
    case "duplicate":
    case "filtered":
    case "unmatched":
    case "challenged":
      return { status: 200, body: answer };
    case "invalid":
      throw withLetter(new InvalidInput(`The event of source "${source}"`, answer.issues), answer);
    case "refused":
      throw withLetter(answer.error, answer);
    case "paused":
      throw new RequestRefused("EVENT_SOURCE_PAUSED", {
        detail: `Event source "${source}" is paused: nothing was done. Post the event again later.`,
        headers: { "Retry-After": String(answer.retryAfterSeconds) },
      });
    case "unsigned":
      throw new RequestRefused("WEBHOOK_NOT_SIGNED", {
        detail: `The event is not taken for one of source "${source}": ${reasons[answer.reason] ?? answer.reason} (header ${answer.header}).`,
      });
  }
}

/** The problem says which letter keeps the event. */
function withLetter(error: Error, { deadLetterId }: { readonly deadLetterId?: string }): Error {
  return deadLetterId === undefined ? error : Object.assign(error, { deadLetterId });
}

const reasons: Readonly<Record<string, string>> = {
  "missing-header": "it is not signed",
  "unreadable-header": "its signature can't be read",
  "timestamp-too-old": "it was signed more than 300 s ago",
  "timestamp-too-new": "it was signed more than 300 s from now",
  "no-match": "its signature is of other bytes, or by another secret",
};

import { decodeEvent, isCloudEvent } from "./decode-event.ts";
import type { IncomingEvent } from "tenuto/client";
import { InvalidEvent } from "./errors/invalid-event.ts";
import { isName, membersOf } from "./json-members.ts";
import { valuesOf, type RequestHeaders } from "./request-headers.ts";
import type { KnownNames } from "./unreadable.ts";
import type { SignatureDefinition } from "./signatures/signature-verifier.ts";
import type { ValidationIssue } from "tenuto";

/** What a verified request says. */
export interface WebhookContent {
  readonly headers: RequestHeaders;
  readonly bytes: Uint8Array;
  /** What the bytes are as JSON. @throws what says that they are none */
  readonly parse: (body: Uint8Array) => unknown;
  /** Of its signature. */
  readonly deliveryId?: string | undefined;
}

/** The event in a request, or what it lacks and what is known all the same. */
export type ReadWebhook =
  { readonly event: IncomingEvent } | { readonly issues: readonly ValidationIssue[]; readonly known: KnownNames };

type Members = Readonly<Record<string, unknown>>;

/** Finds type, data and id of an event where its scheme has them. */
export function readWebhook(scheme: SignatureDefinition["scheme"], content: WebhookContent): ReadWebhook {
  if (scheme === "hmac" && isCloudEvent(content.headers)) return cloudEventIn(content);
  const body = content.parse(content.bytes);
  return readers[scheme]({ ...content, body }, membersOf(body));
}

interface JsonContent extends WebhookContent {
  readonly body: unknown;
}

const readers: Readonly<
  Record<SignatureDefinition["scheme"], (content: JsonContent, members: Members) => ReadWebhook>
> = {
  // https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
  "standard-webhooks": ({ deliveryId }, { type, data }) => eventOf({ id: deliveryId, type, data }),
  // https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers
  github: ({ headers, deliveryId, body }) =>
    eventOf({ id: deliveryId, type: valuesOf(headers, "x-github-event")[0], data: body }),
  // https://docs.stripe.com/api/events/object
  stripe: ({ body }, { id, type }) => eventOf({ id, type, data: body }),
  // https://docs.slack.dev/apis/events-api/#callback-field
  slack: ({ body }, { event_id: id, event, type }) =>
    eventOf({ id, type: membersOf(event)["type"] ?? type, data: body }),
  hmac: ({ deliveryId }, { id, type, data }) => eventOf({ id: deliveryId ?? id, type, data }),
};

/** Two sources may give the same id to two events. */
function cloudEventIn({ headers, bytes }: WebhookContent): ReadWebhook {
  try {
    const { id, source, type, data } = decodeEvent({ headers, body: bytes });
    const read = eventOf({ id, type, data });
    return "issues" in read ? read : { event: { ...read.event, id: JSON.stringify([source, read.event.id]) } };
  } catch (error) {
    if (!(error instanceof InvalidEvent)) throw error;
    return { issues: [{ pointer: error.pointer, message: error.message }], known: {} };
  }
}

function eventOf({
  id,
  type,
  data,
}: {
  readonly id: unknown;
  readonly type: unknown;
  readonly data: unknown;
}): ReadWebhook {
  if (isName(type) && isName(id)) return { event: { id, type, data } };
  const [pointer, what] = isName(type) ? ["/id", "id"] : ["/type", "type"];
  const message = `An event needs its ${what}, a text of at most 255 characters`;
  return { issues: [{ pointer, message }], known: { id, type } };
}

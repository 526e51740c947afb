import type { App, EventSource } from "tenuto";
import { InvalidInput, PayloadTooLarge } from "tenuto";
import {
  deliver,
  type Delivery,
  type IncomingEvent,
  isPassing,
  type RefusedEvent,
  refusalOf,
  type TenutoClient,
} from "tenuto/client";
import { InvalidWebhookSecret } from "./errors/invalid-webhook-secret.ts";
import { type ReadWebhook, readWebhook } from "./read-webhook.ts";
import type { RequestHeaders } from "./request-headers.ts";
import type { SecretVariables } from "./signatures/secret-keys.ts";
import type { SignatureRefusal } from "./signatures/signature.ts";
import { createSignatureVerifier, type SignatureVerifier } from "./signatures/signature-verifier.ts";
import { unreadable } from "./unreadable.ts";
import { isWebhook, type WebhookTransport } from "./webhook.ts";

/** A request as it came: signatures are over the bytes of its body. */
export interface WebhookRequest {
  readonly headers: RequestHeaders;
  readonly body: Uint8Array;
  /** What the bytes are as JSON. It is called when the signature has passed. */
  readonly parse: (body: Uint8Array) => unknown;
}

/** What became of a webhook; what is signed and can't be taken is kept as a dead letter, unless it is too large for one. */
export type WebhookAnswer =
  | (Delivery & { readonly deadLetterId?: string })
  /** It can't be read, or our own code fails with it. */
  | { readonly outcome: "refused"; readonly error: Error; readonly deadLetterId?: string }
  /** It is not its sender's, or too old. */
  | { readonly outcome: "unsigned"; readonly reason: SignatureRefusal; readonly header: string }
  /** It only asks to be answered with this text. */
  | { readonly outcome: "challenged"; readonly challenge: string };

/** The app's sources whose events are posted, made by {@link createWebhooks}. */
export interface Webhooks {
  /** Whether there is such a source. */
  has(source: string): boolean;
  /** Takes a request: when it answers `accepted`, Temporal has it. @throws what may pass by itself */
  receive(source: string, request: WebhookRequest): Promise<WebhookAnswer>;
}

/** What webhooks need. */
export interface WebhooksOptions {
  readonly app: App;
  readonly client: TenutoClient;
  /** Where the secrets are that signatures name, such as `process.env`. */
  readonly variables: SecretVariables;
  /** Milliseconds since 1970. @default the clock */
  readonly now?: () => number;
  /** Is told of a source that is off, since a secret that it names is not set or can't be one. @default it is thrown */
  readonly onOff?: (source: string, error: InvalidWebhookSecret) => void;
}

/**
 * Takes the webhooks of an app's sources; give it to `createApi`.
 *
 * @throws `InvalidWebhookSecret` when a secret that a source names is not set.
 * @example
 * ```ts
 * const webhooks = createWebhooks({ app, client, variables: process.env });
 * const api = createApi({ client, app, webhooks });
 * ```
 */
export function createWebhooks({ app, client, variables, now = Date.now, onOff }: WebhooksOptions): Webhooks {
  const posted = (app.sources ?? []).filter(isPosted).flatMap((source) => {
    try {
      return { source, verify: createSignatureVerifier(source.from.signature, variables) };
    } catch (error) {
      if (!onOff || !(error instanceof InvalidWebhookSecret)) throw error;
      onOff(source.name, error);
      return [];
    }
  });
  const sources = new Map<string, Posted>(posted.map((each) => [each.source.name, each]));
  return {
    has: (name) => sources.has(name),
    async receive(name, request) {
      const found = sources.get(name);
      if (!found) throw new TypeError(`There is no webhook source "${name}"`);
      return received(client, found, { ...request, at: now() });
    },
  };
}

interface Posted {
  readonly source: EventSource<WebhookTransport>;
  readonly verify: SignatureVerifier;
}

async function received(
  client: TenutoClient,
  { source, verify }: Posted,
  { headers, body, parse, at }: WebhookRequest & { readonly at: number },
): Promise<WebhookAnswer> {
  const verdict = verify({ headers, body }, at);
  if (!verdict.ok) return { outcome: "unsigned", reason: verdict.reason, header: verdict.header };
  const { deliveryId, challenge } = verdict;
  if (challenge !== undefined) return { outcome: "challenged", challenge };
  let read: ReadWebhook;
  try {
    read = readWebhook(source.from.signature.scheme, { headers, bytes: body, parse, deliveryId });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const kept = await keep(client, source, unreadable(body, error, { id: deliveryId }));
    return { outcome: "refused", error, ...kept };
  }
  if ("event" in read) return delivered(client, source, read.event);
  const { issues, known } = read;
  const error = new InvalidInput(`The event of source "${source.name}"`, issues);
  return { outcome: "invalid", issues, ...(await keep(client, source, unreadable(body, error, known))) };
}

async function delivered(client: TenutoClient, source: EventSource, event: IncomingEvent): Promise<WebhookAnswer> {
  let delivery: Delivery;
  try {
    delivery = await deliver(client, source, event);
  } catch (error) {
    if (isPassing(error) || !(error instanceof Error)) throw error;
    // Its sender gives up some day: then only the letter has it.
    const { name: type, message } = error;
    return { outcome: "refused", error, ...(await keep(client, source, { event, error: { type, message } })) };
  }
  const error = refusalOf(source, delivery);
  if (!error) return delivery;
  const kept = await keep(client, source, { event, error });
  // Its sender must not take it for done.
  if (delivery.outcome === "unmatched" && "tooLarge" in kept) return { outcome: "refused", error: kept.tooLarge };
  return { ...delivery, ...kept };
}

/** Its dead letter; the sender is told otherwise when Temporal can't keep it. */
async function keep(
  client: TenutoClient,
  source: EventSource,
  refused: RefusedEvent,
): Promise<{ readonly deadLetterId: string } | { readonly tooLarge: PayloadTooLarge }> {
  try {
    return { deadLetterId: await client.keepEvent(source, refused) };
  } catch (error) {
    if (error instanceof PayloadTooLarge) return { tooLarge: error };
    throw error;
  }
}

function isPosted(source: EventSource): source is EventSource<WebhookTransport> {
  return isWebhook(source.from);
}

import type { App, EventSource } from "tenuto";
import type { TenutoClient } from "tenuto/client";
import { deliver, type Delivery } from "./deliver.ts";
import { InvalidWebhookSecret } from "./errors/invalid-webhook-secret.ts";
import { readWebhook } from "./read-webhook.ts";
import type { RequestHeaders } from "./request-headers.ts";
import type { SecretVariables } from "./signatures/secret-keys.ts";
import type { SignatureRefusal } from "./signatures/signature.ts";
import { createSignatureVerifier, type SignatureVerifier } from "./signatures/signature-verifier.ts";
import { isWebhook, type WebhookTransport } from "./webhook.ts";

/** A request as it came: signatures are over the bytes of its body. */
export interface WebhookRequest {
  readonly headers: RequestHeaders;
  readonly body: Uint8Array;
  /** What the bytes are as JSON. It is called when the signature has passed. */
  readonly parse: (body: Uint8Array) => unknown;
}

/** What became of a webhook. */
export type WebhookAnswer =
  | Delivery
  /** It is not its sender's, or too old. */
  | { readonly outcome: "unsigned"; readonly reason: SignatureRefusal; readonly header: string }
  /** It only asks to be answered with this text. */
  | { readonly outcome: "challenged"; readonly challenge: string };

/** The app's sources whose events are posted, made by {@link createWebhooks}. */
export interface Webhooks {
  /** Whether there is such a source. */
  has(source: string): boolean;
  /** Takes a request: when it answers `accepted`, Temporal has it. @throws what `deliver` throws */
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
  const read = readWebhook(source.from.signature.scheme, { headers, bytes: body, parse, deliveryId });
  if ("issues" in read) return { outcome: "invalid", issues: read.issues };
  return deliver(client, source, read.event);
}

function isPosted(source: EventSource): source is EventSource<WebhookTransport> {
  return isWebhook(source.from);
}

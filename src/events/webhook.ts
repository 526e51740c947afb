import type { EventTransport } from "tenuto";
import type { SignatureDefinition } from "./signatures/signature-verifier.ts";

/** Events that a sender posts to `/v1/webhooks/{source}`, signed. */
export interface WebhookTransport extends EventTransport {
  readonly kind: "webhook";
  readonly signature: SignatureDefinition;
}

/**
 * Events that come as webhooks. Where the type, the data and the id of an event are is for the scheme to say: Standard
 * Webhooks has `{type, data}` in the body and the id in a header, GitHub the type and the id in headers, Stripe and Slack
 * all in the body. A plain HMAC takes CloudEvents, else `{id?, type, data}`.
 *
 * @example
 * ```ts
 * const shop = webhook({ signature: standardWebhooks({ secrets: "TENUTO_WEBHOOK_SECRET_SHOP" }) });
 * ```
 */
export function webhook({ signature }: { readonly signature: SignatureDefinition }): WebhookTransport {
  return { kind: "webhook", signature };
}

/** Whether events of this transport are posted. */
export function isWebhook(transport: EventTransport): transport is WebhookTransport {
  return transport.kind === "webhook";
}

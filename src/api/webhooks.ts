import type { Delivery } from "tenuto/client";

/** What became of a webhook. */
export type WebhookOutcome =
  | (Delivery & { readonly deadLetterId?: string })
  /** Also what can't be read, or what our own code fails with. */
  | { readonly outcome: "refused"; readonly error: Error; readonly deadLetterId?: string }
  | { readonly outcome: "challenged"; readonly challenge: string }
  /** Somebody has paused the source: nothing was done, and it is to be posted again. */
  | { readonly outcome: "paused"; readonly retryAfterSeconds: number }
  | { readonly outcome: "unsigned"; readonly reason: string; readonly header: string };

/** Who takes webhooks: the port that `createWebhooks` of `tenuto/events` fills. */
export interface Webhooks {
  /** Whether there is such a source. */
  has(source: string): boolean;
  receive(
    source: string,
    request: {
      readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
      readonly body: Uint8Array;
      readonly parse: (body: Uint8Array) => unknown;
    },
  ): Promise<WebhookOutcome>;
}

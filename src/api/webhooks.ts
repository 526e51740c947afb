import type { ValidationIssue } from "tenuto";

/** What became of a webhook. */
export type WebhookOutcome =
  | { readonly outcome: "accepted"; readonly workflowId: string; readonly runId?: string }
  | { readonly outcome: "duplicate"; readonly workflowId: string }
  | { readonly outcome: "filtered" }
  | { readonly outcome: "unmatched"; readonly known: readonly string[] }
  | { readonly outcome: "challenged"; readonly challenge: string }
  | { readonly outcome: "invalid"; readonly issues: readonly ValidationIssue[] }
  | { readonly outcome: "refused"; readonly error: Error }
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

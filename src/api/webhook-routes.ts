// Events that are posted by systems: they have no role, and sign what they send.
import { z } from "zod";
import { receiveWebhook } from "./handlers/webhooks.ts";
import { type Route, route } from "./route.ts";
import { ofTemporal, ofWorker } from "./route-problems.ts";
import { Nothing } from "./schemas.ts";

const taken = z
  .object({
    outcome: z.enum(["accepted", "duplicate", "filtered", "unmatched", "challenged"]),
    challenge: z.string().optional().describe("What the source asked to be answered with"),
    workflowId: z.string().optional(),
    window: z
      .enum(["debounce", "batch", "singleton", "latestWins"])
      .optional()
      .describe("The event waits there for others; the run comes when it closes. `workflowId` is that of the window"),
    runId: z.string().optional(),
    deadLetterId: z.string().optional().describe("Of an event that nothing is done with, which is kept"),
    known: z.array(z.string()).optional().describe("The types of events that the source takes"),
  })
  .meta({ id: "TakenWebhook" });

export const WebhookParams = z.object({ source: z.string() });
export const WebhookHeaders = z.record(z.string(), z.union([z.string(), z.array(z.string())]).optional());
export const WebhookBody = z
  .custom<Uint8Array>((value) => value instanceof Uint8Array)
  .meta({ description: "An event" });

export const webhookRoutes: readonly Route[] = [
  route({
    method: "post",
    path: "/v1/webhooks/:source",
    role: "public",
    operationId: "receiveWebhook",
    summary: "Takes an event that a source has signed",
    answers: {
      200: {
        description: "Nothing was to be done with it: it came before, or the source has no rule for it.",
        schema: taken,
      },
      202: { description: "Temporal has it.", schema: taken },
    },
    problems: [
      ...ofTemporal,
      ...ofWorker,
      ...([
        "NOT_FOUND",
        "WEBHOOK_NOT_SIGNED",
        "EVENT_SOURCE_PAUSED",
        "INVALID_INPUT",
        "PAYLOAD_TOO_LARGE",
        "RUN_NOT_FOUND",
        "RUN_CLOSED",
      ] as const),
      ...([
        "EVENT_NOT_ALLOWED",
        "TRANSITION_IN_PROGRESS",
        "UPDATE_REJECTED",
        "IDEMPOTENCY_KEY_REUSED",
        "CONCURRENCY_LIMIT",
        "WINDOW_FULL",
      ] as const),
    ],
    isSigned: true,
    params: WebhookParams,
    query: Nothing,
    headers: WebhookHeaders,
    body: WebhookBody,
    handler: receiveWebhook,
  }),
];

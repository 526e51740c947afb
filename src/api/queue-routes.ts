// How many steps of a task queue begin in a second, and changing that while workers run.
import type { QueueRate, RateChanged } from "tenuto/client";
import { z } from "zod";
import { type Shape, time } from "./answer-parts.ts";
import { setQueueRate } from "./handlers/task-queues.ts";
import { type Route, route } from "./route.ts";
import { ofTemporal } from "./route-problems.ts";
import { Nothing, reason } from "./schemas.ts";

export const QueueParams = z.object({ name: z.string() });

const rate = z
  .number({ error: "A number from 0 to 100000, or null for no limit" })
  .min(0)
  .max(100_000)
  .nullable()
  .optional()
  .describe("In a second; 0 holds all steps, null takes the limit away; not given, it stays");

export const QueueRateBody = z.strictObject({ perSecond: rate, perKeyPerSecond: rate, reason });

const changed = z.object({ by: z.string(), reason: z.string(), at: time } satisfies Shape<RateChanged>).optional();
const limit = z.number().min(0).nullable();

const QueueRateAnswer = z
  .object({
    perSecond: limit.describe("Steps that begin in a second at most; null is no limit"),
    perKeyPerSecond: limit.describe("Of each fairness key, times its weight"),
    changed,
    perKeyChanged: changed,
  } satisfies Shape<QueueRate>)
  .meta({ id: "QueueRate", description: "The rates of a task queue, by all workers together" });

export const queueRoutes: readonly Route[] = [
  route({
    method: "put",
    path: "/v1/task-queues/:name/rate",
    role: "operator",
    operationId: "setQueueRate",
    summary: "Limits how many steps of a task queue begin in a second",
    answers: { 200: { description: "What is in force; workers keep to it within seconds.", schema: QueueRateAnswer } },
    problems: [...ofTemporal, "UNKNOWN_QUEUE", "INVALID_INPUT"],
    params: QueueParams,
    query: Nothing,
    body: QueueRateBody,
    handler: setQueueRate,
  }),
];

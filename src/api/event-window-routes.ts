// Where many events are gathered for one run.
import { windowKinds } from "tenuto";
import type { ListedEventWindow, WindowCounts, WindowRefusal } from "tenuto/client";
import { z } from "zod";
import { count, pageOf, type Shape, time } from "./answer-parts.ts";
import { listEventWindows, showEventWindow } from "./handlers/event-windows.ts";
import { type Route, route } from "./route.ts";
import { ofRun, ofTemporal } from "./route-problems.ts";
import { EventWindowListQuery, Nothing, TenantQuery } from "./schemas.ts";

const error = { type: z.string(), message: z.string() };
const run = { workflowId: z.string(), runId: z.string().describe("Of the first of the runs that continue each other") };

const windowAnswer = z
  .object({
    id: z.string(),
    app: z.string(),
    source: z.string(),
    type: z.string().describe("Of the events"),
    key: z.string().optional().describe("What the rule's `key` gave, if it has one"),
    kind: z.enum(windowKinds),
    waiting: z
      .object({ events: count, bytes: count, since: time.optional(), closesAt: time.optional() })
      .describe("The events that have not become a run yet"),
    starting: z
      .object({ events: count, since: time, failure: z.object({ ...error, at: time }).optional() })
      .optional()
      .describe("The list whose run is being started; with why that has not worked yet"),
    run: z
      .object({ ...run, since: time, cancelAskedAt: time.optional() })
      .optional()
      .describe("The run that the next one waits for"),
    lastRun: z.object({ ...run, at: time }).optional(),
    counts: z
      .object({
        ...{ events: count, duplicates: count, superseded: count, started: count, refused: count },
      } satisfies Shape<WindowCounts>)
      .describe("Since the window is there"),
    refusals: z
      .array(
        z.object({
          at: time,
          events: count,
          error: z.object(error),
          deadLetterIds: z.array(z.string()),
        } satisfies Shape<WindowRefusal>),
      )
      .describe("Lists that no run takes, the last 20"),
  } satisfies Shape<ListedEventWindow>)
  .meta({ id: "EventWindow", description: "What gathers events of one key for one run" });

export const EventWindowParams = z.object({ id: z.string() });

export const eventWindowRoutes: readonly Route[] = [
  route({
    method: "get",
    path: "/v1/event-windows",
    role: "viewer",
    operationId: "listEventWindows",
    summary: "Lists the windows of events, the one that began last first",
    answers: { 200: { description: "A page of windows.", schema: pageOf(windowAnswer) } },
    problems: [...ofTemporal, "INVALID_CURSOR"],
    params: Nothing,
    query: EventWindowListQuery,
    handler: listEventWindows,
  }),
  route({
    method: "get",
    path: "/v1/event-windows/:id",
    role: "viewer",
    operationId: "getEventWindow",
    summary: "Describes a window of events",
    answers: { 200: { description: "The window.", schema: windowAnswer } },
    problems: ofRun,
    params: EventWindowParams,
    query: TenantQuery,
    handler: showEventWindow,
  }),
];

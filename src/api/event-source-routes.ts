// Where events come from, how their consumers stand, and pausing them.
import {
  eventSourceStates,
  type EventSourceStatus,
  type PostedOutcomes,
  type SourceProcess,
  type TakenEvent,
} from "tenuto";
import { z } from "zod";
import { count, type Shape, time } from "./answer-parts.ts";
import { listEventSources, pauseEventSource, resumeEventSource } from "./handlers/event-sources.ts";
import { type Route, route } from "./route.ts";
import { ofTemporal, ofWorker } from "./route-problems.ts";
import { Nothing, ReasonBody } from "./schemas.ts";

const outcomes = z
  .object({
    ...{ accepted: count, duplicate: count, refused: count, failed: count },
  } satisfies Shape<PostedOutcomes>)
  .optional()
  .describe("Of posted events, in the last minute");
const told = {
  backlog: count.optional().describe("Events that wait at the broker"),
  lastEventAt: time.optional(),
  lastError: z.string().optional(),
  lastErrorAt: time.optional(),
  outcomes,
};

const processAnswer = z.object({
  process: z.string(),
  at: time.describe("When it told how it stands"),
  ageMs: count,
  isLate: z.boolean().describe("Its next report is due: nobody knows how it stands"),
  state: z.enum(eventSourceStates),
  inFlight: count,
  settled: count.describe("Events, since the process began"),
  settledLastMinute: count,
  ...told,
} satisfies Shape<SourceProcess>);

const sourceAnswer = z
  .object({
    name: z.string(),
    kind: z.string().describe("By what its events come, such as `webhook` or `rabbitmq`"),
    description: z.string(),
    events: z.array(
      z.object({
        type: z.string(),
        does: z.enum(["start", "signal", "update"]),
        workflow: z.string(),
        name: z.string().optional().describe("Of the signal or the update"),
      } satisfies Shape<TakenEvent>),
    ),
    state: z
      .enum([...eventSourceStates, "unknown"])
      .describe(
        "The worst of its processes. `holding`: Temporal does not take what came; `reconnecting`: the broker is away; " +
          "`off`: its address or secret is not set; `unknown`: no process has told of late.",
      ),
    paused: z
      .object({ by: z.string(), reason: z.string(), at: time })
      .optional()
      .describe("While somebody has it paused"),
    asOf: time.optional().describe("The oldest report that the numbers are from; without it there are none"),
    inFlight: count.optional().describe("Events that are under way, in all processes"),
    ratePerMinute: count.optional().describe("Events that were settled in the last minute, by all processes"),
    ...told,
    backlogAt: time.optional().describe("When `backlog` was so"),
    processes: z.array(processAnswer).describe("Who takes its events; the one that told last, first"),
  } satisfies Shape<EventSourceStatus>)
  .meta({ id: "EventSource", description: "Where events come from, and how their consumers stand" });

export const EventSourceParams = z.object({ name: z.string() });

const ofChange = [...ofTemporal, ...ofWorker, "EVENT_SOURCE_NOT_FOUND", "INVALID_INPUT"] as const;

export const eventSourceRoutes: readonly Route[] = [
  route({
    method: "get",
    path: "/v1/event-sources",
    role: "viewer",
    operationId: "listEventSources",
    summary: "Lists the event sources, and how their consumers stand",
    answers: { 200: { description: "All sources of the app.", schema: z.object({ items: z.array(sourceAnswer) }) } },
    problems: ofTemporal,
    params: Nothing,
    query: Nothing,
    handler: listEventSources,
  }),
  route({
    method: "post",
    path: "/v1/event-sources/:name/pause",
    role: "operator",
    operationId: "pauseEventSource",
    summary: "Has no process take events of a source until it is resumed",
    answers: {
      200: { description: "It is paused; consumers know it within about two seconds.", schema: sourceAnswer },
    },
    problems: ofChange,
    params: EventSourceParams,
    query: Nothing,
    body: ReasonBody,
    handler: pauseEventSource,
  }),
  route({
    method: "post",
    path: "/v1/event-sources/:name/resume",
    role: "operator",
    operationId: "resumeEventSource",
    summary: "Has the events of a source taken again",
    answers: { 200: { description: "It is no longer paused.", schema: sourceAnswer } },
    problems: ofChange,
    params: EventSourceParams,
    query: Nothing,
    body: ReasonBody,
    handler: resumeEventSource,
  }),
];

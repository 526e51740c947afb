// Lanes: runs that share a limit, those at work and those that wait.
import type { LaneCounts, LaneHolderRecord, LaneWaitingRecord } from "tenuto";
import type { ConcurrencyLane } from "tenuto/client";
import { z } from "zod";
import { count, pageOf, type Shape, time } from "./answer-parts.ts";
import { listLanes, showLane } from "./handlers/lanes.ts";
import { type Route, route } from "./route.ts";
import { ofTemporal } from "./route-problems.ts";
import { Nothing, wholeNumber } from "./schemas.ts";

const laneAnswer = z
  .object({
    id: z.string(),
    type: z.string().describe("Of its runs"),
    key: z.string().optional().describe("What its runs have in common; without it all runs of the type share the lane"),
    limit: count.describe("How many may be at work at once"),
    onLimit: z.enum(["wait", "reject", "cancel-oldest"]),
    holders: z
      .array(
        z.object({
          workflowId: z.string(),
          runId: z
            .string()
            .describe("Of the first of the runs that continue each other; empty while a start is under way"),
          since: time,
          cancelAskedAt: time.optional(),
        } satisfies Shape<LaneHolderRecord>),
      )
      .describe("The runs at work, the one that has been longest in the lane first"),
    waiting: z.object({
      runs: count,
      first: z
        .array(z.object({ workflowId: z.string(), runId: z.string(), since: time } satisfies Shape<LaneWaitingRecord>))
        .describe("The first 20, in the order in which they get their slots"),
    }),
    counts: z
      .object({
        ...{ granted: count, refused: count, canceled: count, turnedAway: count },
      } satisfies Shape<LaneCounts>)
      .describe("Since the lane is there"),
  } satisfies Shape<ConcurrencyLane>)
  .meta({ id: "ConcurrencyLane", description: "Runs that share a limit" });

export const LaneParams = z.object({ id: z.string() });
export const LaneListQuery = z.strictObject({
  limit: wholeNumber(1, 200).default(50),
  cursor: z.string().min(1).optional(),
});

export const laneRoutes: readonly Route[] = [
  route({
    method: "get",
    path: "/v1/lanes",
    role: "viewer",
    operationId: "listLanes",
    summary: "Lists the lanes that runs are in, those that began last first",
    answers: {
      200: { description: "A page of lanes.", schema: pageOf(laneAnswer).meta({ id: "ConcurrencyLanePage" }) },
    },
    problems: [...ofTemporal, "INVALID_CURSOR"],
    params: Nothing,
    query: LaneListQuery,
    handler: listLanes,
  }),
  route({
    method: "get",
    path: "/v1/lanes/:id",
    role: "viewer",
    operationId: "getLane",
    summary: "Shows a lane: who is at work, and who waits",
    answers: { 200: { description: "The lane.", schema: laneAnswer } },
    problems: [...ofTemporal, "LANE_NOT_FOUND"],
    params: LaneParams,
    query: Nothing,
    handler: showLane,
  }),
];

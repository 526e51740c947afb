// The routes of schedules. Operators let them run; what they say is for admins to change.
import {
  backfillSchedule,
  deleteSchedule,
  deploySchedules,
  listSchedules,
  pauseSchedule,
  putSchedule,
  resumeSchedule,
  showSchedule,
  triggerSchedule,
} from "./handlers/schedules.ts";
import { type Route, route } from "./route.ts";
import { ofTemporal } from "./route-problems.ts";
import {
  Schedule,
  ScheduleBackfilled,
  ScheduleDeleted,
  ScheduleDeployed,
  SchedulePage,
  ScheduleTriggered,
} from "./schedule-answers.ts";
import {
  BackfillBody,
  ScheduleDeployBody,
  ScheduleListQuery,
  ScheduleParams,
  SchedulePutBody,
  TriggerBody,
} from "./schedule-schemas.ts";
import { Nothing, ReasonBody } from "./schemas.ts";

const ofOne = {
  params: ScheduleParams,
  query: Nothing,
  problems: [...ofTemporal, "SCHEDULE_NOT_FOUND"],
} as const;
const steering = {
  ...ofOne,
  method: "post",
  role: "operator",
  problems: [...ofOne.problems, "INVALID_INPUT", "SCHEDULE_BUSY"],
} as const;
const asItIs = { 200: { description: "The schedule as it is now.", schema: Schedule } };

export const scheduleRoutes: readonly Route[] = [
  route({
    method: "get",
    path: "/v1/schedules",
    role: "viewer",
    operationId: "listSchedules",
    summary: "Lists schedules",
    answers: { 200: { description: "A page of schedules.", schema: SchedulePage } },
    problems: [...ofTemporal, "INVALID_CURSOR"],
    params: Nothing,
    query: ScheduleListQuery,
    handler: listSchedules,
  }),
  route({
    method: "post",
    path: "/v1/schedules/deploy",
    role: "operator",
    operationId: "deploySchedules",
    summary: "Brings the schedules of the code to the server, or says what that would do",
    answers: { 200: { description: "What was, or would be, done.", schema: ScheduleDeployed } },
    problems: [...ofTemporal, "INVALID_INPUT", "PAYLOAD_TOO_LARGE", "SCHEDULE_BUSY"],
    params: Nothing,
    query: Nothing,
    body: ScheduleDeployBody,
    // What only asks does nothing to answer for.
    audit: ({ body }) => (body.dryRun ? undefined : {}),
    handler: deploySchedules,
  }),
  route({
    ...ofOne,
    method: "get",
    path: "/v1/schedules/:id",
    role: "viewer",
    operationId: "getSchedule",
    summary: "Describes a schedule: what it says, when it is due, what it has started",
    answers: { 200: { description: "The schedule.", schema: Schedule } },
    handler: showSchedule,
  }),
  route({
    ...ofOne,
    method: "put",
    path: "/v1/schedules/:id",
    role: "admin",
    operationId: "putSchedule",
    summary: "Makes a schedule, or edits one, which no deploy changes until it is deleted",
    answers: asItIs,
    problems: [...ofTemporal, "SCHEDULE_NOT_FOUND", "INVALID_INPUT", "PAYLOAD_TOO_LARGE", "SCHEDULE_BUSY"],
    body: SchedulePutBody,
    handler: putSchedule,
  }),
  route({
    ...ofOne,
    method: "delete",
    path: "/v1/schedules/:id",
    role: "admin",
    operationId: "deleteSchedule",
    summary: "Deletes a schedule, or the edit of one; what the code says is back",
    answers: { 200: { description: "It is deleted.", schema: ScheduleDeleted } },
    problems: [...steering.problems, "SCHEDULE_IN_CODE"],
    body: ReasonBody,
    handler: deleteSchedule,
  }),
  route({
    ...steering,
    path: "/v1/schedules/:id/pause",
    operationId: "pauseSchedule",
    summary: "Lets nothing be due until it is resumed",
    answers: asItIs,
    body: ReasonBody,
    handler: pauseSchedule,
  }),
  route({
    ...steering,
    path: "/v1/schedules/:id/resume",
    operationId: "resumeSchedule",
    summary: "Lets runs be due again",
    answers: asItIs,
    body: ReasonBody,
    handler: resumeSchedule,
  }),
  route({
    ...steering,
    path: "/v1/schedules/:id/trigger",
    operationId: "triggerSchedule",
    summary: "Starts a run now",
    answers: { 200: { description: "What became of it.", schema: ScheduleTriggered } },
    body: TriggerBody,
    handler: triggerSchedule,
  }),
  route({
    ...steering,
    path: "/v1/schedules/:id/backfill",
    operationId: "backfillSchedule",
    summary: "Starts runs for due times that are over and have none",
    answers: { 200: { description: "The due times, by what becomes of them.", schema: ScheduleBackfilled } },
    body: BackfillBody,
    audit: ({ body }) => (body.dryRun ? undefined : { from: body.from.toISOString(), to: body.to.toISOString() }),
    handler: backfillSchedule,
  }),
];

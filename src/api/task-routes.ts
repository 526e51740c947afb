// The routes of human tasks. Who may answer which is for the task to say, so its run decides, and not the role.
import {
  claimTask,
  commentOnTask,
  completeTask,
  escalateTask,
  listTasks,
  reassignTask,
  rejectTask,
  releaseTask,
  showTask,
} from "./handlers/tasks.ts";
import { answerLinkedTask, showLinkedTask } from "./handlers/task-links.ts";
import { type Route, route } from "./route.ts";
import { ofTemporal, ofWorker } from "./route-problems.ts";
import { KeyHeaders, Nothing, ReasonBody, TenantQuery } from "./schemas.ts";
import { AnsweredTask, LinkedTask, TaskAnswer, TaskPage } from "./task-answers.ts";
import {
  AnswerBody,
  CommentBody,
  LinkAnswerBody,
  LinkBody,
  ReassignBody,
  TaskListQuery,
  TaskParams,
} from "./task-schemas.ts";

const acted = {
  method: "post",
  role: "viewer",
  answers: { 200: { description: "The task as it is now.", schema: TaskAnswer } },
  problems: [
    ...ofTemporal,
    ...ofWorker,
    ...(["TASK_NOT_FOUND", "TASK_CLOSED", "TASK_CLAIMED", "NOT_YOUR_TASK", "INVALID_INPUT"] as const),
    "PAYLOAD_TOO_LARGE",
  ],
  params: TaskParams,
  query: TenantQuery,
  // What is said and answered is in the history of the run.
  audit: () => ({}),
} as const;
const answered = { ...acted, problems: [...acted.problems, "TASK_ANSWERED"] } as const;

/** Nobody signs in: the token says which task, and that its sender has it from us. */
const byLink = {
  method: "post",
  role: "public",
  problems: [...ofTemporal, "NOT_FOUND", "TASK_LINK_INVALID", "TASK_LINK_GONE", "TOO_MANY_REQUESTS"],
  params: Nothing,
  query: Nothing,
} as const;

export const taskRoutes: readonly Route[] = [
  route({
    method: "get",
    path: "/v1/tasks",
    role: "viewer",
    operationId: "listTasks",
    summary: "Lists tasks that wait for people, the one that is due first, first",
    answers: { 200: { description: "A page of tasks.", schema: TaskPage } },
    problems: [...ofTemporal, "INVALID_CURSOR"],
    params: Nothing,
    query: TaskListQuery,
    sharedWith: ({ query }) => (query.mine === true ? "principal" : "tenant"),
    handler: listTasks,
  }),
  route({
    method: "get",
    path: "/v1/tasks/:taskId",
    role: "viewer",
    operationId: "getTask",
    summary: "Describes a task",
    answers: { 200: { description: "The task.", schema: TaskAnswer } },
    problems: [...ofTemporal, "TASK_NOT_FOUND"],
    params: TaskParams,
    query: TenantQuery,
    handler: showTask,
  }),
  route({
    ...acted,
    path: "/v1/tasks/:taskId/claim",
    operationId: "claimTask",
    summary: "Says that the caller works on a task, so that nobody else does",
    handler: claimTask,
  }),
  route({
    ...acted,
    path: "/v1/tasks/:taskId/release",
    operationId: "releaseTask",
    summary: "Gives back a task that is claimed",
    handler: releaseTask,
  }),
  route({
    ...answered,
    path: "/v1/tasks/:taskId/complete",
    operationId: "completeTask",
    summary: "Answers a task",
    headers: KeyHeaders,
    body: AnswerBody,
    handler: completeTask,
  }),
  route({
    ...answered,
    path: "/v1/tasks/:taskId/reject",
    operationId: "rejectTask",
    summary: "Refuses what a task asks for",
    headers: KeyHeaders,
    body: ReasonBody,
    handler: rejectTask,
  }),
  route({
    ...acted,
    path: "/v1/tasks/:taskId/escalate",
    operationId: "escalateTask",
    summary: "Asks those of a task's escalation besides, without waiting for it",
    body: ReasonBody,
    handler: escalateTask,
  }),
  route({
    ...acted,
    path: "/v1/tasks/:taskId/reassign",
    operationId: "reassignTask",
    summary: "Says who may answer a task from now on, and nobody else",
    body: ReassignBody,
    handler: reassignTask,
  }),
  route({
    ...acted,
    path: "/v1/tasks/:taskId/comments",
    operationId: "commentOnTask",
    summary: "Says something about a task",
    body: CommentBody,
    handler: commentOnTask,
  }),
  route({
    ...byLink,
    path: "/v1/task-links/show",
    operationId: "showLinkedTask",
    summary: "Shows the task that a link is for, and changes nothing",
    answers: { 200: { description: "What is asked.", schema: LinkedTask } },
    changesNothing: true,
    body: LinkBody,
    handler: showLinkedTask,
  }),
  route({
    ...byLink,
    path: "/v1/task-links/answer",
    operationId: "answerLinkedTask",
    summary: "Answers the task that a link is for, once",
    answers: { 200: { description: "What became of it.", schema: AnsweredTask } },
    problems: [...byLink.problems, "TASK_CLAIMED", "INVALID_INPUT", "PAYLOAD_TOO_LARGE", ...ofWorker],
    body: LinkAnswerBody,
    handler: answerLinkedTask,
  }),
];

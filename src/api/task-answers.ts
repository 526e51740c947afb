// What the routes of human tasks answer.
import { type TaskEnd, taskStatuses, type TaskVote } from "tenuto";
import type { Task } from "tenuto/client";
import { z } from "zod";
import { anything, pageOf, RunStatus, type Shape, time } from "./answer-parts.ts";

const TaskStatus = z.enum(taskStatuses).meta({ id: "TaskStatus" });

const vote = z.object({ answer: anything, by: z.string(), at: time } satisfies Shape<TaskVote>);

export const TaskEndAnswer = z.object({
  status: TaskStatus,
  at: time,
  by: z.string().optional().describe("Absent where time, or the end of the run, did it"),
  reason: z.string().optional(),
  answer: anything,
  isDefault: z.boolean().optional().describe("Whether nobody answered, and the default counts"),
} satisfies Shape<TaskEnd>);

export const TaskAnswer = z
  .object({
    taskId: z.string(),
    status: TaskStatus,
    type: z.string(),
    title: z.string(),
    workflowId: z.string(),
    runId: z.string(),
    workflowType: z.string(),
    runStatus: RunStatus,
    tenant: z.string().optional(),
    data: anything.describe("What is asked, without what contracts redact"),
    schema: z.record(z.string(), z.unknown()).describe("JSON Schema of an answer"),
    roles: z.array(z.string()).describe("Who has one of these task roles may answer"),
    assignees: z.array(z.string()).describe("Who may answer by name"),
    openedAt: time,
    dueAt: time.optional(),
    overdue: z.boolean(),
    timesOutAt: time.optional().describe("When it ends by itself"),
    claimed: z.object({ by: z.string(), at: time }).optional(),
    escalatedAt: time.optional(),
    quorum: z.object({ approve: z.int(), of: z.int() }).optional().describe("How many of how many have to agree"),
    votes: z.array(vote).optional(),
    rejections: z.array(z.object({ by: z.string(), at: time, reason: z.string() })).optional(),
    comments: z.array(z.object({ by: z.string(), text: z.string(), at: time })),
    ended: TaskEndAnswer.optional(),
  } satisfies Shape<Task>)
  .meta({ id: "Task", description: "A question that a run puts to people" });

export const TaskPage = pageOf(TaskAnswer).meta({ id: "TaskPage" });

const linkedTask = { title: z.string(), type: z.string(), status: TaskStatus };

export const LinkedTask = z
  .object({
    ...linkedTask,
    data: anything.describe("What is asked, without what contracts redact"),
    schema: z.record(z.string(), z.unknown()).describe("JSON Schema of an answer"),
    dueAt: time.optional(),
    overdue: z.boolean(),
  })
  .meta({ id: "LinkedTask", description: "What a link shows of its task" });

export const AnsweredTask = z.object(linkedTask).meta({ id: "AnsweredTask" });

// What the routes of human tasks take.
import { taskStatuses } from "tenuto";
import { z } from "zod";
import { instant, reason, tenant, text, wholeNumber } from "./schemas.ts";

export const TaskParams = z.object({ taskId: z.string() });

const flag = z
  .enum(["true", "false"], { error: "true or false" })
  .transform((value) => value === "true")
  .optional();

export const TaskListQuery = z.strictObject({
  type: text.max(255).optional(),
  role: text.max(64).optional(),
  assignee: text.max(255).optional(),
  status: z.enum(taskStatuses, { error: `One of ${taskStatuses.join(", ")}` }).optional(),
  dueBefore: instant.optional(),
  overdue: flag,
  mine: flag,
  limit: wholeNumber(1, 200).default(50),
  cursor: text.optional(),
  tenant,
});

// Whether an answer fits is for the task's definition to say.
export const AnswerBody = z.strictObject({ answer: z.unknown().optional() });

const names = z.array(z.string().min(1).max(200)).max(20, "At most 20").optional();
export const ReassignBody = z.strictObject({ assignees: names, roles: names, reason });

export const CommentBody = z.strictObject({
  text: z.string({ error: "Say what is to be known" }).trim().min(1, "Say what is to be known").max(2_000),
});

const token = z.string({ error: "The token of the link" }).min(1).max(4_096);
export const LinkBody = z.strictObject({ token });
export const LinkAnswerBody = z
  .strictObject({ token, answer: z.unknown().optional(), reject: z.strictObject({ reason }).optional() })
  .refine(({ answer, reject }) => answer === undefined || reject === undefined, {
    path: ["reject"],
    error: "Give `answer` or `reject`, not both",
  });

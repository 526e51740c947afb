import type { z } from "zod";
import type { Duration } from "./duration.ts";
import type { TaskQuorum, TaskVote } from "./human-task.ts";
import type { FieldName } from "./redacted.ts";
import { assertHumanTask } from "./human-task-checks.ts";

/** Who is asked besides when nobody has answered for that long. */
export interface TaskEscalation {
  /** After its opening. */
  readonly after: Duration;
  /** Task roles that may answer from then on, too. @default none */
  readonly roles?: readonly string[];
  /** Names of people who may answer from then on, too. @default none */
  readonly assignees?: readonly string[];
  /** Names of the channels that are told of it. @default those of the task */
  readonly channels?: readonly string[];
}

/** The pure description of a question to people. */
export interface HumanTaskDefinition<
  Question extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
  Quorum extends TaskQuorum | undefined = TaskQuorum | undefined,
> {
  /** What is to be done, in one line; from the question, if it says of what. It is in lists and messages: nothing that is redacted. */
  readonly title: string | ((question: z.output<Question>) => string);
  /** What people are shown: at most 10,000 characters of JSON. */
  readonly question: Question;
  /** What they answer; a form is drawn from its JSON Schema. */
  readonly answer: Answer;
  /** Who has one of these task roles may answer. @default none; then `assignees` is needed */
  readonly roles?: readonly string[];
  /** Names of people who may answer besides. @default none */
  readonly assignees?: readonly string[];
  /** When it should be answered, after its opening; then its channels are told. @default never */
  readonly due?: Duration;
  /** When its channels are reminded, after its opening. @default never */
  readonly reminders?: readonly Duration[];
  /** @default none */
  readonly escalation?: TaskEscalation;
  /** When it ends though nobody has answered, after its opening. @default never */
  readonly timeout?: Duration;
  /** What it ends with then: `humanTask` throws `TaskTimedOut`, or gets this answer. @default "reject" */
  readonly onTimeout?: "reject" | { readonly answer: z.output<Answer> };
  /** How many of how many have to agree, each once: then the answers of all who did are the result. @default one person answers */
  readonly quorum?: Quorum;
  /** Names of the alert channels that are told when it opens, when it is due, and by reminders. @default none */
  readonly channels?: readonly string[];
  /** Whether messages have a signed link by which whoever gets them answers, once, without an account. @default false */
  readonly answerLink?: boolean;
  /** Fields of question and answer, at any depth, that never reach logs, lists, the history API or pages, in the whole app. @default none */
  readonly redact?: readonly FieldName<z.output<Question> | z.output<Answer>>[];
  /** What the task is about, in Markdown. */
  readonly description?: string;
}

/** A question to people, made by {@link defineHumanTask}. */
export interface HumanTaskContract<
  Question extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
  Quorum extends TaskQuorum | undefined = TaskQuorum | undefined,
> {
  readonly kind: "humanTask";
  /** The type of the task. */
  readonly name: string;
  readonly question: Question;
  readonly answer: Answer;
  // A method, not a property: a contract of one question is then usable where any contract is.
  title(question: z.output<Question>): string;
  readonly roles: readonly string[];
  readonly assignees: readonly string[];
  readonly due?: Duration;
  readonly reminders: readonly Duration[];
  readonly escalation?: TaskEscalation;
  readonly timeout?: Duration;
  readonly onTimeout: "reject" | { readonly answer: unknown };
  readonly quorum?: Quorum;
  readonly channels: readonly string[];
  readonly answerLink: boolean;
  readonly redact: readonly string[];
  readonly description: string;
}

/** What a workflow gets of a task: the answer, or with a quorum the votes that made it. */
export type AnswerOf<Task extends HumanTaskContract> = [NonNullable<Task["quorum"]>] extends [never]
  ? z.output<Task["answer"]>
  : readonly TaskVote<z.output<Task["answer"]>>[];

/**
 * Describes a question that runs put to people; the value is pure and may be imported from anywhere. List it in
 * `defineApp`, as `tasks`.
 *
 * @throws `InvalidDefinition` when nobody could answer it, its times contradict each other, or a schema has values that
 *   JSON can't carry.
 * @example
 * ```ts
 * const approveRefund = defineHumanTask("approveRefund", {
 *   title: ({ amountCents }) => `Refund of ${amountCents} cents`,
 *   question: z.object({ orderId: z.string(), amountCents: z.int() }),
 *   answer: z.object({ note: z.string() }),
 *   roles: ["support"],
 *   due: "4h",
 *   reminders: ["2h"],
 *   escalation: { after: "8h", roles: ["lead"] },
 *   timeout: "2d",
 * });
 * ```
 */
export function defineHumanTask<
  Question extends z.ZodType,
  Answer extends z.ZodType,
  const Quorum extends TaskQuorum | undefined = undefined,
>(
  name: string,
  definition: HumanTaskDefinition<Question, Answer, Quorum>,
): HumanTaskContract<Question, Answer, Quorum> {
  assertHumanTask(name, definition);
  const { title, due, escalation, timeout, quorum } = definition;
  return {
    kind: "humanTask",
    name,
    question: definition.question,
    answer: definition.answer,
    title: typeof title === "string" ? () => title : title,
    roles: definition.roles ?? [],
    assignees: definition.assignees ?? [],
    reminders: definition.reminders ?? [],
    ...(due !== undefined && { due }),
    ...(escalation && { escalation }),
    ...(timeout !== undefined && { timeout }),
    onTimeout: definition.onTimeout ?? "reject",
    ...(quorum && { quorum }),
    channels: definition.channels ?? [],
    answerLink: definition.answerLink ?? false,
    redact: definition.redact ?? [],
    description: definition.description ?? "",
  };
}

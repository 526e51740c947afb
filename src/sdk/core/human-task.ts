// What the isolate, Node and people agree on about human tasks: a typed question that a run puts to people.

/** The update by which somebody does something about a task; takes a {@link TaskCall}. */
export const taskUpdate = "__tenuto_task";

/** The local activity that says on what terms a task is put; its marker is the record. Takes a {@link TaskOpening}. */
export const openTaskActivityType = "tenuto.openTask";

/** The activity that tells people of a task over the alert channels; takes {@link TaskTelling}. A repeat is a no-op. */
export const tellTaskActivityType = "tenuto.tellTask";

/** The memo fields of a run that have its tasks begin with this; the task's key follows. Each holds a {@link TaskRecord}. */
export const taskMemoPrefix = "tenutoTask-";

/** The search attribute (Datetime) that holds when the first of a run's open tasks is due. */
export const taskDueAttribute = "TenutoTaskDue";

/** How many tasks of one run may be open at once. */
export const mostOpenTasks = 100;

/** How many characters of JSON the question of a task may have: its run's memo holds it. */
export const longestQuestion = 10_000;

/** How many characters of JSON an answer may have, for the same reason. */
export const longestAnswer = 10_000;

/**
 * Where a task stands: `open` and `claimed` wait for an answer; `completed` was answered, `rejected` was refused,
 * `timedOut` was answered by nobody in time, `canceled` is one whose run does not wait for it any more.
 */
export type TaskStatus = "open" | "claimed" | "completed" | "rejected" | "timedOut" | "canceled";

/** Every {@link TaskStatus}. */
export const taskStatuses = [
  "open",
  "claimed",
  "completed",
  "rejected",
  "timedOut",
  "canceled",
] as const satisfies readonly TaskStatus[];

/** What somebody does about a task. */
export type TaskAction = "claim" | "release" | "complete" | "reject" | "escalate" | "reassign" | "comment";

/** Every {@link TaskAction}. */
export const taskActions = [
  "claim",
  "release",
  "complete",
  "reject",
  "escalate",
  "reassign",
  "comment",
] as const satisfies readonly TaskAction[];

/** Who does something about a task, as the API knows them. */
export interface TaskActor {
  readonly name: string;
  /** Whether they run the service: they may release, escalate, reassign and comment on any task, but not answer it. */
  readonly isOperator: boolean;
  /** `"every"` may answer any task. */
  readonly taskRoles: readonly string[] | "every";
  /** The id of the link by which they answer, without an account. */
  readonly link?: string;
}

/** Who may answer a task. */
export interface TaskAudience {
  /** Who has one of them may answer. */
  readonly roles: readonly string[];
  /** Names of those who may answer besides. */
  readonly assignees: readonly string[];
}

/** What a run is sent about one of its tasks. */
export interface TaskCall {
  /** The task's key. */
  readonly key: string;
  readonly action: TaskAction;
  readonly by: TaskActor;
  /** Of `complete`: parsed by the task's contract. */
  readonly answer?: unknown;
  /** Of `reject`, `escalate` and `reassign`: why; of `comment`: what is said. */
  readonly text?: string;
  /** Of `reassign`: who may answer from now on, and nobody else. */
  readonly to?: TaskAudience;
}

/** What a task is opened with. */
export interface TaskOpening {
  readonly type: string;
  readonly question: unknown;
  /** When, by the run's clock: milliseconds since the epoch. */
  readonly at: number;
}

/** How many of how many have to agree. */
export interface TaskQuorum {
  readonly approve: number;
  readonly of: number;
}

/** On what terms a task is put: recorded when it is opened, so that no later contract changes it. */
export interface TaskTerms extends TaskAudience {
  readonly title: string;
  /** Milliseconds after its opening. */
  readonly dueMs?: number;
  /** Milliseconds after its opening, ascending. */
  readonly remindersMs: readonly number[];
  readonly escalation?: TaskAudience & { readonly afterMs: number; readonly channels: readonly string[] };
  /** Milliseconds after its opening. */
  readonly timeoutMs?: number;
  /** What it is answered with when nobody answers in time. */
  readonly byDefault?: { readonly answer: unknown };
  readonly quorum?: TaskQuorum;
  /** Names of the channels that are told. */
  readonly channels: readonly string[];
  /** Whether who is told gets a link that answers. */
  readonly hasAnswerLink: boolean;
}

/** What the terms of a task turned out to be; a question that is too long is refused. */
export type TaskOpened =
  | { readonly status: "opened"; readonly terms: TaskTerms; readonly at: number }
  | { readonly status: "refused"; readonly message: string };

/** What somebody answered, and when. */
export interface TaskVote<Answer = unknown> {
  readonly answer: Answer;
  readonly by: string;
  /** RFC 3339. */
  readonly at: string;
}

/** What somebody said of a task. */
export interface TaskComment {
  readonly by: string;
  readonly text: string;
  /** RFC 3339. */
  readonly at: string;
}

/** How a task ended. */
export interface TaskEnd {
  readonly status: Exclude<TaskStatus, "open" | "claimed">;
  /** RFC 3339. */
  readonly at: string;
  /** Nobody, where time or the run's own end did it. */
  readonly by?: string;
  readonly reason?: string;
  /** Of one that is `completed` with one answer. */
  readonly answer?: unknown;
  /** Whether nobody answered, and the default counts. */
  readonly isDefault?: boolean;
}

/** What the memo of a run says of one of its tasks. */
export interface TaskRecord extends TaskAudience {
  /** Unique among all tasks: 16 hex digits. */
  readonly key: string;
  /** The name of its definition. */
  readonly type: string;
  readonly title: string;
  /** What is asked, as the workflow gave it. */
  readonly question: unknown;
  readonly status: TaskStatus;
  /** RFC 3339, as all times here. */
  readonly openedAt: string;
  readonly dueAt?: string;
  /** When it ends by itself. */
  readonly timesOutAt?: string;
  readonly claimed?: { readonly by: string; readonly at: string };
  readonly escalatedAt?: string;
  readonly quorum?: TaskQuorum;
  /** Of one with a quorum: who has agreed, oldest first. */
  readonly votes?: readonly TaskVote[];
  /** Of one with a quorum: who was against it. */
  readonly rejections?: readonly { readonly by: string; readonly at: string; readonly reason: string }[];
  /** Ids of the links that have answered. */
  readonly usedLinks?: readonly string[];
  /** The last 20, oldest first. */
  readonly comments: readonly TaskComment[];
  readonly ended?: TaskEnd;
}

/** Why people are told of a task: it is new, it still waits, it is late, it needs others, and, where it was late, it is over. */
export type TaskNewsKind = "opened" | "reminder" | "due" | "escalated" | "ended";

/** What people are told of a task; what is asked they see where they answer. */
export type ToldTask = Pick<
  TaskRecord,
  "key" | "type" | "title" | "status" | "openedAt" | "dueAt" | "timesOutAt" | "roles" | "assignees" | "ended"
>;

/** What there is to tell of a task, to which channels. */
export interface TaskNews {
  readonly kind: TaskNewsKind;
  /** How many there were before: with its run and key it makes this one the same however often it is told. */
  readonly ordinal: number;
  /** The ordinal of the one that a channel was told before, by the channel's name. */
  readonly after: Readonly<Record<string, number>>;
  readonly channels: readonly string[];
  readonly hasAnswerLink: boolean;
  readonly task: ToldTask;
}

/** The news of a task, and whose it is, as the activity gets it. */
export interface TaskTelling extends TaskNews {
  /** As the tenant knows it. */
  readonly workflowId: string;
  readonly tenant?: string;
}

/** A task that still waits for an answer. */
export function isOpenTask({ status }: Pick<TaskRecord, "status">): boolean {
  return status === "open" || status === "claimed";
}

/** Whether somebody may answer a task. */
export function mayAnswer({ roles, assignees }: TaskAudience, { name, taskRoles }: TaskActor): boolean {
  if (taskRoles === "every" || assignees.includes(name)) return true;
  return roles.some((role) => taskRoles.includes(role));
}

/** The id by which people know a task: it has the workflow id in it, so that it is found by itself. */
export function taskIdOf(key: string, workflowId: string): string {
  return `${key}-${workflowId}`;
}

/** The key and the workflow id in a task's id; `undefined` of what can be none. */
export function partsOfTaskId(taskId: string): { readonly key: string; readonly workflowId: string } | undefined {
  const [, key, workflowId] = /^([0-9a-f]{16})-(.+)$/su.exec(taskId) ?? [];
  return key !== undefined && workflowId !== undefined ? { key, workflowId } : undefined;
}

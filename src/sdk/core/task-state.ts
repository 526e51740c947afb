// What becomes of a human task by what people do, and by time: pure, so that a run and its tests agree. What is to be told is
// put into the state in the same step that makes it due, so that no order of calls loses or doubles it.
import {
  mayAnswer,
  type TaskCall,
  type TaskEnd,
  type TaskNews,
  type TaskNewsKind,
  type TaskRecord,
  type TaskTerms,
  type ToldTask,
  isOpenTask,
  longestAnswer,
} from "./human-task.ts";

/** All that a run knows of a task that is open. */
export interface TaskState {
  readonly record: TaskRecord;
  readonly terms: TaskTerms;
  /** What time does, ascending. */
  readonly moments: readonly TaskMoment[];
  /** What is to be told, oldest first. */
  readonly outbox: readonly TaskNews[];
  /** How often people were told. */
  readonly told: number;
  /** What each channel was told last, as an ordinal. */
  readonly lastTold: Readonly<Record<string, number>>;
}

/** What time does to a task. */
interface TaskMoment {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly does: "reminder" | "due" | "escalated" | "timedOut";
}

const keptComments = 20;

/** What a task begins with. */
export interface TaskBeginning {
  readonly key: string;
  readonly type: string;
  readonly question: unknown;
  readonly terms: TaskTerms;
}

/** A task that was put just now. `now` is in milliseconds since the epoch. */
export function beginTask({ key, type, question, terms }: TaskBeginning, now: number): TaskState {
  const { title, roles, assignees, dueMs, timeoutMs, quorum } = terms;
  const record: TaskRecord = {
    ...{ key, type, title, question, status: "open", openedAt: timeOf(now), roles, assignees, comments: [] },
    ...(dueMs !== undefined && { dueAt: timeOf(now + dueMs) }),
    ...(timeoutMs !== undefined && { timesOutAt: timeOf(now + timeoutMs) }),
    ...(quorum && { quorum, votes: [], rejections: [] }),
  };
  const state: TaskState = { record, terms, moments: momentsOf(terms, now), outbox: [], told: 0, lastTold: {} };
  return telling(state, "opened", terms.channels);
}

/** A task after somebody did something about it; who may, and whether it can be done, was asked before. */
export function withCall(state: TaskState, call: TaskCall, now: number): TaskState {
  const at = timeOf(now);
  const { record } = state;
  const { text = "" } = call;
  const by = call.by.name;
  switch (call.action) {
    case "claim":
      return record.claimed ? state : { ...state, record: { ...record, status: "claimed", claimed: { by, at } } };
    case "release":
      return { ...state, record: released(record) };
    case "complete":
      return answered(state, call, at);
    case "reject":
      return refused(state, { by, at, reason: text }, call.by.link);
    case "escalate":
      return escalated(commented(state, { by, text, at }), at);
    case "reassign": {
      const { roles = [], assignees = [] } = call.to ?? {};
      return commented({ ...state, record: { ...released(record), roles, assignees } }, { by, text, at });
    }
    case "comment":
      return commented(state, { by, text, at });
  }
}

/** A task at that time: reminders, escalation and its end may be due. The same one when nothing is. */
export function withTime(state: TaskState, now: number): TaskState {
  const due = state.moments.filter(({ at }) => at <= now);
  const [first] = due;
  if (!first || !isOpenTask(state.record)) return state;
  const waiting: TaskState = { ...state, moments: state.moments.slice(due.length) };
  const does = new Set(due.map((moment) => moment.does));
  if (does.has("timedOut")) return timedOut(waiting, timeOf(now));
  // What came due while nobody looked is told once.
  const late = does.has("due") ? telling(waiting, "due", state.terms.channels) : waiting;
  const higher = does.has("escalated") ? escalated(late, timeOf(now)) : late;
  return higher === waiting ? telling(waiting, "reminder", state.terms.channels) : higher;
}

/** When time does something to a task next, in milliseconds since the epoch; `undefined` when it doesn't. */
export function nextMomentAt({ moments }: TaskState): number | undefined {
  return moments[0]?.at;
}

/** A task that ended by itself, or because its run does not wait for it any more. */
export function withEnd(state: TaskState, end: TaskEnd): TaskState {
  const { claimed: _, ...record } = state.record;
  const ended: TaskState = { ...state, record: { ...record, status: end.status, ended: end }, moments: [] };
  const wasLate = state.record.escalatedAt !== undefined || isPast(state.record.dueAt, end.at);
  return wasLate ? telling(ended, "ended", channelsOf(state)) : ended;
}

function momentsOf({ remindersMs, dueMs, escalation, timeoutMs }: TaskTerms, now: number): readonly TaskMoment[] {
  const moments: TaskMoment[] = [
    ...remindersMs.map((ms) => ({ at: now + ms, does: "reminder" as const })),
    ...(dueMs === undefined ? [] : [{ at: now + dueMs, does: "due" as const }]),
    ...(escalation ? [{ at: now + escalation.afterMs, does: "escalated" as const }] : []),
    ...(timeoutMs === undefined ? [] : [{ at: now + timeoutMs, does: "timedOut" as const }]),
  ];
  return moments.toSorted((a, b) => a.at - b.at);
}

function answered(state: TaskState, { by: { name: by, link }, answer }: TaskCall, at: string): TaskState {
  const used = withLink(state, link);
  const { record } = used;
  const { quorum } = record;
  if (!quorum) return withEnd(used, { status: "completed", at, by, answer });
  const votes = [...(record.votes ?? []), { answer, by, at }];
  const voted: TaskState = { ...used, record: { ...record, votes } };
  return votes.length < quorum.approve ? voted : withEnd(voted, { status: "completed", at, by });
}

function refused(
  state: TaskState,
  refusal: { readonly by: string; readonly at: string; readonly reason: string },
  link: string | undefined,
): TaskState {
  const used = withLink(state, link);
  const { record } = used;
  const { quorum } = record;
  if (!quorum) return withEnd(used, { status: "rejected", ...refusal });
  const rejections = [...(record.rejections ?? []), refusal];
  const voted: TaskState = { ...used, record: { ...record, rejections } };
  // When so many are against it that those left can't make it.
  const isLost = rejections.length > quorum.of - quorum.approve;
  return isLost ? withEnd(voted, { status: "rejected", ...refusal }) : voted;
}

function timedOut(state: TaskState, at: string): TaskState {
  const { byDefault } = state.terms;
  if (!byDefault) return withEnd(state, { status: "timedOut", at });
  return withEnd(state, { status: "completed", at, answer: byDefault.answer, isDefault: true });
}

function escalated(state: TaskState, at: string): TaskState {
  const { record, terms } = state;
  const { escalation } = terms;
  if (!escalation || record.escalatedAt !== undefined) return state;
  const roles = [...new Set([...record.roles, ...escalation.roles])];
  const assignees = [...new Set([...record.assignees, ...escalation.assignees])];
  const higher: TaskState = {
    ...state,
    // Who has claimed it had their time.
    record: { ...released(record), roles, assignees, escalatedAt: at },
    moments: state.moments.filter(({ does }) => does !== "escalated"),
  };
  return telling(higher, "escalated", escalation.channels);
}

function commented(state: TaskState, comment: TaskRecord["comments"][number]): TaskState {
  if (comment.text === "") return state;
  const comments = [...state.record.comments, comment].slice(-keptComments);
  return { ...state, record: { ...state.record, comments } };
}

function released(record: TaskRecord): TaskRecord {
  const { claimed: _, ...rest } = record;
  return { ...rest, status: "open" };
}

function withLink(state: TaskState, link: string | undefined): TaskState {
  if (link === undefined) return state;
  return { ...state, record: { ...state.record, usedLinks: [...(state.record.usedLinks ?? []), link] } };
}

function telling(state: TaskState, kind: TaskNewsKind, channels: readonly string[]): TaskState {
  if (channels.length === 0) return state;
  const { record, terms, told: ordinal, lastTold } = state;
  const { key, type, title, status, openedAt, dueAt, timesOutAt, roles, assignees, ended } = record;
  const task: ToldTask = {
    ...{ key, type, title, status, openedAt, roles, assignees },
    ...(dueAt !== undefined && { dueAt }),
    ...(timesOutAt !== undefined && { timesOutAt }),
    ...(ended && { ended }),
  };
  const before = channels.flatMap((channel) => {
    const last = lastTold[channel];
    return last === undefined ? [] : [[channel, last] as const];
  });
  const hasAnswerLink = terms.hasAnswerLink && !ended;
  const news: TaskNews = { kind, ordinal, after: Object.fromEntries(before), channels, hasAnswerLink, task };
  return {
    ...state,
    told: ordinal + 1,
    lastTold: { ...lastTold, ...Object.fromEntries(channels.map((channel) => [channel, ordinal])) },
    outbox: [...state.outbox, news],
  };
}

/** All that were told, once escalated also those of the escalation. */
function channelsOf({ terms: { channels, escalation }, record }: TaskState): readonly string[] {
  return [...new Set([...channels, ...(record.escalatedAt === undefined ? [] : (escalation?.channels ?? []))])];
}

function isPast(time: string | undefined, at: string): boolean {
  return time !== undefined && time <= at;
}

function timeOf(now: number): string {
  return new Date(now).toISOString();
}

/** Why somebody may not do what they ask for. */
export type TaskRefusal =
  | { readonly type: "TaskClosed"; readonly message: string; readonly ended?: TaskEnd }
  | { readonly type: "TaskClaimed"; readonly message: string; readonly by: string }
  | { readonly type: "NotYourTask"; readonly message: string }
  | { readonly type: "AlreadyAnswered"; readonly message: string }
  | { readonly type: "TaskLinkGone"; readonly message: string }
  | { readonly type: "InvalidInput"; readonly message: string; readonly pointer: string };

/** What stands in the way of a call; `undefined` when nothing does. */
export function refusalOf(state: TaskState, call: TaskCall): TaskRefusal | undefined {
  const { record } = state;
  if (!isOpenTask(record)) return closedRefusal(record);
  return refusedActor(record, call) ?? refusedForm(state, call) ?? refusedByOthers(record, call);
}

/** That a task is over, and who ended it. */
export function closedRefusal({ ended, status }: Pick<TaskRecord, "ended" | "status">): TaskRefusal {
  const who = ended?.by === undefined ? "" : ` by "${ended.by}"`;
  const when = ended ? ` at ${ended.at}` : "";
  return { type: "TaskClosed", message: `The task is ${status}${who}${when}`, ...(ended && { ended }) };
}

/** Operators keep a task going, but they answer only what they are asked. */
const operatorActions: ReadonlySet<TaskCall["action"]> = new Set(["release", "escalate", "reassign", "comment"]);

function refusedActor(record: TaskRecord, { action, by }: TaskCall): TaskRefusal | undefined {
  if (mayAnswer(record, by) || (by.isOperator && operatorActions.has(action))) return undefined;
  const asked = [
    ...record.roles.map((role) => `role "${role}"`),
    ...record.assignees.map((assignee) => `"${assignee}"`),
  ].join(", ");
  return { type: "NotYourTask", message: `"${by.name}" may not ${action} it: it is for ${asked || "nobody"}` };
}

const longestText = 2_000;
const mostNames = 20;
const longestName = 200;

function refusedForm({ terms }: TaskState, { action, text, to, answer }: TaskCall): TaskRefusal | undefined {
  if (action === "complete" && (JSON.stringify(answer) ?? "").length > longestAnswer)
    return invalid("/answer", `Takes at most ${longestAnswer} characters of JSON`);
  const needsText = action === "reject" || action === "reassign" || action === "escalate" || action === "comment";
  if (needsText && (typeof text !== "string" || text.trim() === "" || text.length > longestText)) {
    return invalid(action === "comment" ? "/text" : "/reason", `Needs 1 to ${longestText} characters`);
  }
  if (action === "escalate" && !terms.escalation) return invalid("", "This task has no escalation");
  if (action === "claim" && terms.quorum) return invalid("", "A task that several answer is claimed by nobody");
  if (action !== "reassign") return undefined;
  const names = [...(to?.roles ?? []), ...(to?.assignees ?? [])];
  if (names.length === 0) return invalid("", "Give `assignees` or `roles`, or nobody could answer");
  const areUsable = names.length <= mostNames && names.every((name) => isName(name));
  return areUsable ? undefined : invalid("", `At most ${mostNames} names of 1 to ${longestName} characters`);
}

function refusedByOthers(record: TaskRecord, { action, by }: TaskCall): TaskRefusal | undefined {
  const { claimed, votes = [], rejections = [], usedLinks = [] } = record;
  if (by.link !== undefined && usedLinks.includes(by.link))
    return { type: "TaskLinkGone", message: "The link has answered already" };
  const isAnswer = action === "complete" || action === "reject";
  if (isAnswer && [...votes, ...rejections].some((vote) => vote.by === by.name))
    return { type: "AlreadyAnswered", message: `"${by.name}" has answered it already, and it needs several people` };
  const isHeld = isAnswer || action === "claim" || action === "release";
  if (!claimed || !isHeld || claimed.by === by.name || (action === "release" && by.isOperator)) return undefined;
  return { type: "TaskClaimed", message: `The task is claimed by "${claimed.by}"`, by: claimed.by };
}

function isName(name: unknown): boolean {
  return typeof name === "string" && name.trim() !== "" && name.length <= longestName;
}

function invalid(pointer: string, message: string): TaskRefusal {
  return { type: "InvalidInput", message, pointer };
}

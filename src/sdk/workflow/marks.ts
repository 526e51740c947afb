import { defineSearchAttributeKey, SearchAttributeType } from "@temporalio/common";
import { upsertSearchAttributes, workflowInfo } from "@temporalio/workflow";
import { taskDueAttribute } from "../core/human-task.ts";
import { marksAttribute } from "../core/run-mark.ts";
import { isMachineMark } from "../core/state-machine/machine-marks.ts";
import { isTaskMark } from "../core/task-marks.ts";

const key = defineSearchAttributeKey(marksAttribute, SearchAttributeType.KEYWORD_LIST);
const dueKey = defineSearchAttributeKey(taskDueAttribute, SearchAttributeType.DATETIME);

/** Sets and takes away marks of this run, by which lists find it; those that are not named stay. */
export function setMarks(changes: Readonly<Record<string, boolean>>): void {
  const marks = currentMarks();
  const kept = marks.filter((mark) => changes[mark] !== false);
  const added = Object.keys(changes).filter((mark) => changes[mark] === true && !marks.includes(mark));
  if (added.length === 0 && kept.length === marks.length) return;
  upsertSearchAttributes([{ key, value: [...kept, ...added] }]);
}

/** Sets all marks of this run anew. */
export function replaceMarks(marks: readonly string[]): void {
  if (!isSame(marks, currentMarks())) upsertSearchAttributes([{ key, value: [...marks] }]);
}

/** Sets the marks of this run's tasks, and when the first of those that are open is due; other marks stay. */
export function setTaskMarks(taskMarks: readonly string[], dueAt: string | undefined): void {
  const before = currentMarks();
  const marks = withOwn(taskMarks, isTaskMark);
  const dueBefore = workflowInfo().typedSearchAttributes.get(dueKey);
  const due = dueAt === undefined ? undefined : new Date(dueAt);
  const changes = [
    ...(isSame(marks, before) ? [] : [{ key, value: marks }]),
    ...(due?.getTime() === dueBefore?.getTime() ? [] : [{ key: dueKey, value: due ?? null }]),
  ];
  if (changes.length > 0) upsertSearchAttributes(changes);
}

/** Sets the marks of this run's state machine; other marks stay. */
export function setMachineMarks(machineMarks: readonly string[]): void {
  replaceMarks(withOwn(machineMarks, isMachineMark));
}

/** The marks of this run with these instead of those of their kind. */
function withOwn(own: readonly string[], isOwn: (mark: string) => boolean): string[] {
  return [...currentMarks().filter((mark) => !isOwn(mark) && !own.includes(mark)), ...own];
}

function currentMarks(): readonly string[] {
  return workflowInfo().typedSearchAttributes.get(key) ?? [];
}

function isSame(marks: readonly string[], before: readonly string[]): boolean {
  return marks.length === before.length && marks.every((mark) => before.includes(mark));
}

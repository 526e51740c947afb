import { defineSearchAttributeKey, SearchAttributeType } from "@temporalio/common";
import { upsertSearchAttributes, workflowInfo } from "@temporalio/workflow";
import { marksAttribute } from "../core/run-mark.ts";

const key = defineSearchAttributeKey(marksAttribute, SearchAttributeType.KEYWORD_LIST);

/** Sets and takes away marks of this run, by which lists find it; those that are not named stay. */
export function setMarks(changes: Readonly<Record<string, boolean>>): void {
  const marks = workflowInfo().typedSearchAttributes.get(key) ?? [];
  const kept = marks.filter((mark) => changes[mark] !== false);
  const added = Object.keys(changes).filter((mark) => changes[mark] === true && !marks.includes(mark));
  if (added.length === 0 && kept.length === marks.length) return;
  upsertSearchAttributes([{ key, value: [...kept, ...added] }]);
}

/** Sets all marks of this run anew. */
export function replaceMarks(marks: readonly string[]): void {
  const before = workflowInfo().typedSearchAttributes.get(key) ?? [];
  const isSame = before.length === marks.length && marks.every((mark) => before.includes(mark));
  if (!isSame) upsertSearchAttributes([{ key, value: [...marks] }]);
}

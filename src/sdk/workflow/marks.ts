import { defineSearchAttributeKey, SearchAttributeType } from "@temporalio/common";
import { upsertSearchAttributes, workflowInfo } from "@temporalio/workflow";
import { marksAttribute, type RunMark } from "../core/run-mark.ts";

const key = defineSearchAttributeKey(marksAttribute, SearchAttributeType.KEYWORD_LIST);

/** Marks this run so that lists find it by what became of it. */
export function addMark(mark: RunMark): void {
  const marks = workflowInfo().typedSearchAttributes.get(key) ?? [];
  if (!marks.includes(mark)) upsertSearchAttributes([{ key, value: [...marks, mark] }]);
}

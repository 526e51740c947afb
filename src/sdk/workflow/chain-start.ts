import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from "@temporalio/common";
import { type ContinueAsNewOptions, workflowInfo } from "@temporalio/workflow";
import { chainStartAttribute } from "../core/run-metrics.ts";

const key = defineSearchAttributeKey(chainStartAttribute, SearchAttributeType.DATETIME);

/** The search attributes of the run that goes on from this one: those that it would have, and when the first of them started. */
export function withChainStart({ typedSearchAttributes: given }: Pick<ContinueAsNewOptions, "typedSearchAttributes">) {
  const { startTime, typedSearchAttributes: own } = workflowInfo();
  const asked = Array.isArray(given) ? new TypedSearchAttributes(given) : (given ?? own);
  return asked.updateCopy([{ key, value: own.get(key) ?? startTime }]);
}

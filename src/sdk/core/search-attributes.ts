import { taskDueAttribute } from "./human-task.ts";
import { chainStartAttribute } from "./run-metrics.ts";
import { marksAttribute } from "./run-mark.ts";

/** The search attributes that Tenuto needs in a namespace, by name: their types, as Temporal's command line spells them. */
export const ownSearchAttributes = {
  [marksAttribute]: "KeywordList",
  [taskDueAttribute]: "Datetime",
  [chainStartAttribute]: "Datetime",
} as const;

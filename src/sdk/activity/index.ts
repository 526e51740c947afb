export {
  type ActivitiesImplementation,
  type ActivityContext,
  type ActivityFunctions,
  implementActivities,
} from "./implement-activities.ts";
export { runAttempt } from "./run-attempt.ts";

export { DeclaredError, type DeclaredErrorFactory, type DeclaredErrors, isDeclaredError } from "./declared-error.ts";
export type { ErrorSchemas } from "./declared-error.ts";
export {
  type ActivitiesContract,
  type ActivityDefinition,
  type ActivityDefinitions,
  activityTypeOf,
  defineActivities,
} from "./define-activities.ts";
export { type App, defineApp } from "./define-app.ts";
export {
  defineWorkflow,
  type Idempotency,
  type MessageSchemas,
  type WorkflowContract,
  type WorkflowDefinition,
  type WorkflowOf,
} from "./define-workflow.ts";
export { type Duration, parseDuration } from "./duration.ts";
export { type DefinitionProblem, InvalidDefinition } from "./errors/invalid-definition.ts";
export { type ResolvedRetryPolicy, resolveRetryPolicy, type RetryPolicy, retryWaits } from "./retry-policy.ts";

import { type ActivityDefinition, activityTypeOf } from "./define-activities.ts";
import type { App } from "./define-app.ts";

/** The definition of an activity by the type that Temporal knows it by, such as `"payments.chargeCard"`. */
export function activityDefinition(app: App, activityType: string): ActivityDefinition | undefined {
  for (const { name, definitions } of app.activities) {
    const found = Object.entries(definitions).find(([activity]) => activityTypeOf(name, activity) === activityType);
    if (found) return found[1];
  }
  return undefined;
}

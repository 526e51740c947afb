import { activityDefinition } from "../core/activity-definition.ts";
import type { App } from "../core/define-app.ts";
import { exhaustedActivityType, type ExhaustedStep, type OnExhausted } from "../core/incident.ts";

/** The local activity that says whether a step whose retries ran out parks, by the contract of this moment. */
export function exhaustedActivity(app: App): Readonly<Record<string, (step: ExhaustedStep) => Promise<OnExhausted>>> {
  return { [exhaustedActivityType]: async (step) => verdictOn(app, step) };
}

function verdictOn(app: App, { activityType, isUndo }: ExhaustedStep): OnExhausted {
  return activityDefinition(app, activityType)?.onExhausted ?? (isUndo ? "park" : "fail");
}

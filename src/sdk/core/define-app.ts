import type { ActivitiesContract } from "./define-activities.ts";
import type { WorkflowContract } from "./define-workflow.ts";
import type { HumanTaskContract } from "./define-human-task.ts";
import type { EventSource } from "./define-event-source.ts";
import { assertName } from "./definition-name.ts";
import { InvalidDefinition } from "./errors/invalid-definition.ts";
import type { Schedule } from "./schedule/schedule.ts";

/** What there is: read by the worker, the API and everything else that needs to know. */
export interface App {
  /** Also the name of its own task queue, where the work is whose contract names no `queue`. */
  readonly name: string;
  readonly workflows: readonly WorkflowContract[];
  // Contracts of different activities have nothing in common but their shape; what is in them is checked where it is used.
  readonly activities: readonly Pick<ActivitiesContract, "kind" | "name" | "definitions">[];
  /** What its workflows ask people. @default none */
  readonly tasks?: readonly HumanTaskContract[];
  /** Where events come from, and what they do. @default none */
  readonly sources?: readonly EventSource[];
  /** When runs are started. @default none */
  readonly schedules?: readonly Schedule[];
}

/**
 * Lists the contracts of an application.
 *
 * @throws {@link InvalidDefinition} when two workflows, two sets of activities or two human tasks share a name, or two schedules do, or one
 * starts what is not among the workflows.
 * @example
 * ```ts
 * const app = defineApp({ name: "shop", workflows: [fulfillOrderContract], activities: [payments, stock] });
 * ```
 */
export function defineApp(app: App): App {
  assertName(app.name, "The name of an app");
  assertDistinct(app.workflows, "workflows", app.name);
  assertDistinct(app.activities, "sets of activities", app.name);
  assertDistinct(app.tasks ?? [], "human tasks", app.name);
  assertDistinct(app.sources ?? [], "event sources", app.name);
  assertSourcesKnown(app);
  assertDistinct(app.schedules ?? [], "schedules", app.name);
  assertSchedulesKnown(app);
  return app;
}

/**
 * The names that any contract of an app redacts. A value goes from a workflow to a step under the same name, so what one
 * of them redacts is redacted for both.
 *
 * @example
 * ```ts
 * const names = redactedNames(app);
 * const shown = redacted({ card: "4242" }, names); // { card: "[redacted]" }
 * ```
 */
export function redactedNames({ workflows, activities, tasks = [] }: App): readonly string[] {
  const definitions = activities.flatMap((contract) => Object.values(contract.definitions));
  return [...new Set([...workflows, ...definitions, ...tasks].flatMap(({ redact = [] }) => redact))];
}

function assertSourcesKnown({ name: app, workflows, sources = [] }: App): void {
  for (const { name, on } of sources) {
    for (const [type, { action }] of Object.entries(on)) {
      if (workflows.some((workflow) => workflow.name === action.workflow)) continue;
      throw new InvalidDefinition({
        what: `"${type}" of event source "${name}" in app "${app}"`,
        got: `workflow "${action.workflow}"`,
        remedy: "List the workflow in `workflows` of the app.",
      });
    }
  }
}

function assertSchedulesKnown({ name: app, workflows, schedules = [] }: App): void {
  for (const { name, spec } of schedules) {
    if (workflows.some((workflow) => workflow.name === spec.type)) continue;
    throw new InvalidDefinition({
      what: `Schedule "${name}" in app "${app}"`,
      got: `workflow "${spec.type}"`,
      remedy: "List the workflow in `workflows` of the app.",
    });
  }
}

function assertDistinct(named: readonly { readonly name: string }[], what: string, app: string): void {
  const twice = named.find(({ name }, index) => named.findIndex((other) => other.name === name) !== index);
  if (!twice) return;
  throw new InvalidDefinition({
    what: `The list of ${what} in app "${app}"`,
    got: `"${twice.name}" twice`,
    remedy: "Name each once; Temporal tells them apart by name alone.",
  });
}

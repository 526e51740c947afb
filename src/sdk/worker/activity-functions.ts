import { Context } from "@temporalio/activity";
import { ApplicationFailure, defaultPayloadConverter } from "@temporalio/common";
import type { ActivityInterceptorsFactory } from "@temporalio/worker";
import { type ActivitiesImplementation, runAttempt } from "../activity/index.ts";
import { activityTypeOf } from "../core/define-activities.ts";
import type { App } from "../core/define-app.ts";
import { InvalidDefinition } from "../core/errors/invalid-definition.ts";
import { mainQueue } from "../core/queue.ts";
import { idempotencyKeyHeader } from "../core/step-failure.ts";

type ActivityFunction = (input: unknown) => Promise<unknown>;

const keys = new WeakMap<Context, string>();

/** Remembers the idempotency key that came with an attempt, for {@link activityFunctions}. */
export const rememberIdempotencyKey: ActivityInterceptorsFactory = (context) => ({
  inbound: {
    execute(input, next) {
      const header = input.headers[idempotencyKeyHeader];
      if (header) keys.set(context, defaultPayloadConverter.fromPayload(header));
      return next(input);
    },
  },
});

/**
 * The activities of an app under the names that Temporal knows them by. Where only some queues are worked on, the sets that
 * have nothing there may be missing.
 *
 * @throws {@link InvalidDefinition} when a set of activities has no implementation, or an implementation no contract.
 */
export function activityFunctions(
  app: App,
  implementations: readonly ActivitiesImplementation[],
  queues?: readonly string[],
): Readonly<Record<string, ActivityFunction>> {
  assertComplete(app, implementations, queues);
  return Object.fromEntries(implementations.flatMap(functionsOf));
}

function functionsOf({ contract, functions }: ActivitiesImplementation): [string, ActivityFunction][] {
  return Object.entries(contract.definitions).map(([name, definition]) => {
    const activityType = activityTypeOf(contract.name, name);
    const implementation = functions[name];
    if (!implementation) {
      throw new InvalidDefinition({
        what: `The implementation of activities "${contract.name}"`,
        got: Object.keys(functions),
        remedy: `Add a function "${name}" to implementActivities(${contract.name}, …).`,
      });
    }
    return [activityType, (input) => runAttempt(definition, implementation, input, keyOf(activityType))];
  });
}

function keyOf(activityType: string): string {
  const key = keys.get(Context.current());
  if (key !== undefined) return key;
  throw ApplicationFailure.nonRetryable(
    `Activity "${activityType}" was called without an idempotency key. Run the calling workflow on a worker of Tenuto.`,
    "MissingIdempotencyKey",
  );
}

function assertComplete(
  app: App,
  implementations: readonly ActivitiesImplementation[],
  queues: readonly string[] | undefined,
): void {
  const declared = app.activities.map(({ name }) => name);
  const isWorkedOn = ({ definitions }: App["activities"][number]) =>
    queues === undefined || Object.values(definitions).some(({ queue = mainQueue }) => queues.includes(queue));
  const needed = app.activities.filter(isWorkedOn).map(({ name }) => name);
  const implemented = implementations.map(({ contract }) => contract.name);
  const missing = needed.find((name) => !implemented.includes(name));
  if (missing !== undefined) {
    throw new InvalidDefinition({
      what: `The worker of app "${app.name}"`,
      got: implemented,
      remedy: `Add the implementation of "${missing}" to the worker's \`activities\`, or take its contract out of the app.`,
    });
  }
  const unknown = implemented.find((name) => !declared.includes(name));
  if (unknown !== undefined) {
    throw new InvalidDefinition({
      what: `The worker of app "${app.name}"`,
      got: implemented,
      remedy: `Add the contract of "${unknown}" to \`activities\` of defineApp, or don't give its implementation.`,
    });
  }
}

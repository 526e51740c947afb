import { ApplicationFailure } from "@temporalio/common";
import type { ActivitiesImplementation, ActivityFunctions } from "../activity/index.ts";
import { type ActivitiesContract, type ActivityDefinitions, activityTypeOf } from "../core/define-activities.ts";
import type { App } from "../core/define-app.ts";
import { InvalidDefinition } from "../core/errors/invalid-definition.ts";
import type { FaultHost } from "./fault-host.ts";
import type { Fault } from "./faults.ts";
import { type ActivityFunction, injectFault } from "./inject-fault.ts";

/** Stand-ins for some activities of a contract, made by {@link mock}. */
export interface ActivityMock {
  readonly contract: ActivitiesImplementation["contract"];
  readonly functions: Readonly<Record<string, ActivityFunction | undefined>>;
}

/** Where the activities of a rig come from, from the first to the last layer. */
export interface ActivityLayers {
  readonly activities: readonly ActivitiesImplementation[];
  readonly mocks: readonly ActivityMock[];
  readonly faults: readonly Fault[];
  readonly host: FaultHost;
}

/**
 * Overrides some activities of a contract for a test; the compiler checks each against the contract.
 *
 * @example
 * ```ts
 * mock(payments, { chargeCard: async () => ({ chargeId: "c-1" }) })
 * ```
 */
export function mock<Definitions extends ActivityDefinitions>(
  contract: ActivitiesContract<Definitions>,
  functions: Partial<ActivityFunctions<Definitions>>,
): ActivityMock {
  return { contract, functions };
}

/**
 * Every activity of an app: its mock, else the real one, else one that fails and says so; with the faults around it.
 *
 * @throws `InvalidDefinition` when a mock or a fault names an activity that the app does not have.
 */
export function composeActivities(
  app: App,
  { activities, mocks, faults, host }: ActivityLayers,
): readonly ActivitiesImplementation[] {
  assertActivitiesKnown(app, { mocks, faults });
  return app.activities.map((contract) => {
    const given = [...activities, ...mocks].filter((each) => each.contract.name === contract.name);
    const functions = Object.keys(contract.definitions).map((activity) => {
      const type = activityTypeOf(contract.name, activity);
      const found = given.map((each) => each.functions[activity]).findLast((each) => each !== undefined);
      const around = faults.filter(({ step }) => step === type);
      return [
        activity,
        around.reduce((inner, fault) => injectFault(inner, fault, host), found ?? missing(type)),
      ] as const;
    });
    return { contract, functions: Object.fromEntries(functions) };
  });
}

/** @throws `InvalidDefinition` when a mock or a fault names an activity that the app does not have. */
export function assertActivitiesKnown(app: App, { mocks, faults }: Pick<ActivityLayers, "mocks" | "faults">): void {
  for (const { contract, functions } of mocks) {
    for (const activity of Object.keys(functions)) assertKnown(app, activityTypeOf(contract.name, activity), "mock");
  }
  for (const { step } of faults) assertKnown(app, step, "fault");
}

function missing(type: string): ActivityFunction {
  return async () => {
    throw ApplicationFailure.nonRetryable(
      `Activity "${type}" was called, but the test rig has no function for it. Give its implementation in ` +
        "`activities`, or a stand-in in `mocks`.",
      "ActivityNotGiven",
    );
  };
}

function assertKnown(app: App, type: string, what: string): void {
  const types = app.activities.flatMap(({ name, definitions }) =>
    Object.keys(definitions).map((activity) => activityTypeOf(name, activity)),
  );
  if (types.includes(type)) return;
  throw new InvalidDefinition({
    what: `A ${what} of the test rig`,
    got: type,
    remedy: `Name an activity of the app: ${types.join(", ")}.`,
  });
}

import { ApplicationFailure } from "@temporalio/common";
import type { ActivitiesImplementation, ActivityContext, ActivityFunctions } from "../activity/index.ts";
import { type ActivitiesContract, type ActivityDefinitions, activityTypeOf } from "../core/define-activities.ts";
import type { App } from "../core/define-app.ts";
import { InvalidDefinition } from "../core/errors/invalid-definition.ts";

/** An activity's function, whatever its types. */
export type ActivityFunction = (input: never, context: ActivityContext) => Promise<unknown>;

/** Stand-ins for some activities of a contract, made by {@link mock}. */
export interface ActivityMock {
  readonly contract: ActivitiesImplementation["contract"];
  readonly functions: Readonly<Record<string, ActivityFunction | undefined>>;
}

/** Something that goes wrong at a step, by rule. */
export interface Fault {
  /** Such as `"payments.chargeCard"`. */
  readonly step: string;
  /** The activity's function with the fault in it. */
  inject(activity: ActivityFunction): ActivityFunction;
}

/** Where the activities of a rig come from, from the first to the last layer. */
export interface ActivityLayers {
  readonly activities: readonly ActivitiesImplementation[];
  readonly mocks: readonly ActivityMock[];
  readonly faults: readonly Fault[];
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
  { activities, mocks, faults }: ActivityLayers,
): readonly ActivitiesImplementation[] {
  const types = app.activities.flatMap(({ name, definitions }) =>
    Object.keys(definitions).map((activity) => activityTypeOf(name, activity)),
  );
  for (const { contract, functions } of mocks) {
    for (const activity of Object.keys(functions)) assertKnown(activityTypeOf(contract.name, activity), "mock", types);
  }
  for (const { step } of faults) assertKnown(step, "fault", types);
  return app.activities.map((contract) => {
    const given = [...activities, ...mocks].filter((each) => each.contract.name === contract.name);
    const functions = Object.keys(contract.definitions).map((activity) => {
      const type = activityTypeOf(contract.name, activity);
      const found = given.map((each) => each.functions[activity]).findLast((each) => each !== undefined);
      const around = faults.filter(({ step }) => step === type);
      return [activity, around.reduce((inner, fault) => fault.inject(inner), found ?? missing(type))] as const;
    });
    return { contract, functions: Object.fromEntries(functions) };
  });
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

function assertKnown(type: string, what: string, types: readonly string[]): void {
  if (types.includes(type)) return;
  throw new InvalidDefinition({
    what: `A ${what} of the test rig`,
    got: type,
    remedy: `Name an activity of the app: ${types.join(", ")}.`,
  });
}

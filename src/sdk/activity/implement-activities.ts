import type { z } from "zod";
import type { ActivitiesContract, ActivityDefinitions } from "../core/define-activities.ts";

/** What an activity is given besides its input. */
export interface ActivityContext {
  /** The same in every attempt of a step, also after a crash or a reset; hand it to the provider. */
  readonly idempotencyKey: string;
  /** Fires on cancellation, when the attempt's time is up, and when the worker shuts down. */
  readonly signal: AbortSignal;
  /** Which attempt this is, from 1. */
  readonly attempt: number;
  /** The workflow id of the run that calls. */
  readonly workflowId: string;
  /** What the attempts before this one told last by `heartbeat`; `undefined` without any. */
  readonly lastDetails: unknown;
  /**
   * Tells how far the attempt is, as JSON, so that the next one can go on from there. It is not needed for being canceled.
   *
   * @example
   * ```ts
   * const copyPages = async ({ lastDetails, heartbeat, signal }: ActivityContext) => {
   *   for (let page = Number(lastDetails ?? 0); page < pages; page += 1) {
   *     await copy(page, { signal });
   *     heartbeat(page + 1);
   *   }
   * };
   * ```
   */
  readonly heartbeat: (details: unknown) => void;
}

/** The functions that a set of activities needs. */
export type ActivityFunctions<Definitions extends ActivityDefinitions> = {
  readonly [Name in keyof Definitions]: (
    input: z.output<Definitions[Name]["input"]>,
    context: ActivityContext,
  ) => Promise<z.input<Definitions[Name]["output"]>>;
};

/** A contract and the functions that do it, as the worker takes them. */
export interface ActivitiesImplementation {
  readonly contract: Pick<ActivitiesContract, "kind" | "name" | "definitions">;
  readonly functions: Readonly<Record<string, (input: never, context: ActivityContext) => Promise<unknown>>>;
}

/**
 * Joins functions to a contract; the compiler wants one for each activity, and each to fit.
 *
 * @example
 * ```ts
 * const createPayments = ({ gateway }: Deps) => implementActivities(payments, {
 *   async chargeCard({ amountCents, card }, { idempotencyKey, signal }) {
 *     return gateway.charge({ amountCents, card }, { idempotencyKey, signal });
 *   },
 *   refundCard: ({ chargeKey }, { idempotencyKey }) => gateway.refund({ chargeKey }, { idempotencyKey }),
 * });
 * ```
 */
export function implementActivities<Definitions extends ActivityDefinitions>(
  contract: ActivitiesContract<Definitions>,
  functions: ActivityFunctions<Definitions>,
): ActivitiesImplementation {
  return { contract, functions };
}

import { ApplicationFailure, isCancellation } from "@temporalio/workflow";
import type { z } from "zod";
import { isDeclaredError } from "../core/declared-error.ts";
import { isProgrammingError } from "../core/programming-error.ts";
import { isRetryableError } from "../core/retryable-error.ts";
import type { MachineFailure } from "../core/state-machine/definition.ts";
import type { StateMachine } from "../core/state-machine/machine.ts";
import type { MachineEffect, MachineStep } from "../core/state-machine/snapshot.ts";
import { toldError } from "./run-step.ts";
import { type Saga, saga } from "./saga.ts";

/** What a step of a machine is given. */
export interface MachineStepInput<Context> {
  /** The context that will count when the step has succeeded. */
  readonly context: Context;
  /** What the state's `input` gives. */
  readonly input: unknown;
  /** The path of the state that is entered by it. */
  readonly state: string;
}

/** What the steps of a machine do, by their names. Those of one transition are one saga: when one fails for good, all are undone. */
export type MachineSteps<Machine extends StateMachine> = {
  readonly [Step in keyof Machine["steps"]]: (
    given: MachineStepInput<z.output<Machine["context"]>>,
    saga: Saga,
  ) => Promise<z.output<Machine["steps"][Step]>>;
};

/** The same, before a machine gives them types. */
export type UntypedSteps = Readonly<Record<string, (given: MachineStepInput<unknown>, saga: Saga) => Promise<unknown>>>;

/** What came of the steps of a transition: what they gave by the paths of their states, or the first that failed. */
export type StepsEnd = { readonly outputs: Readonly<Record<string, unknown>> } | { readonly failed: FailedEffect };

export interface FailedEffect {
  readonly effect: MachineEffect;
  readonly error: unknown;
}

/**
 * Runs the steps of a transition at the same time, in a saga of their own. When one fails for good, the others are canceled
 * and what they did is undone before this answers.
 *
 * @throws what is no answer of a step: a cancellation of the run, its deadline, `SagaPartial`, a programming error.
 */
export async function runSteps(steps: UntypedSteps, { effects, snapshot }: MachineStep): Promise<StepsEnd> {
  let failed: FailedEffect | undefined;
  let running: readonly Promise<readonly [string, unknown]>[] = [];
  const run = async (effect: MachineEffect, own: Saga) => {
    const { state, step, input } = effect;
    const call = steps[step];
    if (!call) throw new TypeError(`runStateMachine was given no step ${JSON.stringify(step)}: add it to \`steps\`.`);
    try {
      return [state, await call({ context: snapshot.context, input, state }, own)] as const;
    } catch (error) {
      failed ??= { effect, error };
      throw error;
    }
  };
  try {
    const outputs = await saga((own) => {
      running = effects.map((effect) => run(effect, own));
      return Promise.all(running);
    });
    return { outputs: Object.fromEntries(outputs) };
  } catch (error) {
    await Promise.allSettled(running);
    const isAnswer = failed?.error === error && !isProgrammingError(error) && !isCancellation(error);
    if (!failed || !isAnswer) throw error;
    return { failed };
  }
}

/** A step's failure, as `onError` is told it. */
export function machineFailureOf(error: unknown): MachineFailure {
  const { type, message } = toldError(error);
  const data = isDeclaredError(error) || isRetryableError(error) ? error.data : undefined;
  return { type, message, ...(data !== undefined && { data }) };
}

/** What a run ends with when nothing is said of what to do about a step's failure. */
export function endlessFailure(machine: string, { effect, error }: FailedEffect): ApplicationFailure {
  const { type, message } = toldError(error);
  return ApplicationFailure.create({
    type: "MachineFailing",
    nonRetryable: true,
    message:
      `Machine "${machine}" fails again and again: \`onError\` has led to steps that failed ${mostFailures} times in one ` +
      `transition, at last step "${effect.step}" with ${type}: ${message}. Let \`onError\` lead to a state that waits.`,
    ...(error instanceof Error && { cause: error }),
  });
}

/** How often steps may fail before a machine comes to rest. */
export const mostFailures = 20;

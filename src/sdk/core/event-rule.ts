import type { z } from "zod";
import { assertCarriable } from "./carriable-schema.ts";
import type { WorkflowContract } from "./define-workflow.ts";
import { InvalidDefinition } from "./errors/invalid-definition.ts";
import type { EventWindow } from "./event-window.ts";
import { assertLane, type LaneDefinition } from "./priority.ts";

/** An action that starts a run. The run that an event has begun before is not begun again. */
export interface StartByEvent<Data, Contract extends WorkflowContract> {
  readonly start: Contract;
  readonly input: (data: Data) => z.input<Contract["input"]>;
  /** @default the contract's `workflowId`, else one made from the event's id */
  readonly workflowId?: (data: Data) => string;
  /** Which of its work goes first where work waits. @default its type's, field by field */
  readonly lane?: LaneDefinition<Data>;
  readonly filter?: (data: Data) => boolean;
  readonly window?: undefined;
}

/** An action that starts one run for all events of a window. */
export interface StartByWindow<Data, Contract extends WorkflowContract> {
  readonly start: Contract;
  /** Which events become one run: `debounce`, `batch`, `singleton` or `latestWins`. */
  readonly window: EventWindow<Data>;
  /** The events come in the order in which they were taken. */
  readonly input: (events: readonly Data[]) => z.input<Contract["input"]>;
  /** @default the contract's `workflowId`, else one of the window's own */
  readonly workflowId?: (events: readonly Data[]) => string;
  /** Which of its work goes first where work waits. @default its type's, field by field */
  readonly lane?: LaneDefinition<readonly Data[]>;
  /** Of each event; what it refuses is in no window. */
  readonly filter?: (data: Data) => boolean;
}

/** An action that tells a run something; the run has it once. */
export interface SignalByEvent<Data, Contract extends WorkflowContract, Name extends keyof Contract["signals"]> {
  readonly signal: Contract;
  readonly name: Name;
  readonly workflowId: (data: Data) => string;
  readonly input: (data: Data) => z.input<Contract["signals"][Name]>;
  /** What the run is started with when there is none. @default it must be there */
  readonly orStart?: (data: Data) => z.input<Contract["input"]>;
  readonly filter?: (data: Data) => boolean;
}

/** An action that sends an update, such as an event of a state machine; the run takes it once. */
export interface UpdateByEvent<Data, Contract extends WorkflowContract, Name extends keyof Contract["updates"]> {
  readonly update: Contract;
  readonly name: Name;
  readonly workflowId: (data: Data) => string;
  readonly input: (data: Data) => z.input<Contract["updates"][Name]["input"]>;
  readonly filter?: (data: Data) => boolean;
}

type OfData<Value> = (data: unknown) => Value;

/** Functions of a rule with a window, but for its filter and key, get a list of data. */
type AnyWindow = EventWindow<unknown>;

/** What is done with events of one type, made by {@link onEvent}. */
export interface EventRule {
  /** Schema of an event's data. */
  readonly event: z.ZodType;
  /** Events that it refuses are acknowledged, and nothing is done. */
  readonly filter?: OfData<boolean>;
  readonly action: EventAction;
}

/** What an event does, before a rule gives it types. */
export type EventAction =
  | {
      readonly does: "start";
      readonly workflow: string;
      readonly input: OfData<unknown>;
      readonly workflowId?: OfData<string>;
      readonly lane?: LaneDefinition<unknown>;
      /** Its run is for many events: its functions get the list of their data. */
      readonly window?: AnyWindow;
    }
  | {
      readonly does: "signal";
      readonly workflow: string;
      readonly name: string;
      readonly workflowId: OfData<string>;
      readonly input: OfData<unknown>;
      readonly orStart?: OfData<unknown>;
    }
  | {
      readonly does: "update";
      readonly workflow: string;
      readonly name: string;
      readonly workflowId: OfData<string>;
      readonly input: OfData<unknown>;
    };

interface Written {
  readonly start?: WorkflowContract;
  readonly signal?: WorkflowContract;
  readonly update?: WorkflowContract;
  readonly name?: string;
  readonly input: OfData<unknown>;
  readonly workflowId?: OfData<string>;
  readonly orStart?: OfData<unknown>;
  readonly lane?: LaneDefinition<unknown>;
  readonly filter?: OfData<boolean>;
  readonly window?: AnyWindow;
}

/**
 * Says what is done with events of one type: start a run, for one event or for all of a window, signal one (and start it when
 * there is none), or send an update.
 *
 * @throws `InvalidDefinition` when the schema has values that JSON can't carry, what has a window starts nothing, or a lane is unusable.
 * @example
 * ```ts
 * const rule = onEvent(z.object({ orderId: z.string() }), {
 *   signal: fulfillOrderContract,
 *   name: "approve",
 *   workflowId: ({ orderId }) => `order-${orderId}`,
 *   input: () => ({ approved: true, by: "the shop" }),
 * });
 * ```
 */
export function onEvent<Schema extends z.ZodType, Contract extends WorkflowContract>(
  event: Schema,
  action: StartByWindow<z.output<Schema>, Contract>,
): EventRule;
export function onEvent<Schema extends z.ZodType, Contract extends WorkflowContract>(
  event: Schema,
  // eslint-disable-next-line @typescript-eslint/unified-signatures -- of a union, the functions would have no types
  action: StartByEvent<z.output<Schema>, Contract>,
): EventRule;
export function onEvent<
  Schema extends z.ZodType,
  Contract extends WorkflowContract,
  Name extends keyof Contract["signals"] & string,
>(event: Schema, action: SignalByEvent<z.output<Schema>, Contract, Name>): EventRule;
export function onEvent<
  Schema extends z.ZodType,
  Contract extends WorkflowContract,
  Name extends keyof Contract["updates"] & string,
>(event: Schema, action: UpdateByEvent<z.output<Schema>, Contract, Name>): EventRule;
export function onEvent(event: z.ZodType, action: object): EventRule {
  assertCarriable(event, "The data of an event", "both");
  // The types of its functions were checked where it was written.
  const { filter, ...written } = action as Written;
  return { event, ...(filter && { filter }), action: actionOf(written) };
}

function actionOf({
  start,
  signal,
  update,
  name = "",
  input,
  workflowId,
  orStart,
  lane,
  window,
}: Written): EventAction {
  if (start) {
    assertLane(lane, `an event that starts "${start.name}"`);
    const how = { ...(workflowId && { workflowId }), ...(lane && { lane }), ...(window && { window }) };
    return { does: "start", workflow: start.name, input, ...how };
  }
  if (window) {
    const what = `The window of an event that sends "${name}"`;
    const remedy = "Windows gather events for a run that they start: write `start`, or take `window` away.";
    throw new InvalidDefinition({ what, got: window.terms, remedy });
  }
  const whom = { name, input, workflowId: workflowId ?? (() => "") };
  if (signal) return { does: "signal", workflow: signal.name, ...whom, ...(orStart && { orStart }) };
  return { does: "update", workflow: update?.name ?? "", ...whom };
}

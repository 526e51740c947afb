import { condition } from "@temporalio/workflow";
import type { z } from "zod";
import type { WorkflowContract } from "../core/define-workflow.ts";
import { type Duration, parseDuration } from "../core/duration.ts";
import { inboxOf } from "./inbox.ts";

/** Where a run takes one kind of signal from, oldest first. */
export interface SignalInbox<Payload> {
  /** The next signal; waits for it. */
  receive(): Promise<Payload>;
  /** The next signal, or `undefined` when none has come in that time. */
  receive(options: { readonly within: Duration }): Promise<Payload | undefined>;
}

/** The inboxes of a contract's signals, by name. */
export type SignalInboxes<Contract extends WorkflowContract> = {
  readonly [Name in keyof Contract["signals"]]: SignalInbox<z.output<Contract["signals"][Name]>>;
};

/**
 * The signals that a workflow's contract declares, ready to be received by its run; one that came early is kept.
 *
 * @example
 * ```ts
 * const { approve } = signals(fulfillOrderContract);
 * const answer = await approve.receive({ within: "1d" });
 * ```
 */
export function signals<Contract extends WorkflowContract>(contract: Contract): SignalInboxes<Contract> {
  const inboxes = Object.keys(contract.signals).map((name) => [name, { receive: receiver(name) }] as const);
  return Object.fromEntries(inboxes) as unknown as SignalInboxes<Contract>;
}

function receiver(name: string): (options?: { readonly within: Duration }) => Promise<unknown> {
  return async (options) => {
    const queue = inboxOf(name);
    const arrived = () => queue.length > 0;
    if (options) await condition(arrived, parseDuration(options.within));
    else await condition(arrived);
    return queue.shift();
  };
}

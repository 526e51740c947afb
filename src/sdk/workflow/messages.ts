import { defineQuery, defineUpdate, setHandler } from "@temporalio/workflow";
import type { z } from "zod";
import type { WorkflowContract } from "../core/define-workflow.ts";

/** A function for each query of a contract; it changes nothing and does not wait. The input comes as it was sent. */
export type QueryHandlers<Contract extends WorkflowContract> = {
  readonly [Name in keyof Contract["queries"]]: (
    input: z.output<Contract["queries"][Name]["input"]>,
  ) => z.output<Contract["queries"][Name]["output"]>;
};

/** A function for each update of a contract; it may wait, and call activities. */
export type UpdateHandlers<Contract extends WorkflowContract> = {
  readonly [Name in keyof Contract["updates"]]: (
    input: z.output<Contract["updates"][Name]["input"]>,
  ) => Promise<z.output<Contract["updates"][Name]["output"]>> | z.output<Contract["updates"][Name]["output"]>;
};

type Handler = (input: unknown) => unknown;

/** What answers updates that came while the start was being parsed. Module state belongs to one run. */
export const updateHandlers = new Map<string, Handler>();

/**
 * Answers the queries that a workflow's contract declares; call it before the first `await`.
 *
 * @example
 * ```ts
 * onQuery(orderContract, { status: () => status });
 * ```
 */
export function onQuery<Contract extends WorkflowContract>(
  contract: Contract,
  handlers: NoInfer<QueryHandlers<Contract>>,
): void {
  for (const [name, handler] of handlersOf(contract.queries, handlers))
    setHandler(defineQuery<unknown, [unknown]>(name), handler);
}

/**
 * Answers the updates that a workflow's contract declares; call it before the first `await`. An error that a handler
 * throws fails the update, not the run; a programming error fails the workflow task, and the update waits for the fix.
 *
 * @example
 * ```ts
 * let address = "";
 * onUpdate(orderContract, { changeAddress: async (to) => { address = to; return { changed: true }; } });
 * ```
 */
export function onUpdate<Contract extends WorkflowContract>(
  contract: Contract,
  handlers: NoInfer<UpdateHandlers<Contract>>,
): void {
  for (const [name, handler] of handlersOf(contract.updates, handlers)) {
    updateHandlers.set(name, handler);
    // Interceptors are asked to validate only where there is a validator.
    setHandler(defineUpdate<unknown, [unknown]>(name), handler, { validator: accept });
  }
}

function accept(_input: unknown): void {
  // Interceptors refuse.
}

function handlersOf(declared: object, handlers: object): [string, Handler][] {
  return Object.entries(handlers as Readonly<Record<string, Handler>>).filter(([name]) =>
    Object.hasOwn(declared, name),
  );
}

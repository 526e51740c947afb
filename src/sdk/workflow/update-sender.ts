// Who sends the update that is taken at this moment: handlers and validators of Temporal see arguments only.
import type { UpdateInput } from "@temporalio/workflow";
import type { SentBy } from "../core/intake.ts";
import { isParsed } from "./parse.ts";

/** An update that is validated, or whose handler begins. */
export interface UpdateSender {
  readonly updateId: string;
  /** Who sends it, where a client of Tenuto says so. */
  readonly by?: string;
  /** Whether the client has parsed its input. */
  readonly isParsed: boolean;
}

let current: UpdateSender | undefined;

/** Calls a validator, or begins a handler, that may ask who sends the update until it first waits; it gets the input alone. */
export function sentBy<T>(update: UpdateInput, call: (update: UpdateInput) => T): T {
  const { updateId, headers, args } = update;
  const isTold = isParsed(headers);
  const { by } = isTold ? ((args[1] ?? {}) as Partial<SentBy>) : {};
  const sender: UpdateSender = { updateId, isParsed: isTold, ...(typeof by === "string" && { by }) };
  return asSender(sender, () => call(isTold ? { ...update, args: args.slice(0, 1) } : update));
}

/** The same for a handler that begins later. */
export function asSender<T>(sender: UpdateSender | undefined, call: () => T): T {
  current = sender;
  try {
    return call();
  } finally {
    current = undefined;
  }
}

/** `undefined` once a handler has waited. */
export function currentSender(): UpdateSender | undefined {
  return current;
}

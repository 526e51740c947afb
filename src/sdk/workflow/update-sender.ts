// Who sends the update that is taken at this moment: handlers and validators of Temporal see arguments only.
import { defaultPayloadConverter, type UpdateInput } from "@temporalio/workflow";
import { senderHeaderName } from "../core/intake.ts";
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

/** Calls a validator, or begins a handler, that may ask who sends the update until it first waits. */
export function sentBy<T>({ updateId, headers }: UpdateInput, call: () => T): T {
  const header = headers[senderHeaderName];
  const by = header && defaultPayloadConverter.fromPayload<string>(header);
  return asSender({ updateId, isParsed: isParsed(headers), ...(typeof by === "string" && { by }) }, call);
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

/**
 * Takes steps and undos so that each key has at most one effect. Every decision reads and changes the memory of keys in
 * one synchronous go, with no `await` between, so requests that race are decided one after the other; each then waits
 * until the file has what it was decided on, and only then answers. A crash in between loses nothing anyone was told.
 * A key is *done* (a line in the ledger), *pending* (a late effect to come) or *undone* (refused for ever); a failed
 * step leaves its key unseen.
 */
import { isDeepStrictEqual } from "node:util";
import type { Ledger, LedgerLine } from "./ledger.ts";
import type { MagicFailures } from "./magic.ts";
import { operations, type Answer, type LedgerFields, type Operation } from "./operations.ts";
import type { StepBody, StepOperation, UndoBody, UndoOperation } from "./operations.ts";
import type { Pause } from "./pause.ts";
import { Problem } from "./problem.ts";
import type { Services } from "./services.ts";

/** What a provider works with. */
export interface ProviderParts {
  readonly ledger: Ledger;
  readonly services: Services;
  readonly magic: MagicFailures;
  readonly pause: Pause;
}

interface Call {
  readonly operation: Operation;
  readonly key: string;
  readonly fields: LedgerFields;
  /** Unknown for a key read from the ledger, which never has it. */
  readonly secret?: string | undefined;
}

type KeyState =
  | { readonly kind: "done"; readonly call: Call; readonly answer: Answer; readonly durable: Promise<void> }
  | { readonly kind: "pending"; readonly call: Call; readonly outcome: Promise<Answer> }
  | { readonly kind: "undone"; readonly durable: Promise<void> };

/** The outside world's side of every operation. */
export class Provider {
  readonly #keys = new Map<string, KeyState>();
  /** The key of a step to the key of the undo that took it back. */
  readonly #undoneBy = new Map<string, string>();
  readonly #parts: ProviderParts;

  constructor(parts: ProviderParts) {
    this.#parts = parts;
    for (const line of parts.ledger.lines) this.#restoreLine(line);
    for (const line of parts.ledger.undoneKeys) this.#restoreUndoneKey(line);
  }

  /** Does the operation at most once for the key; a repeat answers as before. */
  async perform(operation: Operation, key: string, body: unknown): Promise<Answer> {
    if (operation.kind === "step") {
      const parsed = operation.parse(body);
      await this.#parts.services.enter(operation.service);
      return this.#step(operation, key, parsed);
    }
    const parsed = operation.parse(body);
    await this.#parts.services.enter(operation.service);
    return this.#undo(operation, key, parsed);
  }

  async #step(operation: StepOperation, key: string, { fields, secret, magic }: StepBody): Promise<Answer> {
    const call: Call = { operation, key, fields, secret };
    const known = this.#keys.get(key);
    if (known !== undefined) return repeat(known, call);

    this.#parts.magic.admit(magic, { key, refusal: operation.refusal });
    const answer = operation.answer(key);
    if (magic.kind === "late") {
      const outcome = this.#takeEffectLater(call, { answer, delayMs: magic.delayMs });
      this.#keys.set(key, { kind: "pending", call, outcome });
      return outcome;
    }
    await this.#takeEffect(call, answer);
    if (magic.kind === "slow") await this.#parts.pause(magic.delayMs);
    return answer;
  }

  async #undo(operation: UndoOperation, key: string, { fields, undoes }: UndoBody): Promise<Answer> {
    const call: Call = { operation, key, fields };
    const known = this.#keys.get(key);
    if (known !== undefined) return repeat(known, call);

    const step = this.#keys.get(undoes);
    if (undoes === key || (step !== undefined && !isStepOf(step, call))) throw undoMismatch(undoes);
    if (step?.kind === "undone") return this.#remember(call, operation.answer(null), step.durable);
    if (step?.kind !== "done") return this.#refuseKey(call, operation.answer(null), undoes);

    const earlierUndo = this.#undoneBy.get(undoes);
    const earlier = earlierUndo === undefined ? undefined : this.#keys.get(earlierUndo);
    if (earlier?.kind === "done") return this.#remember(call, earlier.answer, earlier.durable);
    this.#undoneBy.set(undoes, key);
    return this.#takeEffect(call, operation.answer(key));
  }

  async #takeEffectLater(
    call: Call,
    { answer, delayMs }: { readonly answer: Answer; readonly delayMs: number },
  ): Promise<Answer> {
    await this.#parts.pause(delayMs);
    const state = this.#keys.get(call.key);
    return state?.kind === "undone" ? repeat(state, call) : this.#takeEffect(call, answer);
  }

  #takeEffect(call: Call, answer: Answer): Promise<Answer> {
    return this.#remember(call, answer, this.#parts.ledger.append(lineOf(call)));
  }

  #refuseKey(call: Call, answer: Answer, undoes: string): Promise<Answer> {
    const durable = this.#parts.ledger.refuse({ ...lineOf(call), undoes });
    this.#keys.set(undoes, { kind: "undone", durable });
    return this.#remember(call, answer, durable);
  }

  async #remember(call: Call, answer: Answer, durable: Promise<void>): Promise<Answer> {
    this.#keys.set(call.key, { kind: "done", call, answer, durable });
    await durable;
    return answer;
  }

  #restoreLine(line: LedgerLine): void {
    const call = callOf(line);
    const answer = call.operation.answer(call.key);
    this.#keys.set(call.key, { kind: "done", call, answer, durable: Promise.resolve() });
    if (call.operation.kind === "undo") this.#undoneBy.set(String(call.fields["undoes"]), call.key);
  }

  #restoreUndoneKey(line: LedgerLine & { readonly undoes: string }): void {
    const call = callOf(line);
    const durable = Promise.resolve();
    this.#keys.set(line.undoes, { kind: "undone", durable });
    if (call.operation.kind !== "undo") return;
    this.#keys.set(call.key, { kind: "done", call, answer: call.operation.answer(null), durable });
  }
}

async function repeat(known: KeyState, call: Call): Promise<Answer> {
  if (known.kind === "undone") {
    await known.durable;
    throw new Problem(409, "KeyUndone", {
      detail: `The key "${call.key}" was undone before it had an effect, so it never will have one.`,
    });
  }
  if (!isSameCall(known.call, call)) {
    const { service, operation } = known.call.operation;
    throw new Problem(422, "KeyReused", {
      detail: `The key "${call.key}" belongs to another request to /${service}/${operation}. Use a key of its own.`,
    });
  }
  if (known.kind === "pending") return known.outcome;
  await known.durable;
  return known.answer;
}

function isSameCall(known: Call, call: Call): boolean {
  const hasSameSecret = known.secret === undefined || known.secret === call.secret;
  return known.operation === call.operation && hasSameSecret && isDeepStrictEqual(known.fields, call.fields);
}

function isStepOf(step: KeyState, { operation, fields }: Call): boolean {
  if (step.kind === "undone") return true;
  const { call } = step;
  return (
    operation.kind === "undo" &&
    call.operation.service === operation.service &&
    call.operation.operation === operation.stepOperation &&
    call.fields.orderId === fields.orderId
  );
}

function undoMismatch(undoes: string): Problem {
  return new Problem(422, "UndoMismatch", {
    detail: `The key "${undoes}" is of another order or operation than this undo takes back. Nothing was undone.`,
  });
}

function lineOf({ operation: { service, operation }, key, fields }: Call): LedgerLine {
  return { at: new Date().toISOString(), service, operation, key, ...fields };
}

function callOf({ at, service, operation: name, key, ...fields }: LedgerLine): Call {
  const operation = operations.find((known) => known.service === service && known.operation === name);
  if (operation !== undefined) return { operation, key, fields };
  throw new Error(`The ledger line of ${at} with the key "${key}" is of an unknown operation, ${service}/${name}.`);
}

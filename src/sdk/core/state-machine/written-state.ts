// A machine's definition as its tree is built from it. Its functions were typed where it was written; here all take what
// they are given.
import type { Given } from "./state-node.ts";

export type WrittenRaise = string | { readonly type: string; readonly data: unknown };

export interface WrittenActions {
  readonly assign?: (given: Given) => Given;
  readonly raise?: WrittenRaise | readonly WrittenRaise[] | ((given: Given) => readonly WrittenRaise[]);
}

export interface WrittenTransition extends WrittenActions {
  readonly target?: string | readonly string[];
  readonly guard?: (given: Given) => boolean;
  readonly internal?: boolean;
}

export type WrittenTransitions = WrittenTransition | readonly WrittenTransition[];

export interface WrittenInvoke {
  readonly step: string;
  readonly input?: (given: Given) => unknown;
  readonly onDone?: WrittenTransitions;
  readonly onError?: "fail" | WrittenTransitions;
}

export interface WrittenState {
  readonly type?: "parallel" | "final";
  readonly initial?: string | readonly string[];
  readonly states?: Readonly<Record<string, WrittenState>>;
  readonly entry?: WrittenActions;
  readonly exit?: WrittenActions;
  readonly on?: Readonly<Record<string, WrittenTransitions>>;
  readonly always?: WrittenTransitions;
  readonly after?: Readonly<Record<string, WrittenTransitions>>;
  readonly invoke?: WrittenInvoke;
  readonly onDone?: WrittenTransitions;
  readonly onError?: "fail" | WrittenTransitions;
  readonly rewind?: boolean | ((given: Given) => boolean);
  readonly output?: (given: Given) => unknown;
}

export interface WrittenMachine {
  readonly events: Readonly<Record<string, unknown>>;
  readonly steps?: Readonly<Record<string, unknown>>;
  readonly delays?: Readonly<Record<string, (given: Given) => string>>;
  readonly initial: string | readonly string[];
  readonly states: Readonly<Record<string, WrittenState>>;
}

/** One or several, as several. */
export function listed<Item>(items: Item | readonly Item[] | undefined): readonly Item[] {
  if (items === undefined) return [];
  return Array.isArray(items) ? (items as readonly Item[]) : [items as Item];
}

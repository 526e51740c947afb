import type { AlertRule } from "../core/alert-rule.ts";
import { isoOf } from "../core/iso-of.ts";
import type { Bounded, Watching } from "./watched-letters.ts";

/** An alert that a rule would have raised. */
export interface TriedAlert {
  readonly subject: string;
  readonly title: string;
  readonly text: string;
  readonly tenant?: string | undefined;
  /** RFC 3339. */
  readonly at: string;
}

/** A rule that is tried over some time. */
export interface Trying {
  readonly watching: Watching;
  readonly rule: AlertRule;
  readonly sinceMs: number;
  readonly untilMs: number;
}

/** What it would have raised. */
export interface Tried extends Bounded<TriedAlert> {
  readonly leavesOut?: string;
}

export const noneTried: Tried = { items: [], truncated: false };

/** What is about all of a rule. */
export function ofRule(
  { id, title }: AlertRule,
  { atMs, text }: { readonly atMs: number; readonly text: string },
): TriedAlert {
  return { subject: id, title, text, at: isoOf(atMs) };
}

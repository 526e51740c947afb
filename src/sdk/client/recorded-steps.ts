// Which activities of a history are which steps, and which undo which: by the idempotency keys that their headers carry.
import { nextGenerationKey } from "../core/idempotency-key.ts";
import type { Incident } from "../core/incident.ts";
import { idempotencyKeyHeader, undoesHeader } from "../core/step-failure.ts";
import type { RecordedHeader, ScheduledActivity } from "./recorded-event.ts";
import { withValues } from "./recorded-values.ts";

/** A step of a run, numbered in the order in which they were scheduled. */
interface RecordedStep {
  readonly number: number;
  readonly keys: string[];
}

/** An activity, or a child, that a history says was scheduled. */
export interface RecordedCall {
  readonly service: string;
  readonly isUndo: boolean;
  /** What it is, as in "2 charge". */
  readonly title: string;
  /** How its end names it, as in "2". */
  readonly label: string;
  /** The number of the last attempt. */
  attempts: number;
}

/** The steps that a history has told of so far. */
export class RecordedSteps {
  readonly #byKey = new Map<string, RecordedStep>();
  readonly #byNextKey = new Map<string, RecordedStep>();
  readonly #undoKeys = new Set<string>();
  #count = 0;

  activity(scheduled: ScheduledActivity): RecordedCall {
    const [service, name] = partsOf(scheduled.activityType?.name ?? "");
    const key = keyIn(scheduled.header, idempotencyKeyHeader);
    const undoes = this.#undoes(scheduled);
    return { service, attempts: 1, ...(undoes ? this.#undo(undoes, name, key) : this.#step(name, key)) };
  }

  child(type: string): RecordedCall {
    return { service: "children", attempts: 1, ...this.#step(type, undefined) };
  }

  /** How a parked step, or undo, is named. */
  labelOf({ kind, step, key, undoes }: Pick<Incident, "kind" | "step" | "key" | "undoes">): string {
    if (kind === "undo") return this.#undoLabel(undoes?.key);
    return this.#labelOf(key) ?? partsOf(step)[1];
  }

  #step(name: string, key: string | undefined) {
    const known = key === undefined ? undefined : this.#byKey.get(key);
    const changed = key === undefined || known ? undefined : this.#byNextKey.get(key);
    const step: RecordedStep = known ?? changed ?? { number: (this.#count += 1), keys: [] };
    if (key !== undefined && !known) this.#learn(step, key);
    const how = known ? " again" : changed ? " again, with other input" : "";
    return { isUndo: false, title: `${step.number} ${name}${how}`, label: String(step.number) };
  }

  #learn(step: RecordedStep, key: string): void {
    step.keys.push(key);
    this.#byKey.set(key, step);
    this.#byNextKey.set(nextGenerationKey(step.keys[0] ?? key, step.keys.length), step);
  }

  #undo({ of }: { readonly of: string | undefined }, name: string, key: string | undefined) {
    const isAgain = key !== undefined && this.#undoKeys.has(key);
    if (key !== undefined) this.#undoKeys.add(key);
    const label = this.#undoLabel(of);
    return { isUndo: true, title: `${label} by ${name}${isAgain ? " again" : ""}`, label };
  }

  #undoLabel(key: string | undefined): string {
    const label = this.#labelOf(key);
    return label === undefined ? "undo" : `undo ${label}`;
  }

  #labelOf(key: string | undefined): string | undefined {
    const step = key === undefined ? undefined : this.#byKey.get(key);
    if (!step || key === undefined) return undefined;
    const which = step.keys.length > 1 ? ` (key ${step.keys.indexOf(key) + 1} of ${step.keys.length})` : "";
    return `${step.number}${which}`;
  }

  #undoes({ header, input }: ScheduledActivity): { readonly of: string | undefined } | undefined {
    if (header?.fields && undoesHeader in header.fields) return { of: keyIn(header, undoesHeader) };
    // Recorded before that header was. Only an undo is told the key that Tenuto made for a step.
    const of = stringsIn(withValues(input)).find((text) => madeKey.test(text) && this.#byKey.has(text));
    return of === undefined ? undefined : { of };
  }
}

const madeKey = /^[0-9a-f]{32}$/;

function partsOf(activityType: string): readonly [service: string, name: string] {
  const dot = activityType.lastIndexOf(".");
  return dot < 0 ? ["activities", activityType] : [activityType.slice(0, dot), activityType.slice(dot + 1)];
}

/** An encrypted one can't be read. */
function keyIn(header: RecordedHeader | undefined, name: string): string | undefined {
  const value = withValues(header?.fields?.[name]);
  return typeof value === "string" ? value : undefined;
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

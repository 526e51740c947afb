// Which work goes first, and whose, by Temporal's own priority and fairness: what a lane says, what it may say, and how those of
// a type and of a start become one. Pure: starts, children and schedules all ask here.
import { InvalidDefinition } from "./errors/invalid-definition.ts";
import { InvalidInput } from "./errors/invalid-input.ts";
import type { ValidationIssue } from "./errors/validation-issue.ts";

/** From the work that goes first to the work that goes last. */
export const lanePriorities = [1, 2, 3, 4, 5] as const;

/** 1 goes first, 5 last; work without one has 3. */
export type LanePriority = (typeof lanePriorities)[number];

/** Which work goes first where work waits: of a run, and so of its steps and children, or of one step. */
export interface Lane {
  /** @default that of the run it belongs to, else 3 */
  readonly priority?: LanePriority | undefined;
  /** Work of one priority is shared out among the keys; 1 to 64 bytes, in clear text. @default that of the run it belongs to, else the tenant's name */
  readonly fairnessKey?: string | undefined;
  /** How much of the share its key gets, beside keys of weight 1: 0.001 to 1000. @default that of the run it belongs to, else 1 */
  readonly fairnessWeight?: number | undefined;
}

/** The lane of what has an input, which may decide the key. */
export interface LaneDefinition<Input = never> extends Omit<Lane, "fairnessKey"> {
  /** The same for all, or from the input; 1 to 64 bytes, in clear text. @default the tenant's name */
  readonly fairnessKey?: string | FairnessKeyOf<Input> | undefined;
}

/** Makes a fairness key of an input; `undefined` is none. */
// Of a method, so that a contract of one input is usable where any contract is.
export type FairnessKeyOf<Input> = { of(input: Input): string | undefined }["of"];

/** What Temporal calls it. */
export interface TemporalPriority {
  readonly priorityKey?: number;
  readonly fairnessKey?: string;
  readonly fairnessWeight?: number;
}

/** Whose runs are started, and with which input. */
export interface LaneSource {
  readonly input: unknown;
  readonly tenant?: string | undefined;
}

/**
 * What a start asks for, and else its type, field by field; `undefined` says nothing at all.
 *
 * @throws {@link InvalidInput} when what it asks for, or the key that its type makes of its input, can't be used.
 */
export function laneOfStart(
  own: Lane | undefined,
  type: LaneDefinition | undefined,
  { input, tenant }: LaneSource,
): Lane | undefined {
  const issues = own ? laneIssues(own) : [];
  if (issues.length > 0) throw new InvalidInput("The lane", issues);
  return kept({
    priority: own?.priority ?? type?.priority,
    fairnessKey: own?.fairnessKey ?? keyOf(type, input) ?? tenant,
    fairnessWeight: own?.fairnessWeight ?? type?.fairnessWeight,
  });
}

function keyOf(type: LaneDefinition | undefined, input: unknown): string | undefined {
  const fairnessKey = type?.fairnessKey;
  if (typeof fairnessKey !== "function") return fairnessKey;
  // Which input it takes was checked where it was written.
  const key = fairnessKey(input as never);
  if (key === undefined || isFairnessKey(key)) return key;
  throw new InvalidInput("The fairness key that is made of the input", [{ pointer: "/input", message: keyRule }]);
}

/** A lane as Temporal's commands and calls have it. */
export function temporalPriority(lane: Lane | undefined): TemporalPriority | undefined {
  const { priority, fairnessKey, fairnessWeight } = (lane && kept(lane)) ?? {};
  if (priority === undefined && fairnessKey === undefined && fairnessWeight === undefined) return undefined;
  return {
    ...(priority !== undefined && { priorityKey: priority }),
    ...(fairnessKey !== undefined && { fairnessKey }),
    ...(fairnessWeight !== undefined && { fairnessWeight }),
  };
}

/** What Temporal says of one, which others may have set. */
export function laneFrom(
  priority: { readonly [Name in keyof TemporalPriority]?: TemporalPriority[Name] | null } | null | undefined,
): Lane | undefined {
  const { priorityKey, fairnessKey, fairnessWeight } = priority ?? {};
  return kept({
    priority: (priorityKey || undefined) as LanePriority | undefined,
    fairnessKey: fairnessKey || undefined,
    fairnessWeight: fairnessWeight || undefined,
  });
}

/** What of a lane can't be used. */
export function laneIssues(lane: Lane, pointer = "/lane"): readonly ValidationIssue[] {
  const { priority, fairnessKey, fairnessWeight } = lane;
  const issues: ValidationIssue[] = [];
  const isPriority = priority === undefined || lanePriorities.includes(priority);
  if (!isPriority) issues.push({ pointer: `${pointer}/priority`, message: priorityRule });
  if (fairnessKey !== undefined && !isFairnessKey(fairnessKey))
    issues.push({ pointer: `${pointer}/fairnessKey`, message: keyRule });
  if (fairnessWeight !== undefined && !isWeight(fairnessWeight))
    issues.push({ pointer: `${pointer}/fairnessWeight`, message: weightRule });
  return issues;
}

/** @throws {@link InvalidDefinition} when a lane in a definition can't be used. */
export function assertLane(lane: LaneDefinition | undefined, whose: string): void {
  if (lane === undefined) return;
  const { fairnessKey, ...rest } = lane;
  const fixed = typeof fairnessKey === "function" ? rest : { ...rest, fairnessKey };
  const [issue] = laneIssues(fixed, "");
  if (!issue) return;
  const name = issue.pointer.slice(1) as keyof Lane;
  throw new InvalidDefinition({ what: `\`lane.${name}\` of ${whose}`, got: lane[name], remedy: `${issue.message}.` });
}

const keyRule = "Give a text of 1 to 64 bytes";
const priorityRule = "Give a whole number from 1, which goes first, to 5";
const weightRule = "Give a number from 0.001 to 1000";

function isFairnessKey(key: unknown): boolean {
  return typeof key === "string" && key !== "" && !/\p{Surrogate}|\0/u.test(key) && bytesOf(key) <= 64;
}

function isWeight(weight: unknown): boolean {
  return typeof weight === "number" && weight >= 0.001 && weight <= 1_000;
}

/** Of UTF-8. */
function bytesOf(text: string): number {
  return encodeURIComponent(text).replace(/%../g, "x").length;
}

/** Without what it does not say; a weight has the digits that Temporal keeps. */
function kept({ priority, fairnessKey, fairnessWeight }: Lane): Lane | undefined {
  const lane: Lane = {
    ...(priority !== undefined && { priority }),
    ...(fairnessKey !== undefined && { fairnessKey }),
    ...(fairnessWeight !== undefined && { fairnessWeight: Number(fairnessWeight.toPrecision(6)) }),
  };
  return Object.keys(lane).length > 0 ? lane : undefined;
}

// How much a worker does at once. Fixed, or by the memory and the processor of the machine (or its cgroup), by Temporal's
// resource-based tuner: all queues of a process then share one measure.
import { ResourceBasedController, type WorkerOptions } from "@temporalio/worker";
import { InvalidDefinition } from "../core/errors/invalid-definition.ts";

/** So many tasks of each kind at once, on each queue. */
export interface FixedSlots {
  /** Workflow tasks. @default 40 */
  readonly workflows?: number;
  /** Attempts of activities. @default 100 */
  readonly activities?: number;
  /** Attempts of local activities. @default 100 */
  readonly localActivities?: number;
}

/** As many tasks as keep the machine below its bounds. */
export interface MemorySlots {
  /** The share of the memory that may be in use, above 0 and below 1. */
  readonly memory: number;
  /** The share of the processors. @default 0.9 */
  readonly cpu?: number;
}

/** How much a worker does at once. */
export type Slots = FixedSlots | MemorySlots;

/** How many polls for tasks of a kind are open at once: as many as load asks for, or so many. */
export type Pollers = "autoscaling" | { readonly workflows?: number; readonly activities?: number };

type TunedOptions = Pick<
  WorkerOptions,
  | "tuner"
  | "maxConcurrentWorkflowTaskExecutions"
  | "maxConcurrentActivityTaskExecutions"
  | "maxConcurrentLocalActivityExecutions"
  | "workflowTaskPollerBehavior"
  | "activityTaskPollerBehavior"
>;

const defaults = { workflows: 40, activities: 100, localActivities: 100 } as const;

/** What `Worker.create` takes for slots and pollers; made once for all workers of a process. */
export function tuned(slots: Slots | undefined, pollers: Pollers | undefined): TunedOptions {
  if (slots === undefined) return pollersOf(pollers);
  assertSlots(slots);
  if (!("memory" in slots)) {
    const { workflows, activities, localActivities } = { ...defaults, ...slots };
    return {
      maxConcurrentWorkflowTaskExecutions: workflows,
      maxConcurrentActivityTaskExecutions: activities,
      maxConcurrentLocalActivityExecutions: localActivities,
      ...pollersOf(pollers),
    };
  }
  const { memory: targetMemoryUsage, cpu: targetCpuUsage = 0.9 } = slots;
  const controller = ResourceBasedController.create({ targetMemoryUsage, targetCpuUsage });
  return { tuner: { controller }, ...pollersOf(pollers ?? "autoscaling") };
}

/**
 * Reads slots as `TENUTO_SLOTS` has them: `workflows=40,activities=100,localActivities=100`, or `memory=0.8,cpu=0.9`; what is left
 * out has its default.
 *
 * @throws `InvalidDefinition` saying what can't be used.
 * @example
 * ```ts
 * const slots = parseSlots("activities=10"); // { activities: 10 }
 * ```
 */
export function parseSlots(text: string): Slots {
  const pairs = text.split(",").map((pair) => pair.trim().split("="));
  const names = pairs.map(([name = ""]) => name);
  const isUsable =
    pairs.every(([, value, ...rest]) => value !== undefined && /^\d+(\.\d+)?$/.test(value) && rest.length === 0) &&
    new Set(names).size === names.length &&
    [Object.keys(defaults), ["memory", "cpu"]].some((known) => names.every((name) => known.includes(name)));
  if (!isUsable) throw unusable(text);
  const slots = Object.fromEntries(pairs.map(([name, value]) => [name, Number(value)])) as Slots;
  assertSlots(slots, text);
  return slots;
}

function assertSlots(slots: Slots, got: unknown = slots): void {
  const isShare = (value: number) => value > 0 && value < 1;
  if ("memory" in slots || "cpu" in slots) {
    const { memory, cpu = 0.9 } = slots as MemorySlots;
    if (isShare(memory) && cpu > 0 && cpu <= 1) return;
    throw unusable(got);
  }
  const { workflows, activities, localActivities } = { ...defaults, ...slots };
  // With fewer than two, Temporal refuses to keep runs in memory.
  const isUsable = workflows >= 2 && activities >= 1 && localActivities >= 1;
  if (isUsable && [workflows, activities, localActivities].every(Number.isInteger)) return;
  throw unusable(got);
}

function unusable(got: unknown): InvalidDefinition {
  return new InvalidDefinition({
    what: "`slots` of the worker",
    got,
    remedy:
      "Give whole numbers, as in workflows=40,activities=100,localActivities=100 (workflows 2 or more), " +
      "or shares of the machine, as in memory=0.8,cpu=0.9.",
  });
}

function pollersOf(pollers: Pollers = {}): Omit<TunedOptions, "tuner"> {
  if (pollers === "autoscaling") {
    return { workflowTaskPollerBehavior: { type: pollers }, activityTaskPollerBehavior: { type: pollers } };
  }
  const { workflows, activities } = pollers;
  // Runs that are in memory have a queue of their own, and each of the two needs a poll.
  const isUsable = [workflows ?? 2, (activities ?? 1) + 1].every((count) => Number.isInteger(count) && count >= 2);
  if (!isUsable) {
    throw new InvalidDefinition({
      what: "`pollers` of the worker",
      got: pollers,
      remedy: 'Give "autoscaling", or whole numbers, workflows from 2 and activities from 1.',
    });
  }
  const upTo = (maximum: number) => ({ type: "simple-maximum", maximum }) as const;
  return {
    ...(workflows !== undefined && { workflowTaskPollerBehavior: upTo(workflows) }),
    ...(activities !== undefined && { activityTaskPollerBehavior: upTo(activities) }),
  };
}

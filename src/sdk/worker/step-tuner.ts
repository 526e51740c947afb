import type { WorkerOptions } from "@temporalio/worker";
import type { RateWatch } from "./rate-watch.ts";
import { stepSlots } from "./step-slots.ts";

/** Temporal's own, of options that give none. */
const defaultSlots = { workflowTasks: 40, activities: 100, localActivities: 100, nexusTasks: 100 } as const;

/** How many steps a worker runs at once; `undefined` where a tuner decides. Core tells of no slots but its own how many there are. */
export function stepSlotsIn({ tuner, maxConcurrentActivityTaskExecutions }: WorkerOptions): number | undefined {
  return tuner ? undefined : (maxConcurrentActivityTaskExecutions ?? defaultSlots.activities);
}

/**
 * Gives a worker slots for steps that keep to the rates of its task queue. Those of a tuner of its own can't be asked: then no step
 * passes by the queue, unless the options say that some may.
 */
export function withStepSlots(options: WorkerOptions, { mayBeEager }: RateWatch): WorkerOptions {
  if (options.tuner) return { maxEagerActivityReservationsPerWorkflowTask: 0, ...options };
  const {
    maxConcurrentWorkflowTaskExecutions: workflowTasks = defaultSlots.workflowTasks,
    maxConcurrentActivityTaskExecutions: activities = defaultSlots.activities,
    maxConcurrentLocalActivityExecutions: localActivities = defaultSlots.localActivities,
    maxConcurrentNexusTaskExecutions: nexusTasks = defaultSlots.nexusTasks,
    ...rest
  } = options;
  return {
    ...rest,
    tuner: {
      workflowTaskSlotSupplier: { type: "fixed-size", numSlots: workflowTasks },
      activityTaskSlotSupplier: stepSlots({ slots: activities, mayBeEager }),
      localActivityTaskSlotSupplier: { type: "fixed-size", numSlots: localActivities },
      nexusTaskSlotSupplier: { type: "fixed-size", numSlots: nexusTasks },
    },
  };
}

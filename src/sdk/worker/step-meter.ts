// Counts the steps of this process, for Prometheus. Labels are of bounded sets: the namespace, and the activities of contracts.
// Why an end counts once: a replay tells nothing, and of a workflow task that is tried again (as a stuck run's is) the ends are
// remembered for a while. A worker that dies right after a step's end may not have counted it.
import type { ActivityInterceptorsFactory, InjectedSinks } from "@temporalio/worker";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { stepOutcomes, type StepEnd, type StepSinks } from "../core/step-end.ts";

/** The numbers of a process in Prometheus' text format. */
export interface WorkerExposition {
  readonly contentType: string;
  readonly text: string;
}

/** What the workers of a process count. */
export interface StepMeter {
  /** Says which activities there are: a counter that begins with its first count hides that one from Prometheus. */
  expect(namespace: string, activities: readonly string[]): void;
  /** Says how many steps a worker runs at once. */
  has(slots: number, queue: { readonly namespace: string; readonly taskQueue: string }): void;
  /** `attempt` is which one of the step it is, beginning with 1. */
  began(namespace: string, activity: string, attempt: number): void;
  ended(namespace: string, end: StepEnd & { readonly runId: string }): void;
  exposition(): Promise<WorkerExposition>;
}

/** From what takes no time to what takes a day, in seconds. */
const buckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 3_600, 21_600, 86_400];

const remembered = 10_000;

function createStepMeter(): StepMeter {
  const registry = new Registry();
  const registers = [registry];
  const steps = new Counter({
    name: "tenuto_steps_total",
    help: "Steps that have ended, by how they did; a parked one ends again when somebody has decided.",
    labelNames: ["namespace", "activity", "outcome"],
    registers,
  });
  const attempts = new Counter({
    name: "tenuto_step_attempts_total",
    help: "Attempts at steps that have begun.",
    labelNames: ["namespace", "activity"],
    registers,
  });
  const retries = new Counter({
    name: "tenuto_step_retries_total",
    help: "Attempts at steps that have begun after one that failed.",
    labelNames: ["namespace", "activity"],
    registers,
  });
  const durations = new Histogram({
    name: "tenuto_step_duration_seconds",
    help: "Time from the first schedule of a step to its end for good, parked time left out.",
    labelNames: ["namespace", "activity"],
    buckets,
    registers,
  });
  const slots = new Gauge({
    name: "tenuto_worker_task_slots",
    help: "Steps that the worker runs at once at most.",
    labelNames: ["namespace", "task_queue", "worker_type"],
    registers,
  });
  const told = new Set<string>();
  return {
    expect(namespace, activities) {
      for (const activity of activities) {
        for (const outcome of stepOutcomes) steps.inc({ namespace, activity, outcome }, 0);
        attempts.inc({ namespace, activity }, 0);
        retries.inc({ namespace, activity }, 0);
        durations.zero({ namespace, activity });
      }
    },
    has: (count, { namespace, taskQueue }) =>
      slots.set({ namespace, task_queue: taskQueue, worker_type: "ActivityWorker" }, count),
    began(namespace, activity, attempt) {
      attempts.inc({ namespace, activity });
      if (attempt > 1) retries.inc({ namespace, activity });
    },
    ended(namespace, { runId, id, activity, outcome, durationMs }) {
      const end = `${runId} ${id}`;
      if (told.has(end)) return;
      told.add(end);
      const [oldest] = told;
      if (told.size > remembered && oldest !== undefined) told.delete(oldest);
      steps.inc({ namespace, activity, outcome });
      const isTimed = outcome === "succeeded" || outcome === "failed";
      if (isTimed) durations.observe({ namespace, activity }, durationMs / 1_000);
    },
    async exposition() {
      const all = Registry.merge([registry, processMetrics()]);
      return { contentType: all.contentType, text: await all.metrics() };
    },
  };
}

let ownMetrics: Registry | undefined;

/** Not before somebody asks: it measures the event loop from then on. */
function processMetrics(): Registry {
  if (!ownMetrics) {
    ownMetrics = new Registry();
    collectDefaultMetrics({ register: ownMetrics });
  }
  return ownMetrics;
}

let ofProcess: StepMeter | undefined;

/** The one of all workers of this process. */
export function stepMeter(): StepMeter {
  return (ofProcess ??= createStepMeter());
}

/**
 * What the workers of this process have counted, in Prometheus' text format: steps by how they ended, attempts, durations, and
 * the process's own numbers. Temporal's are not among them: those have an exporter of their own.
 *
 * @example
 * ```ts
 * const { contentType, text } = await workerExposition();
 * ```
 */
export function workerExposition(): Promise<WorkerExposition> {
  return stepMeter().exposition();
}

/** Takes the ends that runs tell of. */
export function stepSinks(meter: StepMeter, namespace: string): InjectedSinks<StepSinks> {
  return {
    tenutoSteps: {
      ended: {
        fn: ({ runId }, end) => {
          meter.ended(namespace, { ...end, runId });
        },
        callDuringReplay: false,
      },
    },
  };
}

interface Counted {
  readonly namespace: string;
  /** Others are no steps of contracts. */
  readonly activities: readonly string[];
}

export function countAttempts(meter: StepMeter, { namespace, activities }: Counted): ActivityInterceptorsFactory {
  const own = new Set(activities);
  return ({ info: { activityType, attempt } }) => ({
    inbound: {
      execute(input, next) {
        if (own.has(activityType)) meter.began(namespace, activityType, attempt);
        return next(input);
      },
    },
  });
}

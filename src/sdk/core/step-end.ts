// What the isolate and Node agree on about the ends of steps, which workers count. Core counts attempts only.

/** `parked` is no end for good: the step ends again when somebody has decided. */
export const stepOutcomes = ["succeeded", "failed", "canceled", "skipped", "parked"] as const;

export type StepOutcomeName = (typeof stepOutcomes)[number];

/** How a step ended. */
export interface StepEnd {
  /** Of no other end in its run, and the same whenever its workflow task is tried again. */
  readonly id: string;
  /** The activity's type. */
  readonly activity: string;
  readonly outcome: StepOutcomeName;
  /** From its first schedule on, without the time that it was parked. */
  readonly durationMs: number;
}

/** By which a run tells of it: nothing of it is in its history, and nothing depends on it. */
export type StepSinks = Readonly<Record<"tenutoSteps", { ended(end: StepEnd): void }>>;

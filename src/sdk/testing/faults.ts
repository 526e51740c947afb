/** How often a fault strikes. */
export interface FaultOptions {
  /** How many attempts of each step it strikes, from the first. @default 1 */
  readonly times?: number;
}

/** How an answer gets lost. */
export interface LostAnswerOptions extends FaultOptions {
  /** Whether the attempt fails at once, or hangs until its time is up. @default "fails" */
  readonly then?: "fails" | "hangs";
}

/** How an effect is delayed. */
export interface DelayOptions extends FaultOptions {
  /** How long after the attempt's time was up the effect happens, in milliseconds. @default 0 */
  readonly lateByMs?: number;
}

/** When a worker is killed. */
export interface KillOptions extends FaultOptions {
  /** Before the step has its effect, or between the effect and its answer. @default "after-effect" */
  readonly when?: "before-effect" | "after-effect";
}

/** When a server is killed, and for how long it is away. */
export interface OutageOptions extends FaultOptions {
  /** Before the step has its effect, or between the effect and its answer. @default "after-effect" */
  readonly when?: "before-effect" | "after-effect";
  /** How long after its end the server is started again, in milliseconds. @default 0 */
  readonly awayMs?: number;
}

/** Something that goes wrong at a step, by rule. It is plain data, so that it reaches a worker in another process. */
export type Fault =
  | ({ readonly kind: "fail" } & Struck)
  | ({ readonly kind: "lose-answer"; readonly then: "fails" | "hangs" } & Struck)
  | ({ readonly kind: "delay-effect"; readonly lateByMs: number } & Struck)
  | ({ readonly kind: "kill-worker"; readonly when: "before-effect" | "after-effect" } & Struck)
  | ({
      readonly kind: "restart-server";
      readonly when: "before-effect" | "after-effect";
      readonly awayMs: number;
    } & Struck);

/** What a fault strikes. */
interface Struck {
  /** Such as `"payments.chargeCard"`. */
  readonly step: string;
  /** How many attempts of each step, from the first. */
  readonly times: number;
}

/**
 * The step's attempt fails before its effect.
 *
 * @example failStep("payments.chargeCard", { times: 2 })
 */
export function failStep(step: string, { times = 1 }: FaultOptions = {}): Fault {
  return { kind: "fail", step, times };
}

/**
 * The step has its effect, and its answer never arrives.
 *
 * @example loseAnswer("payments.chargeCard", { then: "hangs" })
 */
export function loseAnswer(step: string, { times = 1, then = "fails" }: LostAnswerOptions = {}): Fault {
  return { kind: "lose-answer", step, times, then };
}

/**
 * The step has its effect only after the attempt's time was up.
 *
 * @example delayEffect("shipping.book", { lateByMs: 500 })
 */
export function delayEffect(step: string, { times = 1, lateByMs = 0 }: DelayOptions = {}): Fault {
  return { kind: "delay-effect", step, times, lateByMs };
}

/**
 * The worker's process is killed (SIGKILL) at the step, and started again; it needs a rig whose worker has one.
 *
 * Everything else that the process was doing is lost as well. The server tries a lost step again when the step's
 * `attemptTimeout` and 5 seconds are over.
 *
 * @example killWorkerAt("payments.chargeCard", { when: "before-effect" })
 */
export function killWorkerAt(step: string, { times = 1, when = "after-effect" }: KillOptions = {}): Fault {
  return { kind: "kill-worker", step, times, when };
}

/**
 * The server is killed (SIGKILL) at the step, and started again on its data; it needs a rig with a real server of its own.
 *
 * The step goes on while the server is away, and answers as soon as it can.
 *
 * @example restartServerAt("payments.chargeCard", { awayMs: 2_000 })
 */
export function restartServerAt(
  step: string,
  { times = 1, when = "after-effect", awayMs = 0 }: OutageOptions = {},
): Fault {
  return { kind: "restart-server", step, times, when, awayMs };
}

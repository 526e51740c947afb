// A state machine as a run has it: the one place where its snapshot changes.
// Why that is safe: an event is taken by the handler of its update without waiting, so of two at one instant the second sees
// what the first did. What has steps counts only when they have ended; until then nothing else is taken. All else that
// moves the machine (deadlines, outputs) is found anew from the snapshot, so nothing is lost by a crash or a replay.
import { upsertMemo } from "@temporalio/workflow";
import { advance } from "../core/state-machine/advance.ts";
import { allowedEvents } from "../core/state-machine/allowed-events.ts";
import { afterFailure, committed } from "../core/state-machine/effects.ts";
import type { MachineAnswer } from "../core/state-machine/machine-answer.contract.ts";
import type { StateMachine } from "../core/state-machine/machine.ts";
import { marksOfMachine } from "../core/state-machine/machine-marks.ts";
import {
  keptEvents,
  keptTransitions,
  type LiveMachine,
  type MachineCause,
  machineMemo,
  type MachineMoving,
  type MachineRecord,
  type MachineRefusal,
  type ToldMachine,
  toldTransitions,
} from "../core/state-machine/machine-record.ts";
import { rewind, rewindableStates, visitedWith } from "../core/state-machine/rewind.ts";
import type { MachineSnapshot, MachineStep } from "../core/state-machine/snapshot.ts";
import { transition } from "../core/state-machine/transition.ts";
import { clockSettled } from "./clock.ts";
import { causeOf, isIdle, type Move, movingOf } from "./machine-moves.ts";
import { endlessFailure, machineFailureOf, mostFailures, runSteps, type UntypedSteps } from "./machine-steps.ts";
import { setMachineMarks } from "./marks.ts";

/** An event, or a rewind, that somebody waits for. */
export interface Asked {
  readonly id?: string;
  readonly hash: string;
  readonly cause: Extract<MachineCause, { readonly kind: "event" | "rewind" }>;
  /** Of an event. */
  readonly data?: unknown;
}

interface Waiting extends Asked {
  readonly resolve: (answer: MachineAnswer) => void;
  readonly reject: (error: unknown) => void;
}

export class MachineRun {
  readonly machine: StateMachine;
  readonly #steps: UntypedSteps;
  #record: MachineRecord;
  #move: Move | undefined;
  #moving: MachineMoving | undefined;
  #failed: MachineAnswer["failed"];
  #waiting: Waiting | undefined;
  #isLeaving = false;
  /** Whether something counts that nobody was told yet. */
  #isChanged = false;
  #events = 0;
  #answering = 0;

  constructor(
    machine: StateMachine,
    { record, steps }: { readonly record: MachineRecord; readonly steps: UntypedSteps },
  ) {
    this.machine = machine;
    this.#record = record;
    this.#steps = steps;
  }

  get snapshot(): MachineSnapshot {
    return this.#record.snapshot;
  }

  get record(): MachineRecord {
    return this.#record;
  }

  /** How many events this run has taken. */
  get events(): number {
    return this.#events;
  }

  /** Whether somebody waits for an answer. */
  get isAnswering(): boolean {
    return this.#answering > 0;
  }

  /** Whether there are steps to run. */
  get hasWork(): boolean {
    return this.#move !== undefined;
  }

  /** Why this can't be taken now; `undefined` when it can. Changes nothing. */
  refusalOf({ id, hash, cause, data }: Asked, now: number): MachineRefusal | undefined {
    const taken = this.#record.taken.find((each) => each.id === id);
    if (taken) return { type: "EventTaken", answer: taken.answer, hash: taken.hash };
    if (this.#isLeaving) return { type: "MachineNotReady" };
    if (this.#moving) return this.#inProgress(this.#moving);
    const settled = this.#preview(now);
    if ("moving" in settled) return this.#inProgress(settled.moving);
    return this.#refusalIn(settled.snapshot, { hash, cause, data }, now);
  }

  /** Takes what can be taken, as {@link refusalOf} has said at this moment; the answer comes when it counts. */
  async take(asked: Asked, now: number): Promise<MachineAnswer> {
    this.#events += 1;
    this.settle(now);
    const answered = new Promise<MachineAnswer>((resolve, reject) => {
      this.#waiting = { ...asked, resolve, reject };
    });
    this.settle(now, { step: this.#stepOf(asked, now), cause: asked.cause });
    this.#answering += 1;
    try {
      return await answered;
    } finally {
      this.#answering -= 1;
    }
  }

  /** Runs the steps that {@link hasWork} tells of, until they count, or something else came of them. */
  async work(): Promise<void> {
    const move = this.#move;
    if (!move) return;
    const next = await this.#through(move);
    this.#move = undefined;
    this.#moving = undefined;
    this.settle(Date.now(), next);
  }

  /** Lets nothing in any more: the run goes on in another one. */
  leave(): void {
    this.#isLeaving = true;
  }

  /** Tells who waits that the run ends. */
  fail(error: unknown): void {
    this.#waiting?.reject(error);
    this.#waiting = undefined;
  }

  told(kept = toldTransitions): ToldMachine {
    const { snapshot, transitions, visited } = this.#record;
    const { version, status, value, deadlines } = snapshot;
    return {
      machine: snapshot.machine,
      ...{ version, status, state: value, deadlines },
      allowed: allowedEvents(this.machine, snapshot),
      rewindable: rewindableStates(this.machine, snapshot, visited),
      transitions: transitions.slice(-kept),
    };
  }

  live(): LiveMachine {
    const moving = this.#moving;
    return { ...this.told(keptTransitions), context: this.snapshot.context, ...(moving && { moving }) };
  }

  /** Tells lists what it is in. */
  publish(): void {
    setMachineMarks(marksOfMachine(this.machine, this.snapshot));
    upsertMemo({ [machineMemo]: this.told() });
  }

  #inProgress(moving: MachineMoving): MachineRefusal {
    return { type: "TransitionInProgress", state: this.snapshot.value, moving, allowed: [] };
  }

  /** What the machine will be in when it has done by itself what is due. */
  #preview(now: number): { readonly snapshot: MachineSnapshot } | { readonly moving: MachineMoving } {
    let { snapshot } = this.#record;
    for (let step = advance(this.machine, snapshot, now); step; step = advance(this.machine, snapshot, now)) {
      if (step.effects.length > 0) return { moving: movingOf({ step, cause: causeOf(this.machine, snapshot, now) }) };
      snapshot = step.snapshot;
    }
    return { snapshot };
  }

  #refusalIn(snapshot: MachineSnapshot, { cause, data }: Asked, now: number): MachineRefusal | undefined {
    if (cause.kind === "rewind") {
      const allowed = rewindableStates(this.machine, snapshot, this.#record.visited);
      return allowed.includes(cause.to) ? undefined : { type: "RewindNotAllowed", to: cause.to, allowed };
    }
    const step = transition(this.machine, snapshot, { type: cause.event, data }, now);
    if (!("refused" in step)) return undefined;
    return { type: "EventNotAllowed", event: cause.event, state: snapshot.value, allowed: step.refused.allowed };
  }

  #stepOf({ cause, data }: Asked, now: number): MachineStep {
    if (cause.kind === "rewind") return rewind(this.machine, this.snapshot, cause.to, now);
    const step = transition(this.machine, this.snapshot, { type: cause.event, data }, now);
    if ("refused" in step) throw new TypeError(`Event "${cause.event}" was to be taken, and is refused`);
    return step;
  }

  /** Does all that needs no step, and finds what has some. */
  settle(now: number, first?: Move): void {
    for (let move = first ?? this.#next(now); move; move = this.#next(now)) {
      if (move.step.effects.length > 0) {
        this.#move = move;
        this.#moving = movingOf(move);
        break;
      }
      this.#commit(move.step.snapshot, move);
    }
    if (!this.#isChanged) return;
    this.#isChanged = false;
    this.#answer();
    this.publish();
  }

  #next(now: number): Move | undefined {
    const step = advance(this.machine, this.snapshot, now);
    return step && { step, cause: causeOf(this.machine, this.snapshot, now) };
  }

  /** What counts, and what is to be done next if a failure led to something that needs no step. */
  async #through(first: Move): Promise<Move | undefined> {
    let move = first;
    for (let failures = 1; ; failures += 1) {
      const end = await runSteps(this.#steps, move.step);
      const wait = clockSettled();
      if (wait) await wait;
      const now = Date.now();
      if ("outputs" in end) {
        this.#commit(committed(move.step, { outputs: end.outputs, now }), move);
        return undefined;
      }
      const { effect, error } = end.failed;
      const { state, step } = effect;
      const failure = machineFailureOf(error);
      const next = afterFailure(this.machine, move.step, { state, error: failure }, now);
      if (!next) throw error;
      if (failures === mostFailures) throw endlessFailure(this.machine.name, end.failed);
      this.#failed = { step, type: failure.type };
      move = { step: next, cause: { kind: "failure", state, step, error: failure.type } };
      if (next.effects.length === 0) return move;
      this.#moving = movingOf(move);
    }
  }

  #commit(snapshot: MachineSnapshot, move: Move): void {
    const { transitions, visited, taken } = this.#record;
    const number = (transitions.at(-1)?.number ?? 0) + 1;
    const told = { number, at: new Date().toISOString(), cause: move.cause, state: snapshot.value };
    this.#isChanged = true;
    this.#record = {
      snapshot,
      transitions: isIdle(move, snapshot) ? transitions : [...transitions, told].slice(-keptTransitions),
      visited: visitedWith(this.machine, snapshot, visited),
      taken,
    };
  }

  #answer(): void {
    const waiting = this.#waiting;
    const failed = this.#failed;
    this.#failed = undefined;
    if (!waiting) return;
    this.#waiting = undefined;
    const { snapshot, transitions } = this.#record;
    const { value: state, status } = snapshot;
    const { number = 0 } = transitions.at(-1) ?? {};
    const answer: MachineAnswer = { state: [...state], status, transition: number, ...(failed && { failed }) };
    const { id, hash } = waiting;
    if (id !== undefined)
      this.#record = { ...this.#record, taken: [...this.#record.taken, { id, hash, answer }].slice(-keptEvents) };
    waiting.resolve(answer);
  }
}

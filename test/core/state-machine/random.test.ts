import assert from "node:assert/strict";
import { test } from "node:test";
import { advance, afterFailure, allowedEvents, committed, EndlessMacrostep, initialSnapshot, transition } from "tenuto";
import type { MachineSnapshot, MachineStep, StateMachine } from "tenuto";
import type { WrittenState } from "../../../src/sdk/core/state-machine/written-state.ts";
import { eventNames, pick, type Random, randomMachine, randomOf } from "./random-machine.ts";

const machines = 10_000;
const doings = 12;

/** What is done to a machine, as it would be recorded. */
type Doing =
  | { readonly kind: "event"; readonly type: string; readonly now: number }
  | { readonly kind: "advance"; readonly now: number };

/** How the steps of a candidate end: the same in every replay, as a history would have it. */
type Outcome = "done" | "failed";

interface Recorded {
  readonly doing: Doing;
  readonly outcome: Outcome;
}

test(`${machines} random machines: every configuration is legal, what is refused changes nothing, JSON keeps all, replays agree`, () => {
  const seen = { taken: 0, refused: 0, failed: 0, done: 0, endless: 0 };
  for (let seed = 1; seed <= machines; seed += 1) {
    const recorded: Recorded[] = [];
    const first = play(seed, (random, now) => {
      const next = doingOf(random, now);
      recorded.push(next);
      return next;
    });
    const again = [...recorded];
    const second = play(seed, () => again.shift() as Recorded);
    assert.equal(second.snapshots.join("\n"), first.snapshots.join("\n"), `seed ${seed}: a replay differs`);
    for (const name of Object.keys(seen) as (keyof typeof seen)[]) seen[name] += first.seen[name];
  }
  assert.ok(seen.taken > 2 * machines && seen.refused > machines, JSON.stringify(seen));
  assert.ok(seen.failed > 100 && seen.done > 1_000 && seen.endless < machines / 100, JSON.stringify(seen));
});

function doingOf(random: Random, now: number): Recorded {
  const later = now + Math.floor(random() * 2_500);
  const outcome = random() < 0.3 ? "failed" : "done";
  const isEvent = random() < 0.6;
  const doing: Doing = isEvent
    ? { kind: "event", type: pick(random, eventNames), now: later }
    : { kind: "advance", now: later };
  return { doing, outcome };
}

/** Plays a machine, and looks at every snapshot that it makes. */
function play(seed: number, next: (random: Random, now: number) => Recorded) {
  const { machine, states } = randomMachine(randomOf(seed));
  const random = randomOf(-seed);
  const seen = { taken: 0, refused: 0, failed: 0, done: 0, endless: 0 };
  const snapshots: string[] = [];
  const look = (snapshot: MachineSnapshot): MachineSnapshot => {
    assertLegal(states, snapshot, seed);
    const text = JSON.stringify(snapshot);
    const read = JSON.parse(text) as MachineSnapshot;
    assert.deepEqual(read, snapshot, `seed ${seed}: JSON does not keep it`);
    snapshots.push(text);
    return frozen(read);
  };
  try {
    let snapshot = look(ended(machine, initialSnapshot(machine, {}, 0), "done", 0) as MachineSnapshot);
    let now = 0;
    for (let count = 0; count < doings; count += 1) {
      const { doing, outcome } = next(random, now);
      now = doing.now;
      const step = doing.kind === "event" ? told(machine, snapshot, doing) : advance(machine, snapshot, now);
      if (!step) {
        seen.refused += doing.kind === "event" ? 1 : 0;
        continue;
      }
      assertEffects(step, seed);
      seen.taken += 1;
      const after = ended(machine, step, outcome, now);
      if (step.effects.length > 0 && outcome === "failed") seen.failed += 1;
      snapshot = after ? look(after) : snapshot;
    }
    seen.done += snapshot.status === "done" ? 1 : 0;
  } catch (error) {
    if (!(error instanceof EndlessMacrostep)) throw error;
    seen.endless += 1;
  }
  return { snapshots, seen };
}

/** A snapshot is frozen: whatever changes it throws. */
function told(machine: StateMachine, snapshot: MachineSnapshot, { type, now }: { type: string; now: number }) {
  const allowed = allowedEvents(machine, snapshot);
  const answer = transition(machine, snapshot, { type, data: {} }, now);
  if (!("refused" in answer)) {
    assert.ok(allowed.includes(type), `${type} is taken, and not allowed`);
    return answer;
  }
  assert.deepEqual(answer.refused, { event: type, allowed });
  return undefined;
}

/** What counts once the effects of a step ended, all in the same way; nothing when the run would fail. */
function ended(machine: StateMachine, step: MachineStep, outcome: Outcome, now: number): MachineSnapshot | undefined {
  const [effect] = step.effects;
  if (!effect) return step.snapshot;
  if (outcome === "done") return committed(step, { outputs: {}, now });
  const failed = afterFailure(machine, step, { state: effect.state, error: { type: "E", message: "" } }, now);
  return failed && ended(machine, failed, "done", now);
}

function assertEffects({ snapshot, effects }: MachineStep, seed: number): void {
  for (const { state } of effects) {
    const isActive = snapshot.value.some((path) => path === state || path.startsWith(`${state}.`));
    assert.ok(isActive, `seed ${seed}: ${state} is not entered`);
  }
}

/** Judged by the definition as it is written, not by the tree that the machine is run by. */
function assertLegal(
  states: Readonly<Record<string, WrittenState>>,
  { value, deadlines, outputs }: MachineSnapshot,
  seed: number,
) {
  const isActive = (path: string) => value.some((leaf) => leaf === path || leaf.startsWith(`${path}.`));
  const leaves: string[] = [];
  const look = (inside: Readonly<Record<string, WrittenState>>, above: string, isParallel: boolean) => {
    const active = Object.keys(inside).filter((name) => isActive(above + name));
    const right = isParallel ? Object.keys(inside).length : 1;
    assert.equal(active.length, right, `seed ${seed}: ${JSON.stringify(value)} in "${above}"`);
    for (const name of active) {
      const { states: inner, type } = inside[name] ?? {};
      if (inner) look(inner, `${above}${name}.`, type === "parallel");
      else leaves.push(above + name);
    }
  };
  look(states, "", false);
  assert.deepEqual(value, leaves, `seed ${seed}: a state that there is not, or out of order`);
  for (const { state } of [...deadlines, ...outputs]) assert.ok(isActive(state), `seed ${seed}: ${state} was left`);
}

function frozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

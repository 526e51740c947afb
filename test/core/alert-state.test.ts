import assert from "node:assert/strict";
import { test } from "node:test";
import type { RaisedAlert } from "../../src/sdk/core/alert.ts";
import {
  type AlertState,
  forgettableAt,
  forgotten,
  nextDueAt,
  withAcknowledgement,
  withEnd,
  withRaised,
  withTime,
} from "../../src/sdk/core/alert-state.ts";

const minute = 60_000;
const start = Date.parse("2026-01-31T12:00:00Z");
const timeOf = (minutes: number) => start + minutes * minute;
const textOf = (minutes: number) => new Date(timeOf(minutes)).toISOString();

/** What is done to an alert, and when, in minutes. */
interface Life {
  state: AlertState | undefined;
  raise(occurrence: string, minutes: number): void;
  end(minutes: number): void;
  acknowledge(minutes: number): void;
  pass(minutes: number): void;
  /** Which messages went to which channels, in order. */
  said(): readonly string[];
}

function lifeOf(alert: Partial<RaisedAlert> = {}): Life {
  const known = (): AlertState => life.state ?? assert.fail("Nothing was raised");
  const life: Life = {
    state: undefined,
    raise: (occurrence, minutes) => {
      const raised: RaisedAlert = {
        ...{ rule: "r", subject: "s", severity: "error", title: "t", text: "", links: {}, channels: ["ops"] },
        ...{ coolDownMs: 15 * minute, occurrence, at: textOf(minutes), ...alert },
      };
      life.state = withRaised(life.state, raised, timeOf(minutes));
    },
    end: (minutes) => {
      life.state = withEnd(known(), { reason: "mended", at: textOf(minutes) }, timeOf(minutes));
    },
    acknowledge: (minutes) => {
      life.state = withAcknowledgement(known(), { by: "ada", reason: "on it" }, timeOf(minutes));
    },
    pass: (minutes) => {
      life.state = withTime(known(), timeOf(minutes));
    },
    said: () => known().outbox.map(({ message, channel }) => `${message.kind} ${channel}`),
  };
  return life;
}

test("something that comes and goes is told once in its cool-down, and again after it", () => {
  const life = lifeOf();
  life.raise("1", 0);
  for (let at = 1; at < 15; at += 2) {
    life.end(at);
    life.raise(`${at + 1}`, at + 1);
    life.pass(at + 1);
  }
  assert.deepEqual(life.said(), ["raised ops", "resolved ops"]);
  assert.equal(life.state?.record.count, 8);
  life.end(15);
  life.raise("last", 17);
  assert.deepEqual(life.said(), ["raised ops", "resolved ops", "raised ops"]);
  assert.equal(life.state?.record.count, 1, "It is counted anew after the cool-down");
});

test("what is there still when the cool-down is over is told then, unless somebody has taken it on", () => {
  for (const isTaken of [false, true]) {
    const life = lifeOf();
    life.raise("1", 0);
    life.end(1);
    life.raise("2", 2);
    assert.equal(nextDueAt(life.state ?? assert.fail()), timeOf(16));
    if (isTaken) life.acknowledge(3);
    life.pass(16);
    assert.deepEqual(life.said(), ["raised ops", "resolved ops", ...(isTaken ? [] : ["raised ops"])]);
  }
});

test("an escalation is due from when somebody was told, comes once an episode, and not after it was taken on", () => {
  const escalation = { afterMs: 10 * minute, channels: ["boss", "boss"] };
  const life = lifeOf({ escalation, coolDownMs: 0 });
  life.raise("1", 0);
  life.pass(9);
  life.pass(10);
  life.pass(30);
  life.end(31);
  assert.deepEqual(life.said(), ["raised ops", "escalated boss", "resolved ops", "resolved boss"]);
  life.raise("2", 40);
  life.acknowledge(41);
  life.pass(60);
  assert.deepEqual(life.said().slice(4), ["raised ops", "acknowledged ops"]);
});

test("each message waits for the one before it on its channel, also when the alert was forgotten meanwhile", () => {
  const life = lifeOf({ coolDownMs: 0 });
  life.raise("1", 0);
  life.end(1);
  const [raised, resolved] = life.state?.outbox ?? [];
  assert.equal(raised?.after, undefined);
  assert.equal(resolved?.after, raised?.suffix);
  life.state = forgotten({ ...(life.state?.record ?? assert.fail()) });
  life.raise("2", 10);
  const [again] = life.state.outbox;
  assert.equal(again?.after, resolved?.suffix);
  assert.notEqual(again?.message.id, raised?.message.id);
});

test("a repeat changes nothing, also of one that is over or forgotten", () => {
  const life = lifeOf({ coolDownMs: 0 });
  life.raise("1", 0);
  const open = life.state;
  life.raise("1", 1);
  assert.equal(life.state, open);
  life.end(2);
  const over = life.state;
  life.raise("1", 3);
  life.end(4);
  assert.equal(life.state, over);
  life.state = forgotten(over?.record ?? assert.fail());
  life.raise("1", 5);
  assert.deepEqual(life.said(), []);
});

test("it is forgotten when it is over, everything is sent and the cool-down has passed", () => {
  const life = lifeOf();
  life.raise("1", 0);
  life.end(1);
  assert.equal(forgettableAt(life.state ?? assert.fail()), undefined);
  assert.equal(forgettableAt({ ...(life.state ?? assert.fail()), outbox: [] }), timeOf(16));
});

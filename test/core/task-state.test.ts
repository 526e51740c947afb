import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  isOpenTask,
  type TaskAction,
  taskActions,
  type TaskActor,
  type TaskCall,
  type TaskNews,
  type TaskTerms,
} from "../../src/sdk/core/human-task.ts";
import {
  beginTask,
  closedRefusal,
  nextMomentAt,
  refusalOf,
  type TaskRefusal,
  type TaskState,
  withCall,
  withEnd,
  withTime,
} from "../../src/sdk/core/task-state.ts";
import { pick, seeded } from "../chaos/random.ts";

const begun = Date.parse("2026-01-31T09:00:00Z");
const minute = 60_000;
const key = "0123456789abcdef";
const plain: TaskTerms = {
  title: "Decide",
  roles: ["approver"],
  assignees: ["ada"],
  remindersMs: [],
  channels: ["log"],
  hasAnswerLink: false,
};
const timed: TaskTerms = {
  ...plain,
  remindersMs: [10 * minute, 20 * minute],
  dueMs: 30 * minute,
  escalation: { afterMs: 60 * minute, roles: ["lead"], assignees: ["carol"], channels: ["log", "leads"] },
  timeoutMs: 120 * minute,
};
const needed: Readonly<Partial<Record<TaskAction, object>>> = {
  complete: { answer: { note: "yes" } },
  reject: { text: "too dear" },
  escalate: { text: "hurry" },
  reassign: { text: "on leave", to: { roles: ["finance"], assignees: [] } },
  comment: { text: "what for?" },
};

function begin(terms: TaskTerms = plain): TaskState {
  return beginTask({ key, type: "decide", question: { what: "a sofa" }, terms }, begun);
}

function actor(name: string, taskRoles: TaskActor["taskRoles"] = [], isOperator = false): TaskActor {
  return { name, taskRoles, isOperator };
}

function call(action: TaskAction, by: TaskActor, more: object = {}): TaskCall {
  return { key, action, by, ...needed[action], ...more };
}

/** After these calls, which nothing stands in the way of. */
function after(state: TaskState, ...calls: readonly TaskCall[]): TaskState {
  return calls.reduce((before, next) => {
    assert.equal(refusalOf(before, next), undefined);
    return withCall(before, next, begun + minute);
  }, state);
}

const kindsOf = (news: readonly TaskNews[]) => news.map(({ kind }) => kind);
const ada = actor("ada");
const bob = actor("bob", ["approver"]);

describe("who may do what about a task", () => {
  const all: readonly TaskAction[] = taskActions;
  const allowed: Readonly<Record<string, readonly [TaskActor, readonly TaskAction[]]>> = {
    "somebody of its role": [bob, all],
    "an assignee without a role": [ada, all],
    "somebody who may answer any": [actor("root", "every"), all],
    "somebody of its role who operates, too": [actor("olga", ["approver"], true), all],
    "an operator whom it is not for": [
      actor("oscar", ["billing"], true),
      ["release", "escalate", "reassign", "comment"],
    ],
    "somebody of another role": [actor("eve", ["billing"]), []],
    "somebody of no role": [actor("mallory"), []],
  };
  for (const [who, [by, may]] of Object.entries(allowed)) {
    test(`${who}: ${may.join(", ") || "nothing"}`, () => {
      const could = all.filter((action) => !refusalOf(begin(timed), call(action, by)));
      assert.deepEqual(could, may);
      const refused = all.find((action) => !may.includes(action));
      if (!refused) return;
      const refusal = refusalOf(begin(timed), call(refused, by));
      assert.equal(refusal?.type, "NotYourTask");
      assert.equal(refusal.message, `"${by.name}" may not ${refused} it: it is for role "approver", "ada"`);
    });
  }

  test("once escalated, who it was escalated to may answer as well", () => {
    const carol = actor("carol");
    const lead = actor("lea", ["lead"]);
    assert.equal(refusalOf(begin(timed), call("complete", carol))?.type, "NotYourTask");
    const state = after(begin(timed), call("escalate", bob));
    for (const by of [carol, lead, bob, ada]) assert.equal(refusalOf(state, call("complete", by)), undefined);
  });

  test("once reassigned, nobody else may", () => {
    const state = after(begin(), call("reassign", bob, { to: { roles: [], assignees: ["eve"] } }));
    assert.equal(refusalOf(state, call("complete", bob))?.type, "NotYourTask");
    assert.equal(refusalOf(state, call("complete", ada))?.type, "NotYourTask");
    assert.equal(refusalOf(state, call("complete", actor("eve"))), undefined);
  });

  test("what somebody has claimed only they answer, claim and release; an operator releases it, too", () => {
    const claimed = after(begin(timed), call("claim", bob));
    const byOthers = taskActions.filter((action) => !refusalOf(claimed, call(action, ada)));
    assert.deepEqual(byOthers, ["escalate", "reassign", "comment"]);
    assert.deepEqual(refusalOf(claimed, call("complete", ada)), {
      type: "TaskClaimed",
      message: 'The task is claimed by "bob"',
      by: "bob",
    });
    assert.deepEqual(
      taskActions.filter((action) => refusalOf(claimed, call(action, bob))),
      [],
    );
    assert.equal(refusalOf(claimed, call("release", actor("oscar", [], true))), undefined);
  });

  for (const action of ["release", "escalate", "reassign"] as const) {
    test(`${action} takes the claim away`, () => {
      const { record } = after(begin(timed), call("claim", bob), call(action, bob));
      assert.deepEqual([record.status, record.claimed], ["open", undefined]);
    });
  }
});

describe("what is refused about a task", () => {
  const quorum = { ...plain, quorum: { approve: 2, of: 3 } };
  const link = { ...bob, link: "l-1" };
  const longText = "x".repeat(2_001);
  const cases: readonly (readonly [string, TaskState, TaskCall, Pick<TaskRefusal, "type"> & { pointer?: string }])[] = [
    ["a reject without a reason", begin(), call("reject", bob, { text: " " }), invalid("/reason")],
    ["an escalation without a reason", begin(timed), call("escalate", bob, { text: "" }), invalid("/reason")],
    ["a reassignment with a long reason", begin(), call("reassign", bob, { text: longText }), invalid("/reason")],
    ["a comment of no text", begin(), call("comment", bob, { text: undefined }), invalid("/text")],
    ["a comment that is too long", begin(), call("comment", bob, { text: longText }), invalid("/text")],
    ["an answer that is too long", begin(), call("complete", bob, { answer: "x".repeat(9_999) }), invalid("/answer")],
    ["an escalation of one that has none", begin(), call("escalate", bob), invalid("")],
    ["a claim of one that several answer", begin(quorum), call("claim", bob), invalid("")],
    ["a reassignment to nobody", begin(), call("reassign", bob, { to: {} }), invalid("")],
    ["a reassignment to a blank name", begin(), reassigned([" "]), invalid("")],
    ["a reassignment to a name that is too long", begin(), reassigned(["x".repeat(201)]), invalid("")],
    ["a reassignment to too many", begin(), reassigned(Array.from({ length: 21 }, (_, n) => `n${n}`)), invalid("")],
    [
      "a second answer of one person",
      after(begin(quorum), call("complete", bob)),
      call("complete", bob),
      { type: "AlreadyAnswered" },
    ],
    [
      "a no of who has agreed",
      after(begin(quorum), call("complete", bob)),
      call("reject", bob),
      { type: "AlreadyAnswered" },
    ],
    [
      "a yes of who was against it",
      after(begin(quorum), call("reject", bob)),
      call("complete", bob),
      { type: "AlreadyAnswered" },
    ],
    [
      "a link's second answer, under another name",
      after(begin(quorum), call("complete", link)),
      call("complete", { ...link, name: "bea" }),
      { type: "TaskLinkGone" },
    ],
  ];
  for (const [what, state, asked, expected] of cases) {
    test(what, () => {
      const refusal = refusalOf(state, asked);
      assert.ok(refusal);
      const { message, ...rest } = refusal;
      assert.notEqual(message, "");
      assert.deepEqual(rest, expected);
    });
  }

  test("a task that is over takes nothing, and says who ended it", () => {
    const over = after(begin(timed), call("complete", bob));
    const at = new Date(begun + minute).toISOString();
    for (const action of taskActions) {
      const refusal = refusalOf(over, call(action, actor("root", "every", true)));
      assert.equal(refusal?.type, "TaskClosed");
      assert.equal(refusal.message, `The task is completed by "bob" at ${at}`);
      assert.deepEqual(refusal.ended, over.record.ended);
    }
    assert.equal(closedRefusal({ status: "canceled" }).message, "The task is canceled");
  });

  function invalid(pointer: string) {
    return { type: "InvalidInput", pointer } as const;
  }

  function reassigned(assignees: readonly string[]): TaskCall {
    return call("reassign", bob, { to: { roles: [], assignees } });
  }
});

describe("how a task ends", () => {
  const quorum = { ...plain, quorum: { approve: 2, of: 3 } };
  const eve = actor("eve", ["approver"]);
  const at = new Date(begun + minute).toISOString();

  test("one answer completes it", () => {
    const { record, moments } = after(begin(timed), call("claim", bob), call("complete", bob));
    assert.deepEqual(record.ended, { status: "completed", at, by: "bob", answer: { note: "yes" } });
    assert.deepEqual([record.status, record.claimed, moments], ["completed", undefined, []]);
  });

  test("one no rejects it, with the reason", () => {
    const { record } = after(begin(), call("reject", bob));
    assert.deepEqual(record.ended, { status: "rejected", at, by: "bob", reason: "too dear" });
  });

  test("of a quorum, the answer that makes it ends it, and all votes are kept", () => {
    const first = after(begin(quorum), call("complete", bob), call("reject", eve));
    assert.equal(first.record.status, "open");
    const { record } = after(first, call("complete", ada));
    assert.deepEqual(record.ended, { status: "completed", at, by: "ada" });
    assert.deepEqual(
      record.votes?.map(({ by }) => by),
      ["bob", "ada"],
    );
    assert.deepEqual(record.rejections, [{ by: "eve", at, reason: "too dear" }]);
  });

  test("of a quorum, the no after which it can't be made any more ends it", () => {
    const { record } = after(begin(quorum), call("complete", bob), call("reject", eve), call("reject", ada));
    assert.deepEqual(record.ended, { status: "rejected", at, by: "ada", reason: "too dear" });
  });

  test("time ends it, with its default if it has one", () => {
    const end = new Date(begun + 120 * minute).toISOString();
    const out = withTime(begin(timed), begun + 120 * minute);
    assert.deepEqual(out.record.ended, { status: "timedOut", at: end });
    const byDefault = { answer: { note: "by default" } };
    const { record } = withTime(begin({ ...timed, byDefault }), begun + 120 * minute);
    assert.deepEqual(record.ended, { status: "completed", at: end, ...byDefault, isDefault: true });
  });
});

describe("what people are told of a task, and when", () => {
  test("each moment on time, and nothing between", () => {
    const told: (readonly [string, number])[] = [];
    let state = begin(timed);
    for (let seen = 0, passed = 0; passed <= 150; passed += 1) {
      state = withTime(state, begun + passed * minute);
      for (const { kind } of state.outbox.slice(seen)) told.push([kind, passed]);
      seen = state.outbox.length;
    }
    assert.deepEqual(told, [
      ["opened", 0],
      ["reminder", 10],
      ["reminder", 20],
      ["due", 30],
      ["escalated", 60],
      ["ended", 120],
    ]);
  });

  const missed: Readonly<Record<string, readonly [number, readonly string[]]>> = {
    "two reminders": [25, ["opened", "reminder"]],
    "reminders and due": [30, ["opened", "due"]],
    "all but its end": [90, ["opened", "due", "escalated"]],
    everything: [500, ["opened", "ended"]],
  };
  for (const [what, [passed, kinds]] of Object.entries(missed)) {
    test(`while nobody looked, ${what} came due: ${kinds.slice(1).join(" and ")} once`, () => {
      const late = withTime(begin(timed), begun + passed * minute);
      assert.deepEqual(kindsOf(late.outbox), kinds);
      assert.equal(withTime(late, begun + passed * minute), late);
    });
  }

  test("an escalation that a person asked for is not repeated by time", () => {
    const early = after(begin(timed), call("escalate", bob));
    const { outbox, record } = withTime(early, begun + 90 * minute);
    assert.deepEqual(kindsOf(outbox), ["opened", "escalated", "due"]);
    assert.equal(record.escalatedAt, new Date(begun + minute).toISOString());
    assert.deepEqual(outbox[1]?.channels, ["log", "leads"]);
  });

  test("the end of one that was late is told to all who were told; of one in time to nobody", () => {
    assert.deepEqual(kindsOf(after(begin(timed), call("complete", bob)).outbox), ["opened"]);
    const late = withTime(begin(timed), begun + 70 * minute);
    const { outbox } = withCall(late, call("complete", bob), begun + 71 * minute);
    const last = outbox.at(-1);
    assert.deepEqual([last?.kind, last?.channels, last?.after], ["ended", ["log", "leads"], { log: 2, leads: 2 }]);
  });

  test("news name their order, and who asks for a link has one until the end", () => {
    const late = withTime(
      withTime(begin({ ...timed, hasAnswerLink: true }), begun + 40 * minute),
      begun + 500 * minute,
    );
    assert.deepEqual(
      late.outbox.map(({ kind, ordinal, after: last, hasAnswerLink }) => [kind, ordinal, last, hasAnswerLink]),
      [
        ["opened", 0, {}, true],
        ["due", 1, { log: 0 }, true],
        ["ended", 2, { log: 1 }, false],
      ],
    );
  });

  test("the question is told nobody", () => {
    assert.doesNotMatch(JSON.stringify(withTime(begin(timed), begun + 500 * minute).outbox), /sofa/);
  });

  test("of a hundred comments, the last 20 are kept", () => {
    const comments = Array.from({ length: 100 }, (_, n) => call("comment", bob, { text: `c${n}` }));
    const { record } = after(begin(), ...comments);
    assert.deepEqual(
      record.comments.map(({ text }) => text),
      Array.from({ length: 20 }, (_, n) => `c${80 + n}`),
    );
  });
});

test("whatever people and time do, what holds of every task holds", () => {
  for (let seed = 1; seed <= 400; seed += 1) {
    try {
      playedAtRandom(seed);
    } catch (error) {
      throw new Error(`With seed ${seed}`, { cause: error });
    }
  }
});

/** Plays 60 calls and looks of time on one task, and asserts after each what has to hold of every task. */
function playedAtRandom(seed: number): void {
  const random = seeded(seed);
  const terms = someTerms(random);
  let state = begin(terms);
  let now = begun;
  for (let step = 0; step < 60; step += 1) {
    now += Math.floor(random() * 8 * minute);
    const before = state;
    state = random() < 0.4 ? withTime(state, now) : withPossible(state, someCall(random), now);
    assertSound(state, before, terms);
  }
  const end = { status: "canceled", at: new Date(now).toISOString() } as const;
  if (isOpenTask(state.record)) assertSound(withEnd(state, end), state, terms);
}

function withPossible(state: TaskState, asked: TaskCall, now: number): TaskState {
  return refusalOf(state, asked) ? state : withCall(state, asked, now);
}

function assertSound(state: TaskState, before: TaskState, terms: TaskTerms): void {
  const { record, outbox, moments, told } = state;
  assert.deepEqual(JSON.parse(JSON.stringify(state)), state, "it survives JSON");
  if (!isOpenTask(before.record)) assert.equal(state, before, "nothing changes after the end");
  assert.equal(isOpenTask(record), record.ended === undefined);
  assert.equal(record.status === "claimed", record.claimed !== undefined);
  if (record.ended) assert.deepEqual([record.status, moments], [record.ended.status, []]);
  assert.deepEqual(
    moments.map(({ at }) => at),
    moments.map(({ at }) => at).toSorted((a, b) => a - b),
  );
  assert.equal(nextMomentAt(state), moments[0]?.at);
  assert.ok(moments.length <= before.moments.length, "time does nothing twice");
  assertTold(outbox, before.outbox, terms);
  assert.equal(told, outbox.length);
  const answers = [...(record.votes ?? []), ...(record.rejections ?? [])].map(({ by }) => by);
  assert.equal(new Set(answers).size, answers.length, "nobody votes twice");
  const { quorum } = terms;
  assert.ok((record.votes ?? []).length <= (quorum?.approve ?? 0));
  if (quorum && record.status === "completed") assert.equal(record.votes?.length, quorum.approve);
  assert.deepEqual(
    [record.key, record.question, record.openedAt],
    [before.record.key, before.record.question, before.record.openedAt],
  );
}

function assertTold(outbox: readonly TaskNews[], before: readonly TaskNews[], { remindersMs }: TaskTerms): void {
  assert.deepEqual(outbox.slice(0, before.length), before, "what was told stays told");
  assert.deepEqual(
    outbox.map(({ ordinal }) => ordinal),
    outbox.map((_, index) => index),
  );
  const times = (kind: TaskNews["kind"]) => kindsOf(outbox).filter((each) => each === kind).length;
  for (const kind of ["opened", "due", "escalated", "ended"] as const) assert.ok(times(kind) <= 1, `${kind} once`);
  assert.ok(times("reminder") <= remindersMs.length, "each reminder once");
  for (const { after: last, ordinal, channels } of outbox) {
    for (const [channel, earlier] of Object.entries(last)) {
      assert.ok(earlier < ordinal && channels.includes(channel));
      assert.ok(outbox[earlier]?.channels.includes(channel));
    }
  }
}

function someTerms(random: () => number): TaskTerms {
  const some = <Value>(value: Value) => (random() < 0.6 ? value : undefined);
  const ms = () => Math.ceil(random() * 200) * minute;
  const [dueMs, timeoutMs, escalatedMs] = [some(ms()), some(300 * minute), some(ms())];
  const isQuorum = random() < 0.4;
  return {
    ...plain,
    channels: pick([[], ["log"], ["log", "mail"]], random),
    remindersMs: Array.from({ length: Math.floor(random() * 4) }, ms),
    ...(dueMs !== undefined && { dueMs }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(escalatedMs !== undefined && {
      escalation: { afterMs: escalatedMs, roles: ["lead"], assignees: [], channels: pick([[], ["leads"]], random) },
    }),
    ...(isQuorum && {
      quorum: pick(
        [
          { approve: 1, of: 1 },
          { approve: 2, of: 3 },
          { approve: 3, of: 3 },
        ],
        random,
      ),
    }),
    ...(!isQuorum && random() < 0.5 && { byDefault: { answer: { note: "by default" } } }),
    hasAnswerLink: random() < 0.5,
  };
}

function someCall(random: () => number): TaskCall {
  const name = pick(["ada", "bob", "bea", "carl", "lea", "oscar"], random);
  const taskRoles = pick<TaskActor["taskRoles"]>([[], ["approver"], ["lead"], "every"], random);
  const link = random() < 0.2 ? { link: pick(["l-1", "l-2", "l-3"], random) } : {};
  const by = { ...actor(name, taskRoles, random() < 0.2), ...link };
  // Ends are rarer, so that tasks live for a while.
  const action = random() < 0.15 ? pick(["complete", "reject"] as const, random) : pick(taskActions, random);
  const isKept = (action !== "complete" && action !== "reject") || random() < 0.4;
  return call(isKept ? action : "comment", by);
}

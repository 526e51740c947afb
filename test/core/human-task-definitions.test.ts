import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { defineApp, defineHumanTask, InvalidDefinition, redactedNames } from "tenuto";
import { z } from "zod";

const sound = { title: "Decide", question: z.string(), answer: z.object({ note: z.string() }), roles: ["approver"] };
const day = { ...sound, timeout: "1d", channels: ["log"] } as const;
const many = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);

describe("a human task that can't mean anything sound is refused, with the place and what to do", () => {
  const refused: readonly (readonly [string, object, RegExp])[] = [
    ["a question that JSON can't carry", { question: z.date() }, /^The question of human task "decide".*z\.date/],
    ["an answer that JSON can't carry", { answer: z.bigint() }, /^The answer of human task "decide".*bigint/],
    ["nobody to answer", { roles: undefined }, /^The audience of human task "decide".*neither.*roles: \["approver"\]/],
    ["empty lists", { roles: [], assignees: [] }, /^The audience of human task "decide"/],
    ["a role of other letters", { roles: ["a b"] }, /^`roles` of.*got "a b".*1 to 64 letters/],
    ["a role that is too long", { roles: ["x".repeat(65)] }, /^`roles` of.*1 to 64 letters/],
    ["a blank assignee", { assignees: [" "] }, /^`assignees` of.*names of 1 to 200 characters/],
    ["a name that is none", { assignees: [7] }, /^`assignees` of.*got 7/],
    ["a name that is too long", { assignees: ["x".repeat(201)] }, /^`assignees` of.*1 to 200/],
    ["too many roles", { roles: many(21) }, /^`roles` of human task "decide".*got 21.*at most 20/],
    ["a wrong role to escalate to", { escalation: { after: "1h", roles: [""] } }, /^`escalation\.roles` of/],
    ["a wrong name to escalate to", { escalation: { after: "1h", assignees: [""] } }, /^`escalation\.assignees` of/],
    ["a wrong channel to escalate to", { escalation: { after: "1h", channels: [""] } }, /^`escalation\.channels` of/],
    ["a channel without a name", { channels: [""] }, /^`channels` of human task "decide"/],
    ["due that is no duration", { due: "soon" }, /^`due` of human task "decide".*got "soon"/],
    ["due at once", { due: "0s" }, /^`due` of.*got "0s"/],
    ["a timeout at once", { timeout: "0s" }, /^`timeout` of.*got "0s"/],
    ["due when it has ended", { due: "1d" }, /^`due` of.*got "1d".*less than its `timeout`, 1d/],
    ["an escalation after its end", { escalation: { after: "2d" } }, /^`escalation\.after` of.*got "2d".*`timeout`/],
    ["a reminder after its end", { reminders: ["1h", "24h"] }, /^`reminders` of.*got "24h".*`timeout`/],
    ["too many reminders", { reminders: Array(11).fill("1h") }, /^`reminders` of.*got 11.*at most 10/],
    ["reminders that reach nobody", { channels: [], reminders: ["1h"] }, /^`reminders` of.*Give `channels` as well/],
    ["a default without a timeout", { timeout: undefined, onTimeout: "reject" }, /^`onTimeout` of.*Give a `timeout`/],
    ["a quorum of none", { quorum: { approve: 0, of: 3 } }, /^`quorum` of.*whole numbers/],
    ["a quorum of halves", { quorum: { approve: 1.5, of: 3 } }, /^`quorum` of.*whole numbers/],
    ["a quorum that can't be made", { quorum: { approve: 3, of: 2 } }, /^`quorum` of.*from 1 to `of`/],
    ["a quorum of a crowd", { quorum: { approve: 2, of: 21 } }, /^`quorum` of.*20 at most/],
    [
      "a quorum of more than there are",
      { roles: [], assignees: ["ada", "bob"], quorum: { approve: 2, of: 3 } },
      /^`quorum` of.*Only 2 may answer/,
    ],
    [
      "a default that is nobody's vote",
      { quorum: { approve: 2, of: 3 }, onTimeout: { answer: { note: "yes" } } },
      /^`onTimeout` of.*nobody's vote.*TaskTimedOut/,
    ],
  ];
  for (const [what, definition, says] of refused) {
    test(what, () => {
      assert.throws(() => defineHumanTask("decide", { ...day, ...definition }), refusedWith(says));
    });
  }

  for (const name of ["de cide", "__decide", "tenutoDecide"]) {
    test(`the name ${JSON.stringify(name)}`, () => {
      assert.throws(() => defineHumanTask(name, sound), refusedWith(/^The name of a human task/));
    });
  }
});

describe("a human task that is sound is taken", () => {
  const taken: Readonly<Record<string, object>> = {
    "with a role only": {},
    "with people only": { roles: undefined, assignees: ["Ada Lovelace <ada@example.com>"] },
    "with everything": {
      due: "2h",
      reminders: ["30m", "1h"],
      escalation: { after: "4h", roles: ["lead"], assignees: ["grace"], channels: ["mail"] },
      timeout: "1d",
      onTimeout: { answer: { note: "by default" } },
      channels: ["log"],
      answerLink: true,
    },
    "with a quorum of the people there are": { roles: [], assignees: ["ada", "bob"], quorum: { approve: 1, of: 2 } },
    "with a due that nothing bounds": { due: "20d" },
    "with an answer that becomes something else": { answer: z.string().transform(Number).pipe(z.number()) },
  };
  for (const [what, definition] of Object.entries(taken)) {
    test(what, () => {
      assert.equal(defineHumanTask("decide", { ...sound, ...definition }).name, "decide");
    });
  }

  test("what is left out has its default, and a title is made of the question", () => {
    const task = defineHumanTask("decide", { ...sound, title: (what) => `Decide on ${what}` });
    assert.equal(task.title("the sofa"), "Decide on the sofa");
    assert.deepEqual(JSON.parse(JSON.stringify({ ...task, question: undefined, answer: undefined })), {
      kind: "humanTask",
      name: "decide",
      roles: ["approver"],
      assignees: [],
      reminders: [],
      onTimeout: "reject",
      channels: [],
      answerLink: false,
      redact: [],
      description: "",
    });
  });
});

describe("an app with human tasks", () => {
  const task = defineHumanTask("decide", { ...sound, redact: ["note"] });

  test("that lists one twice is refused", () => {
    const define = () => defineApp({ name: "shop", workflows: [], activities: [], tasks: [task, task] });
    assert.throws(define, refusedWith(/^The list of human tasks in app "shop".*decide.* twice/));
  });

  test("redacts what one of them redacts", () => {
    assert.deepEqual(redactedNames({ name: "shop", workflows: [], activities: [], tasks: [task] }), ["note"]);
  });
});

function refusedWith(says: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof InvalidDefinition);
    assert.match(error.message, says);
    return true;
  };
}

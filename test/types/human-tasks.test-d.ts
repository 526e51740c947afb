// Compiled by `npm run types`, never run: each line below an @ts-expect-error must not compile.
/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-member-access -- What does not compile has no type. */
import { type AnswerOf, defineApp, defineHumanTask, type HumanTaskContract, type TaskVote } from "tenuto";
import { firstAnswer, humanTask } from "tenuto/workflow";
import { z } from "zod";

const asked = { question: z.object({ orderId: z.string(), iban: z.string() }), answer: z.object({ note: z.string() }) };
const decide = defineHumanTask("decide", { ...asked, title: "Decide", roles: ["approver"] });
const agree = defineHumanTask("agree", {
  ...asked,
  title: ({ orderId }) => `Agree on ${orderId}`,
  assignees: ["ada", "bob", "carol"],
  quorum: { approve: 2, of: 3 },
});
const question = { orderId: "o-1", iban: "DE00" };

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
export const one: Same<AnswerOf<typeof decide>, { note: string }> = true;
export const several: Same<AnswerOf<typeof agree>, readonly TaskVote<{ note: string }>[]> = true;

export const asks = async (): Promise<readonly string[]> => {
  const { note } = await humanTask(decide, question);
  const votes = await humanTask(agree, question);
  const first = await firstAnswer([() => humanTask(decide, question), async () => ({ note: "machine" })]);
  // @ts-expect-error the votes of several are a list
  votes.note.trim();
  // @ts-expect-error one answer is no list of votes
  first.map(String);
  return [note, first.note, ...votes.map(({ answer, by, at }) => answer.note + by + at)];
};

export const wrongQuestions = async () => {
  // @ts-expect-error the question does not fit
  await humanTask(decide, { ...question, orderId: 1 });
  // @ts-expect-error the question lacks something
  await humanTask(decide, { orderId: "o-1" });
  // @ts-expect-error the question has more than is asked
  await humanTask(decide, { ...question, cents: 1 });
  // @ts-expect-error a task has a question
  await humanTask(decide);
};

/** What is written once for every task takes any of them. */
export const contracts: readonly HumanTaskContract[] = [decide, agree];
defineApp({ name: "shop", workflows: [], activities: [], tasks: [decide, agree] });

const wrong = { ...asked, title: "Decide", roles: ["approver"] } as const;
defineHumanTask("decide", {
  ...wrong,
  due: "4h",
  redact: ["iban", "note"],
  timeout: "1d",
  onTimeout: { answer: { note: "" } },
});
// @ts-expect-error a duration has a unit
defineHumanTask("decide", { ...wrong, due: "4" });
// @ts-expect-error the title is made of what is asked
defineHumanTask("decide", { ...wrong, title: ({ amount }) => String(amount) });
// @ts-expect-error the default is an answer
defineHumanTask("decide", { ...wrong, timeout: "1d", onTimeout: { answer: { note: 1 } } });
// @ts-expect-error time rejects or answers
defineHumanTask("decide", { ...wrong, timeout: "1d", onTimeout: "complete" });
// @ts-expect-error there is no such field to redact
defineHumanTask("decide", { ...wrong, redact: ["ibann"] });
// @ts-expect-error assignees are names
defineHumanTask("decide", { ...wrong, assignees: [{ name: "ada" }] });
// @ts-expect-error a quorum says of how many
defineHumanTask("decide", { ...wrong, quorum: { approve: 2 } });
// @ts-expect-error an escalation says when
defineHumanTask("decide", { ...wrong, escalation: { roles: ["lead"] } });
// @ts-expect-error a task has an answer
defineHumanTask("decide", { title: "Decide", question: asked.question, roles: ["approver"] });
// @ts-expect-error an app lists contracts
defineApp({ name: "shop", workflows: [], activities: [], tasks: ["decide"] });

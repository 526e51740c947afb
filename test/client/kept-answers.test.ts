import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, test } from "node:test";
import { KeptAnswers, type Question } from "../../src/sdk/client/kept-answers.ts";
import { eventually } from "../rig/eventually.ts";

/** Counts how often it is asked; the answer is that count. */
function question(key: string, { freshMs = 0, deadMs = 60_000, requests = 1 } = {}) {
  let asked = 0;
  const ask = async (onRequest: () => void) => {
    for (let n = 0; n < requests; n++) onRequest();
    await sleep(5);
    return (asked += 1);
  };
  return { key, freshMs, deadMs, ask, asked: () => asked } satisfies Question<number> & { asked: () => number };
}

describe("kept answers", () => {
  test("who asks at once waits for one answer, which is given again while it is fresh", async () => {
    const kept = new KeptAnswers();
    const one = question("one", { freshMs: 10_000 });
    const answers = await Promise.all([kept.get(one), kept.get(one), kept.get(one)]);
    answers.push(await kept.get(one));
    assert.deepEqual(
      answers.map(({ value }) => value),
      [1, 1, 1, 1],
    );
    assert.equal(one.asked(), 1);
  });

  test("one that is not fresh is given at once, and asked for behind it", async () => {
    const kept = new KeptAnswers();
    const one = question("one");
    await kept.get(one);
    assert.equal((await kept.get(one)).value, 1);
    await eventually("it is asked again", () => one.asked() === 2);
    await sleep(20);
    assert.equal((await kept.get(one)).value, 2);
  });

  test("one that is too old is waited for, but not by who is patient", async () => {
    const kept = new KeptAnswers();
    const one = question("one", { deadMs: 10 });
    await kept.get(one);
    await sleep(20);
    assert.equal((await kept.get(one, { isPatient: true })).value, 1);
    await eventually("it is asked again", () => one.asked() === 2);
    await sleep(30);
    assert.equal((await kept.get(one)).value, 3);
  });

  test("however many ask, what is behind answers keeps its pace, and the one most out of date goes first", async () => {
    const kept = new KeptAnswers({ perSecond: 20 });
    const [often, seldom] = [question("often", { freshMs: 40 }), question("seldom", { freshMs: 500, requests: 2 })];
    await Promise.all([kept.get(often), kept.get(seldom)]);
    const before = often.asked() + 2 * seldom.asked();
    const beganAt = Date.now();
    while (Date.now() - beganAt < 2_000) {
      await Promise.all(Array.from({ length: 50 }, (_, n) => kept.get(n % 2 === 0 ? often : seldom)));
      await sleep(5);
    }
    const requests = often.asked() + 2 * seldom.asked() - before;
    assert.ok(requests <= 42, `${requests} in 2 s`);
    assert.ok(seldom.asked() >= 2 && often.asked() > 4 * seldom.asked(), `${often.asked()} and ${seldom.asked()}`);
  });

  test("a failure is told to who has no answer, and is not kept", async () => {
    const kept = new KeptAnswers();
    let isBroken = true;
    const one: Question<number> = {
      ...{ key: "one", freshMs: 0, deadMs: 60_000 },
      ask: () => (isBroken ? Promise.reject(new Error("away")) : Promise.resolve(1)),
    };
    await assert.rejects(kept.get(one), /away/);
    isBroken = false;
    assert.equal((await kept.get(one)).value, 1);
    isBroken = true;
    assert.equal((await kept.get(one)).value, 1, "what is known is told");
  });

  test("no more are kept than there is room for", async () => {
    const kept = new KeptAnswers({ most: 2 });
    const all = ["a", "b", "c"].map((key) => question(key, { freshMs: 10_000 }));
    for (const each of all) await kept.get(each);
    for (const each of all.toReversed()) await kept.get(each);
    assert.deepEqual(
      all.map(({ asked }) => asked()),
      [2, 1, 1],
    );
  });
});

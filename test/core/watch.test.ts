import assert from "node:assert/strict";
import { test } from "node:test";
import { defineAlertRules } from "../../src/sdk/core/define-alert-rules.ts";
import { afterNews, newsOf, type RuleFindings, type StandingAlert } from "../../src/sdk/core/watch.ts";

const [rule] = defineAlertRules([{ id: "stuck", condition: { kind: "stuckRun" } }]);
const at = "2026-01-31T09:30:00.000Z";
const found = (subjects: readonly string[], truncated = false): readonly RuleFindings[] =>
  rule ? [{ rule, truncated, found: subjects.map((subject) => ({ subject, title: subject, text: "" })) }] : [];
const subjects = (alerts: readonly { readonly subject: string }[]) => alerts.map(({ subject }) => subject);
const standing = (...names: readonly string[]): readonly StandingAlert[] =>
  names.map((subject) => ({ rule: "stuck", subject, since: at }));

test("what stands already is not raised again; what is not found any more is over", () => {
  const news = newsOf({ at, standing: standing("a", "b") }, found(["b", "c"]));
  assert.deepEqual([subjects(news.raise), subjects(news.end)], [["c"], ["a"]]);
  assert.deepEqual(subjects(afterNews(standing("a", "b"), news)), ["b", "c"]);
});

test("the same look made again finds the same occurrences", () => {
  const look = () => newsOf({ at, standing: [] }, found(["a"]));
  assert.deepEqual(look(), look());
  assert.equal(look().raise[0]?.occurrence, `since ${at}`);
});

test("nothing is over because a list was too long to be read to its end", () => {
  assert.deepEqual(newsOf({ at, standing: standing("a") }, found(["b"], true)).end, []);
});

test("an alert of a rule that is gone is over, and says why", () => {
  assert.match(newsOf({ at, standing: standing("a") }, []).end[0]?.reason ?? "", /taken away/);
});

test("no more than 200 stand at once; the rest comes when there is room", () => {
  const names = Array.from({ length: 250 }, (_, n) => `s${n}`);
  const first = afterNews([], newsOf({ at, standing: [] }, found(names)));
  assert.equal(first.length, 200);
  const fewer = names.slice(10);
  const second = afterNews(first, newsOf({ at, standing: first }, found(fewer)));
  assert.deepEqual([second.length, second.filter(({ subject }) => !fewer.includes(subject))], [200, []]);
});

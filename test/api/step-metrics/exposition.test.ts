import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseExposition } from "../../../src/api/step-metrics/parse-exposition.ts";

const all = () => true;

describe("an exposition", () => {
  test("is read with its labels, numbers and times; comments and empty lines are nothing", () => {
    const text = [
      "# HELP a_total What it is.",
      "# TYPE a_total counter",
      "a_total 3",
      "",
      'b{x="1",y="two, {three}"} 4.5e-3 1700000000000',
      "c{} +Inf",
      'd{le="+Inf",} NaN',
      "\te:f  -7\t",
    ].join("\n");
    assert.deepEqual(parseExposition(text, all), [
      { name: "a_total", labels: {}, value: 3 },
      { name: "b", labels: { x: "1", y: "two, {three}" }, value: 0.0045 },
      { name: "c", labels: {}, value: Infinity },
      { name: "d", labels: { le: "+Inf" }, value: NaN },
      { name: "e:f", labels: {}, value: -7 },
    ]);
  });

  test("has labels with any text in them", () => {
    const [sample] = parseExposition(String.raw`a{text="say \"hi\" \\ to}\n{me",b="ü"} 1`, all);
    assert.deepEqual(sample?.labels, { text: 'say "hi" \\ to}\n{me', b: "ü" });
  });

  test("gives only what is wanted", () => {
    const samples = parseExposition("a 1\nb 2", (name) => name === "b");
    assert.deepEqual(samples, [{ name: "b", labels: {}, value: 2 }]);
  });

  for (const text of ["<html>", "a", "a b", 'a{b="c} 1', "a{b=c} 1", "a{b} 1", "1a 2", "a 0x"])
    test(`that is none is refused: ${text}`, () => {
      assert.throws(() => parseExposition(text, all), { name: "SyntaxError" });
    });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { cleanJson, linesOf, oneLine } from "../../src/cli/clean-text.ts";
import { atTime, distance, lasted } from "../../src/cli/relative-time.ts";
import { type Column, tableLines } from "../../src/cli/table.ts";
import { padded, truncated, widthOf, wrapped } from "../../src/cli/text-width.ts";

interface Row {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

const rows: readonly Row[] = [
  { id: "a-long-id-1", name: "short", text: "all that there is to be said about it" },
  { id: "2", name: "包裹包裹包裹", text: "two\nlines\u001b[31m" },
];
const columns: readonly Column<Row>[] = [
  { title: "ID", value: ({ id }) => id },
  { title: "NAME", value: ({ name }) => name, atLeast: 6, leaveOut: 1 },
  { title: "TEXT", value: ({ text }) => text, atLeast: 10 },
];

test("a table is as wide as it needs to be without a width", () => {
  assert.deepEqual(tableLines(rows, columns, undefined), [
    "ID           NAME          TEXT",
    "a-long-id-1  short         all that there is to be said about it",
    "2            包裹包裹包裹  two lines\\x1b[31m",
  ]);
});

test("a table takes from what may be cut, the widest first, and never from the rest", () => {
  assert.deepEqual(tableLines(rows, columns, 36), [
    "ID           NAME        TEXT",
    "a-long-id-1  short       all that t…",
    "2            包裹包裹…   two lines\\…",
  ]);
});

test("a table leaves a column out where there is no room, and is too wide rather than cut an id", () => {
  assert.deepEqual(tableLines(rows, columns, 24), [
    "ID           TEXT",
    "a-long-id-1  all that t…",
    "2            two lines\\…",
  ]);
  assert.deepEqual(tableLines(rows, columns, 10)[1], "a-long-id-1  all that…");
});

test("the width of a text is that on a terminal", () => {
  const texts = ["plain", "é", "e\u0301", "包裹", "カタ", "한글", "🎁", "👩‍👩‍👧", "❤️", "“quoted”"];

  assert.deepEqual(texts.map(widthOf), [5, 1, 1, 4, 4, 4, 2, 2, 2, 8]);
  assert.equal(truncated("包裹包裹", 4), "包…");
  assert.equal(padded("包", 4), "包  ");
  assert.deepEqual(wrapped("one two three-is-long four", 8), ["one two", "three-is-long", "four"]);
});

test("nothing that a terminal acts on is left in a text, and what people write is", () => {
  const controls = Array.from({ length: 0xa0 }, (_, code) => String.fromCodePoint(code)).join("");
  const hostile = `${controls}\u202e\u2066\u2028\u200f\ud800`;

  for (const clean of [oneLine(hostile), linesOf(hostile).join(""), cleanJson(hostile)]) {
    assert.doesNotMatch(clean, /[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Zl}\p{Zp}]/u);
  }
  assert.equal(oneLine("  naïve \t包裹\n👩‍👩‍👧 "), "naïve 包裹 👩‍👩‍👧");
  assert.deepEqual(linesOf("a\r\nb\tc\rd"), ["a", "b  c\\x0dd"]);
  assert.deepEqual(JSON.parse(cleanJson({ [hostile]: [hostile] })), { [hostile]: [hostile] });
});

test("times are told as people say them", () => {
  const now = Date.parse("2026-01-31T12:00:00Z");
  const before = (seconds: number) => new Date(now - seconds * 1_000).toISOString();

  const distances = [0, 59, 60, 3_599, 3_600, 47 * 3_600, 48 * 3_600, -90].map((s) => distance(before(s), now));
  assert.deepEqual(distances, ["0s", "59s", "1m", "59m", "1h", "47h", "2d", "1m"]);
  assert.equal(atTime(before(120), now), "2026-01-31 11:58:00 UTC (2m ago)");
  assert.equal(atTime(before(-7_200), now), "2026-01-31 14:00:00 UTC (in 2h)");
  assert.deepEqual([distance("", now), atTime("soon", now)], ["?", "soon"]);
  assert.deepEqual([lasted(before(2), before(0.5)), lasted(before(1), before(0.9))], ["1.5s", "100ms"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { InvalidEvent } from "tenuto/events";
import { assertRefused, decoded } from "./fixtures/decoding.ts";

const json = { "content-type": "application/json" };
const body = "/body";

/** `depth` arrays, one in the other. */
const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

for (const contentType of [
  undefined,
  "application/json",
  "Application/JSON; Charset=UTF-8",
  'application/json;charset="utf-8"',
  "application/vnd.shop.order+json",
]) {
  test(`of content type ${contentType ?? "none"} a body is the data, and nothing else is known`, () => {
    const order = { id: "o-1", type: "order", lines: [1, null, "é"] };
    assert.deepEqual(decoded({ "content-type": contentType }, order), { data: order });
  });
}

for (const [text, value] of [
  ["null", null],
  ["0", 0],
  ['"text"', "text"],
  [" [] ", []],
] as const) {
  test(`the JSON ${text} is the data that it is`, () => {
    assert.deepEqual(decoded(json, text), { data: value });
  });
}

test("a member __proto__ is a member, and changes no object", () => {
  const { data } = decoded(json, '{"__proto__":{"polluted":true}}');
  assert.deepEqual(Object.keys(data as object), ["__proto__"]);
  assert.equal((data as { polluted?: boolean }).polluted, undefined);
});

test("64 levels pass, 65 are refused", () => {
  assert.doesNotThrow(() => decoded(json, nested(64)));
  assertRefused(json, nested(65), { fault: "too-deep", pointer: body });
});

test("a million levels are refused as too deep", () => {
  assertRefused(json, nested(1_000_000), { fault: "too-deep", pointer: body });
});

for (const [what, text] of [
  ["nothing", ""],
  ["a text that ends too early", '{"card":"s3cret'],
  ["a comma too many", '{"card":"s3cret",}'],
  ["more after its end", "{} s3cret"],
] as const) {
  test(`a body that is ${what} is not JSON`, () => {
    assertRefused(json, text, { fault: "not-json", pointer: body });
  });
}

test("it is told at which line and column a body stops being JSON", () => {
  assert.throws(
    () => decoded(json, '{\n  "card": s3cret\n}'),
    (error) => error instanceof InvalidEvent && error.message.includes("line 2, column 11"),
  );
});

for (const [what, bytes] of [
  ["a byte that no UTF-8 has", [0x22, 0xff, 0x22]],
  ["an overlong form", [0x22, 0xc0, 0xa0, 0x22]],
  ["half of a surrogate pair", [0x22, 0xed, 0xa0, 0x80, 0x22]],
  ["a character that is cut", [0x22, 0xe2, 0x82]],
] as const) {
  test(`a body with ${what} is not UTF-8`, () => {
    assertRefused(json, Uint8Array.from(bytes), { fault: "not-utf8", pointer: body });
  });
}

for (const [contentType, fault] of [
  ["application/x-www-form-urlencoded", "unsupported-content"],
  ["text/plain", "unsupported-content"],
  ["application/json; charset=latin1", "unsupported-content"],
  ["json", "invalid"],
  ["", "invalid"],
  [["application/json", "text/plain"], "invalid"],
] as const) {
  test(`the content type ${JSON.stringify(contentType)} is refused`, () => {
    const pointer = "/headers/content-type";
    assertRefused({ "content-type": contentType }, {}, { fault, pointer });
  });
}

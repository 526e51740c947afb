// The events are those of the specification, of its JSON format (section 3.2) and its HTTP binding, and of its conformance tests:
// https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md#32-examples
// https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md#3132-http-header-values
// https://github.com/cloudevents/conformance/blob/main/features/http-protocol-binding.feature
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertRefused, decoded } from "./fixtures/decoding.ts";

const structured = { "content-type": "application/cloudevents+json; charset=UTF-8" };
const binary = {
  "ce-specversion": "1.0",
  "ce-type": "com.example.someevent",
  "ce-time": "2018-04-05T03:56:24Z",
  "ce-id": "1234-1234-1234",
  "ce-source": "/mycontext/subcontext",
  "content-type": "application/json; charset=utf-8",
};
const attributes = {
  id: "1234-1234-1234",
  source: "/mycontext/subcontext",
  type: "com.example.someevent",
  time: "2018-04-05T03:56:24Z",
};
const envelope = { specversion: "1.0", ...attributes };
const hello = { message: "Hello World!" };

describe("binary mode", () => {
  for (const contentType of ["application/json", "application/json; charset=utf-8"]) {
    test(`the request of the conformance tests is read as ${contentType}`, () => {
      assert.deepEqual(decoded({ ...binary, "content-type": contentType }, hello), { ...attributes, data: hello });
    });
  }

  test("headers are read in any case", () => {
    const headers = Object.fromEntries(Object.entries(binary).map(([name, value]) => [name.toUpperCase(), value]));
    assert.deepEqual(decoded(headers, hello), { ...attributes, data: hello });
  });

  test("extensions are left out", () => {
    assert.deepEqual(decoded({ ...binary, "ce-comexampleothervalue": "5" }, "1.5"), { ...attributes, data: 1.5 });
  });

  for (const [raw, text] of [
    ["Euro%20%E2%82%AC%20%F0%9F%98%80", "Euro € 😀"],
    ["%e2%82%ac", "€"],
    ["%41BC", "ABC"],
    ["100%25%2541", "100%%41"],
    ["orders and more", "orders and more"],
    ['"quoted \\"text\\" \\\\"', 'quoted "text" \\'],
  ] as const) {
    test(`the header ${raw} stands for ${text}`, () => {
      assert.equal(decoded({ ...binary, "ce-subject": raw }, hello).subject, text);
    });
  }

  for (const [what, raw] of [
    ["an overlong space", "%C0%A0"],
    ["half of a surrogate pair", "%ED%A0%80"],
    ["a % without digits", "100%"],
    ["a quote that does not end", '"a'],
    ["a quote that ends escaped", '"a\\"'],
    ["bytes that are not ASCII", "Zo\u00eb"],
    ["a line break", "a%0Ab"],
    ["nothing", ""],
    ["two values", ["a", "b"]],
  ] as const) {
    test(`a header with ${what} is refused`, () => {
      assertRefused({ ...binary, "ce-subject": raw }, hello, { fault: "invalid", pointer: "/headers/ce-subject" });
    });
  }

  test("quotes beyond number are told apart in no time", () => {
    const started = performance.now();
    assertRefused({ ...binary, "ce-subject": '"\\'.repeat(8_000) }, hello, {
      fault: "invalid",
      pointer: "/headers/ce-subject",
    });
    assert.ok(performance.now() - started < 500);
  });

  for (const name of ["ce-specversion", "ce-id", "ce-source", "ce-type"]) {
    test(`an event without ${name} is refused, not taken for plain JSON`, () => {
      assertRefused({ ...binary, [name]: undefined }, hello, { fault: "missing", pointer: `/headers/${name}` });
    });
  }

  test("of the specification's XML the text is the data", () => {
    const xml = '<much wow="xml"/>';
    assert.deepEqual(decoded({ ...binary, "content-type": "application/xml" }, xml), { ...attributes, data: xml });
  });

  for (const contentType of [undefined, "application/vnd.apache.thrift.binary"]) {
    test(`of content type ${contentType ?? "none"} the bytes are the data, though they look like JSON`, () => {
      const bytes = Buffer.from('{ "xyz": 123 }');
      const { data } = decoded({ ...binary, "content-type": contentType }, bytes);
      assert.deepEqual(data, new Uint8Array(bytes));
    });
  }

  test("an event without a body has no data", () => {
    assert.deepEqual(decoded(binary, ""), { ...attributes, data: undefined });
  });

  test("a body that is not what its content type says is refused", () => {
    assertRefused(binary, "I'm just a s3cret", { fault: "not-json", pointer: "/body" });
    const text = { ...binary, "content-type": "text/plain" };
    assertRefused(text, Uint8Array.from([0xff]), { fault: "not-utf8", pointer: "/body" });
  });
});

describe("structured mode", () => {
  for (const contentType of [
    "application/cloudevents+json",
    "application/cloudevents+json; charset=utf-8",
    "Application/CloudEvents+JSON; charset=UTF-8",
  ]) {
    test(`the request of the conformance tests is read as ${contentType}`, () => {
      const event = { ...envelope, datacontenttype: "application/json", data: hello };
      assert.deepEqual(decoded({ "content-type": contentType }, event), { ...attributes, data: hello });
    });
  }

  for (const [what, members, data] of [
    [
      "an object",
      { datacontenttype: "application/json", data: { appinfoA: "abc", appinfoB: 123 } },
      { appinfoA: "abc", appinfoB: 123 },
    ],
    ["a number", { datacontenttype: "application/json", data: 1.5 }, 1.5],
    ["a text without a type", { data: "I'm just a string" }, "I'm just a string"],
    ["a text that looks like JSON, and stays one", { datacontenttype: "text/json", data: "{}" }, "{}"],
    ["XML", { datacontenttype: "application/xml", data: '<much wow="xml"/>' }, '<much wow="xml"/>'],
    ["null", { data: null }, null],
    ["false", { data: false }, false],
    ["zero", { data: 0 }, 0],
    ["nothing", {}, undefined],
    ["bytes without a type", { data_base64: "eyAieHl6IjogMTIzIH0=" }, new Uint8Array(Buffer.from('{ "xyz": 123 }'))],
    ["bytes of JSON", { datacontenttype: "application/json", data_base64: "eyAieHl6IjogMTIzIH0=" }, { xyz: 123 }],
    ["bytes of text", { datacontenttype: "text/plain", data_base64: "4oKs" }, "€"],
    ["no bytes", { data_base64: "" }, new Uint8Array()],
    ["what is not set", { data: 1, data_base64: null, datacontenttype: null, unsetextension: null }, 1],
  ] as const) {
    test(`data that is ${what} is read`, () => {
      assert.deepEqual(decoded(structured, { ...envelope, ...members }), { ...attributes, data });
    });
  }

  test("headers of binary mode beside it are not looked at", () => {
    const headers = { ...binary, ...structured, "ce-id": "other" };
    assert.deepEqual(decoded(headers, { ...envelope, data: 1 }), { ...attributes, data: 1 });
  });

  test("a subject that is null is not set", () => {
    assert.equal("subject" in decoded(structured, { ...envelope, subject: null }), false);
    assert.equal(decoded(structured, { ...envelope, subject: "larger-context" }).subject, "larger-context");
  });

  for (const name of ["specversion", "id", "source", "type"]) {
    for (const unset of [undefined, null]) {
      test(`an event whose ${name} is ${String(unset)} is refused`, () => {
        assertRefused(structured, { ...envelope, [name]: unset }, { fault: "missing", pointer: `/body/${name}` });
      });
    }
  }

  for (const [name, value] of [
    ["specversion", "0.3"],
    ["specversion", "1.0.2"],
    ["specversion", 1],
    ["id", ""],
    ["id", 17],
    ["id", "s3cret\u0000"],
    ["id", "\udead"],
    ["source", "\uffff"],
    ["type", ["s3cret"]],
    ["subject", ""],
    ["time", "s3cret"],
    ["time", "2018-04-05"],
    ["time", "2018-04-05T17:31:00"],
    ["time", "2018-02-29T17:31:00Z"],
    ["time", "2018-13-05T17:31:00Z"],
    ["time", "2018-04-05T24:00:00Z"],
    ["time", 1522949460],
    ["datacontenttype", "json"],
    ["datacontenttype", {}],
  ] as const) {
    test(`the ${name} ${JSON.stringify(value)} is refused`, () => {
      const event = { ...envelope, data: "s3cret", [name]: value };
      assertRefused(structured, event, { fault: "invalid", pointer: `/body/${name}` });
    });
  }

  for (const time of ["2020-02-29T23:59:60.123456789Z", "2018-04-05t17:31:00z", "2018-04-05T17:31:00+05:30"]) {
    test(`the time ${time} is taken as it is`, () => {
      assert.equal(decoded(structured, { ...envelope, time }).time, time);
    });
  }

  for (const [what, members, pointer] of [
    ["both data and bytes", { data: 1, data_base64: "AQ==" }, "/body/data_base64"],
    ["bytes that are not base64", { data_base64: "s3cret!" }, "/body/data_base64"],
    ["bytes that are no text", { data_base64: 7 }, "/body/data_base64"],
    ["a value of a type that is not JSON", { datacontenttype: "text/plain", data: { a: 1 } }, "/body/data"],
  ] as const) {
    test(`an event with ${what} is refused`, () => {
      assertRefused(structured, { ...envelope, ...members }, { fault: "invalid", pointer });
    });
  }

  test("bytes that are not what their type says are refused", () => {
    const json = { ...envelope, datacontenttype: "application/json", data_base64: "czNjcmV0" };
    assertRefused(structured, json, { fault: "not-json", pointer: "/body/data_base64" });
    const text = { ...envelope, datacontenttype: "text/plain", data_base64: "/w==" };
    assertRefused(structured, text, { fault: "not-utf8", pointer: "/body/data_base64" });
  });

  for (const body of ["null", "[]", '"s3cret"', "17"]) {
    test(`the JSON ${body} is no event`, () => {
      assertRefused(structured, body, { fault: "invalid", pointer: "/body" });
    });
  }

  test("attributes that an object inherits are not its own", () => {
    const event = `{"specversion":"1.0","source":"/a","type":"t","__proto__":{"id":"inherited"}}`;
    assertRefused(structured, event, { fault: "missing", pointer: "/body/id" });
  });

  test("64 levels pass, the envelope among them, and 65 are refused", () => {
    const at = (depth: number) =>
      `{"specversion":"1.0","id":"1","source":"/a","type":"t","data":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;
    assert.doesNotThrow(() => decoded(structured, at(64)));
    assertRefused(structured, at(65), { fault: "too-deep", pointer: "/body" });
  });
});

describe("other formats", () => {
  const pointer = "/headers/content-type";

  for (const contentType of [
    "application/cloudevents-batch+json",
    "application/cloudevents-batch+json; charset=utf-8",
  ]) {
    test(`${contentType} is refused, with what to send instead`, () => {
      assertRefused({ "content-type": contentType }, [envelope], { fault: "batched", pointer });
    });
  }

  for (const contentType of [
    "application/cloudevents",
    "application/cloudevents+avro",
    "application/cloudevents+xml",
  ]) {
    test(`${contentType} is refused`, () => {
      assertRefused({ "content-type": contentType }, envelope, { fault: "unsupported-content", pointer });
    });
  }

  test("another charset than UTF-8 is refused", () => {
    const headers = { "content-type": "application/cloudevents+json; charset=utf-16" };
    assertRefused(headers, envelope, { fault: "unsupported-content", pointer });
  });
});

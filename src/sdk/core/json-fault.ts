/** The place where a text stops being JSON. Node's own message has it in some cases only, and quotes the text. */
export interface JsonFault {
  /** From 0, in UTF-16 units. */
  readonly position: number;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** Finds the first character that no JSON text could have there; the end, when the text only stops too early. */
export function locateJsonFault(text: string): JsonFault {
  const position = faultPosition(text);
  const before = text.slice(0, position);
  const line = before.split("\n").length;
  return { position, line, column: position - before.lastIndexOf("\n") };
}

type Expected = "value" | "valueOrEnd" | "name" | "nameOrEnd" | "colon" | "commaOrEnd" | "end";

function faultPosition(text: string): number {
  const open: ("{" | "[")[] = [];
  let expected: Expected = "value";
  let at = 0;
  const afterValue = (): Expected => (open.length > 0 ? "commaOrEnd" : "end");
  for (;;) {
    at = skipSpace(text, at);
    const char = text[at];
    if (char === undefined) return at;
    const container = open.at(-1);
    const mayClose = expected === "commaOrEnd" || expected === "valueOrEnd" || expected === "nameOrEnd";
    if (mayClose && char === (container === "{" ? "}" : "]")) {
      open.pop();
      expected = afterValue();
      at++;
    } else if (expected === "commaOrEnd" && char === ",") {
      expected = container === "{" ? "name" : "value";
      at++;
    } else if (expected === "colon" && char === ":") {
      expected = "value";
      at++;
    } else if ((expected === "name" || expected === "nameOrEnd") && char === '"') {
      const string = skipString(text, at);
      if (!string.isWhole) return string.end;
      expected = "colon";
      at = string.end;
    } else if (expected !== "value" && expected !== "valueOrEnd") {
      return at;
    } else if (char === "{" || char === "[") {
      open.push(char);
      expected = char === "{" ? "nameOrEnd" : "valueOrEnd";
      at++;
    } else {
      const scalar = char === '"' ? skipString(text, at) : skipScalar(text, at);
      if (!scalar.isWhole) return scalar.end;
      expected = afterValue();
      at = scalar.end;
    }
  }
}

interface Skipped {
  readonly end: number;
  readonly isWhole: boolean;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\n\r".includes(text.charAt(at))) at++;
  return at;
}

function skipString(text: string, from: number): Skipped {
  for (let at = from + 1; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"') return { end: at + 1, isWhole: true };
    if (char < " ") return { end: at, isWhole: false };
    if (char !== "\\") continue;
    const escape = /^(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(text.slice(at + 1, at + 6));
    if (!escape) return { end: at, isWhole: false };
    at += escape[0].length;
  }
  return { end: text.length, isWhole: false };
}

function skipScalar(text: string, from: number): Skipped {
  const pattern = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
  pattern.lastIndex = from;
  const isWhole = pattern.test(text);
  return { end: isWhole ? pattern.lastIndex : from, isWhole };
}

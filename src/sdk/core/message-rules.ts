// What takes out of a message what differs from one failure to the next. The rules go one after the other over a bounded
// text, and each of their expressions is linear, or at worst quadratic, in it: no repetition can match the same text in two
// ways. When in doubt they keep: two groups for one problem cost a look, one group for two problems hides one of them.
// Whoever changes a rule gives groups that are open other fingerprints.
import { withoutBodies } from "./message-body.ts";
import { kept, pathShape, steadyName, steadyWord, urlShape } from "./steady-text.ts";

type Rule = (text: string) => string;

/** What may stand between a word such as `column` and the name that it is followed by. */
const opened = String.raw`([ :=([]{1,3})(["'\x60])`;
const name = String.raw`([A-Za-z_$@./][\w$@./:-]{0,79})`;
const finiteNames = new RegExp(String.raw`\b(constraint|index|for key)${opened}${name}\3`, "gi");
const names = new RegExp(
  String.raw`\b(relation|column|table|view|sequence|schema|database|role|function|operator|type|enum|extension|trigger|` +
    String.raw`property|reading|setting|constructor|access|awaiting|value of|header|header name|header content|fields?|parameter|` +
    String.raw`param|argument|arg|option|attribute|variable|method|class|module|package|named|encoding|queue|exchange|` +
    String.raw`vhost|topic|command|activity|signal|query|update|(?<!\w )code|decline_code)${opened}${name}\3`,
  "gi",
);
const namedBehind =
  /(["'`])([A-Za-z_][\w$.()[\]-]{0,79})\1(?= (?:argument|property|field|parameter|header|option|operator|invocation|must|is required|is not allowed)\b)/gi;

const codes = new RegExp(
  [
    // `code: '23505'`, `with code 2`, `statusCode=503`, but no `postal code 90210`
    String.raw`(?<=^|[^\w\s]\s?|(?:with|[Ee]rror|[Ss]tatus|[Rr]esponse|[Ee]xit|reply|close|result|decline)[ _-]?)(?:[Cc]ode|errno)(?:["' ]{0,2}[:=] ?["']?| )(?:-?\d{1,5}|[A-Z\d]{5})\b["']?`,
    String.raw`\bindex: [\w$.]{1,80}`,
    String.raw`\bSQLSTATE\b\W{0,3}[A-Z\d]{5}\b`,
    String.raw`\b[Ee]rror \d{3,5}\b`,
    String.raw`\b(?:ORA-|PLS-|TNS-|AADSTS|TMPRL|E)\d{4,6}\b`,
    String.raw`\b(?:[Ss]tatus|HTTP(?:/\d(?:\.\d)?)?)[ :=]{1,2}[1-5]\d\d\b`,
    String.raw`\b(?:answered|responded|returned|got|received)(?: with)?(?: an?)? [45]\d\d\b(?! (?!for|from|to|on|at|while|after|when)[a-z])`,
    // `rejected: 550 …`, `response: 503`; of mail also `550 5.1.1`
    String.raw`\b(?:response|failed|error|login|rejected|server|answer):\s[45]\d\d(?:[ -][45]\.\d{1,2}\.\d{1,3})?\b`,
    String.raw`\b[245]\d\d[ -][245]\.\d{1,2}\.\d{1,3}\b`,
    // `404 Not Found`, `406 (PRECONDITION-FAILED)`, `(503)`, `503 - …`
    String.raw`(?<=^|: |\()[45]\d\d(?= \(?[A-Z][a-z]| \(?[A-Z]{2,}[ _-][A-Z]|\)| - |: | [[{])`,
    String.raw`\b(?:ERR_\w+|\w+(?:Error|Exception)|[Ss]3|[Ee][Cc]2|E2BIG|UTF-?(?:8|16)|IPv[46]|HTTP2|SHA-?\d{1,3}|[Bb]ase64)\b`,
  ].join("|"),
  "g",
);

const clock = String.raw`\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?[AaPp][Mm]\b)?`;
const zone = String.raw`(?: ?(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)\b){0,2}(?: \([A-Z][A-Za-z ]{2,40}\))?`;
const month = String.raw`(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}`;
const day = String.raw`(?:\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? )?\b`;
const dates = new RegExp(
  [
    String.raw`\b\d{4}-\d\d-\d\d(?:[T ]${clock})?${zone}`,
    String.raw`\b\d{8}T\d{6}Z?\b`,
    String.raw`${day}\d{1,2} ${month} \d{4}(?:,? ${clock})?${zone}`,
    String.raw`${day}${month} \d{1,2},?(?: ${clock}${zone})? \d{4}\b(?:,? ${clock})?${zone}`,
    String.raw`\b\d{1,4}([/.])\d{1,2}\1\d{2,4}\b(?!\.\d)(?:,? ${clock})?${zone}`,
    String.raw`\b${clock}${zone}`,
  ].join("|"),
  "g",
);

const amount = String.raw`\d+(?:[.,_]\d+)*(?:[eE][-+]?\d+)?`;
const unit = String.raw`(?:[µun]?s|ms|msecs?|milliseconds?|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|weeks?|st|nd|rd|th|x|(?:[kKMGT]i?)?B|bytes?)`;
const numbers = new RegExp(
  String.raw`(?<![\w-])(?:[-+]?${amount}(?: ?${unit})?|(?:\d+(?:\.\d+)?(?:ms|[smhd]))+|P(?=T?\d)(?:\d+[YMWD])*(?:T(?:\d+(?:\.\d+)?[HMS])+)?)(?![\w-])`,
  "g",
);

/** In this order. */
export const messageRules: Readonly<Record<string, Rule>> = {
  // V8 cites what it can't parse as it is; whether that was an HTML page instead tells the first character.
  citedJson: (text) =>
    text
      .replace(/(^|[,:] )(?:\.{3})?"[^]*"(?:\.{3})?(?= is not valid JSON)/, "$1<text>")
      .replace(/\b(token )'([^\w\s])'/g, (_, token: string, sign: string) => token + kept(sign)),
  bodies: withoutBodies,
  answers: (text) => text.replace(/\b(message |reason |Reason: )"([A-Z][A-Z_]{3,}[^"]*)"/g, "$1$2"),
  rows: (text) =>
    text.replace(/\)=\([^)]*\)|(?<=\brow contains )\([^)]*\)/g, (row) =>
      row.startsWith(")") ? ")=(<text>)" : "<text>",
    ),
  finiteNames: (text) =>
    text.replace(
      finiteNames,
      (_, word: string, between: string, _quote, found: string) => word + between + kept(found),
    ),
  names: (text) =>
    text.replace(
      names,
      (_, word: string, between: string, _quote, found: string) => word + between + kept(steadyName(found)),
    ),
  namesBehind: (text) => text.replace(namedBehind, (_, _quote, found: string) => kept(steadyName(found))),
  urls: (text) =>
    text.replace(
      /\b([a-z][a-z\d+.-]{1,19}:\/\/)((?:\[[\da-f:.]*\])?[^\s"'`<>()[\]{},;|\\?#]*)(?:[?#][^\s"'`<>)]*[^\s"'`<>).,:;!…])?/gi,
      urlShape,
    ),
  emails: (text) => text.replace(/<?(?<![\w.%+-])[\w.%+-]{1,64}@(?:[\w-]+\.)+[a-z]{2,}>?/gi, "<email>"),
  resources: (text) => text.replace(/\barn:[\w-]+:[^\s"'`<>,;)]+/g, "<arn>"),
  windowsPaths: (text) => text.replace(/\b[A-Za-z]:\\[^\s"'<>|:]+(?::\d+){0,2}/g, "<path>"),
  pathsWithLine: (text) => text.replace(/(?<![\w@./<>-])[\w@./-]+\.[a-z]\w{0,4}:\d+:\d+/g, "<path>"),
  paths: (text) =>
    text.replace(
      /(?<![\w<>:/.@=-])(?:~|\.{1,2})?(?:\/[\w.@+%~-]+)+\/?(?::\d+|\?[^\s"'`<>)]*[^\s"'`<>).,:;!…])?/g,
      pathShape,
    ),
  codes: (text) => text.replace(codes, kept),
  // An apostrophe within a word, as in can't or orders', opens nothing and closes nothing.
  quotes: (text) =>
    text.replace(
      /(?<!\w)"(?:[^"\\]|\\[^])*(?:"|…$)|(?<!\w)'(?:[^'\\]|'(?=\w)|\\[^])*(?:'|…$)|`[^`]*(?:`|…$)|(?<!\w)[‘‚](?:[^’]|’(?=\w))*’|“[^“”]*”|„[^“”]*[“”]|«[^«»]*»|‹[^‹›]*›/g,
      "<text>",
    ),
  addresses: (text) =>
    text
      .replace(
        /(?<![\w:.])\[?(?=[\da-f:]*\d)(?=[\da-f:]*::|(?:[\da-f]{1,4}:){4})(?:[\da-f]{0,4}:){2,8}(?:\d{1,3}(?:\.\d{1,3}){3}|[\da-f]{0,5})(?:%\w+)?\]?(?::\d+)?(?![\w:])/gi,
        "<ip>",
      )
      .replace(/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5}|\/\d{1,2})?\b/g, "<ip>"),
  dates: (text) => text.replace(dates, "<date>"),
  encoded: (text) => text.replace(/[A-Za-z\d+/_-]{20,}={0,2}/g, (data) => (isMixed(data) ? "<id>" : data)),
  numbers: (text) => text.replace(numbers, "<n>"),
  words: (text) =>
    text.replace(/[\w-]+/g, (word) => (/\d/.test(word) && !/[A-Za-z]/.test(word) ? "<n>" : steadyWord(word))),
  lists: (text) => text.replace(/(<\w+>)(?:(?:,|;| and| or|\s*[-|/&+:])?\s*\1)+/g, "$1"),
};

function isMixed(data: string): boolean {
  return /\d/.test(data) && /[a-z]/.test(data) && /[A-Z]/.test(data);
}

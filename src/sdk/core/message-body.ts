import { kept, steadyName } from "./steady-text.ts";

/** A text in which a JSON body is told by the fields that say what went wrong: all other fields are those of one failure. */
export function withoutBodies(text: string): string {
  return text.replace(/(?:\[\s*)?\{\s*"[^"]{1,80}"\s*:(?:[^]*\}(?:\s*\])?|[^]*$)/, (body) => {
    const fields = [...body.matchAll(tellingFields)].filter(isTelling);
    return fields.length === 0 ? "<json>" : `{${fields.map(fieldOf).join(", ")}}`;
  });
}

const tellingFields = new RegExp(
  String.raw`"((?:error_?|decline_?|status_?)?code|errno|status|(?:__|error_?)?type|name|issue|error|reason|title|message|detail|param|field|path)"` +
    String.raw`\s*:\s*(?:"((?:[^"\\]|\\[^])*)(?:"|…?$)|(-?\d+)|\[([^\]{]*)\])`,
  "gi",
);

/** A `name` may be anybody's. */
function isTelling([, key = "", text = ""]: RegExpMatchArray): boolean {
  return key !== "name" || /^[A-Z_]{4,80}$|(?:Error|Exception)$/.test(text);
}

function fieldOf([, key = "", text = "", count, list]: RegExpMatchArray): string {
  if (count !== undefined)
    return `${key}: ${/code|status|errno/i.test(key) && count.length <= 5 ? kept(count) : "<n>"}`;
  if (list !== undefined) return `${key}: ${(list.match(/[^",\s]+/g) ?? []).map(steadyName).map(kept).join(".")}`;
  const told = text.replace(/\\(.)/g, (_, sign: string) => (/[nrt]/.test(sign) ? " " : sign));
  const isCode = /code|status|errno|type|issue|param|field/i.test(key) && /^[\w.#[\]-]{1,80}$/.test(told);
  if (!isCode) return `${key}: ${withoutBodies(told)}`;
  return `${key}: ${kept(/^[A-Z]{0,8}-?\d{1,5}$/.test(told) ? told : steadyName(told))}`;
}

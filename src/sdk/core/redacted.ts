/** What stands in the place of a redacted field. */
const redaction = "[redacted]";

/**
 * A copy of a JSON value in which the named fields, at any depth, are replaced by `"[redacted]"`.
 *
 * @example redacted({ card: "4242", lines: [{ card: "1" }] }, ["card"]) // { card: "[redacted]", lines: [{ card: "[redacted]" }] }
 */
export function redacted(value: unknown, names: readonly string[]): unknown {
  return names.length === 0 ? value : copied(value, new Set(names));
}

function copied(value: unknown, names: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => copied(item, names));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, names.has(name) ? redaction : copied(field, names)]),
  );
}

type Levels = [never, 0, 1, 2, 3, 4];

/** The names of the fields of a type at any depth down to six, which `redact` may name. */
export type FieldName<Value, Level extends number = 5> = [Level] extends [never]
  ? never
  : unknown extends Value
    ? string
    : Value extends readonly (infer Item)[]
      ? FieldName<Item, Level>
      : Value extends object
        ? { [Name in keyof Value & string]-?: Name | FieldName<Value[Name], Levels[Level]> }[keyof Value & string]
        : never;

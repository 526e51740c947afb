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

/** Shorter texts are in too many others to tell whether they came from a redacted field. */
const shortestSecret = 4;

/** The texts and numbers that a JSON value holds under the named fields, at any depth, as texts; none shorter than four characters. */
export function secretsIn(value: unknown, names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  const secrets = new Set<string>();
  collect(value, { names: new Set(names), isSecret: false, secrets });
  return [...secrets];
}

/** A text in which each secret is replaced by `"[redacted]"`. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  // The longest first: another one may be a part of it.
  return secrets
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, secret) => rest.replaceAll(secret, redaction), text);
}

interface Collecting {
  readonly names: ReadonlySet<string>;
  readonly isSecret: boolean;
  readonly secrets: Set<string>;
}

function collect(value: unknown, { names, isSecret, secrets }: Collecting): void {
  if (typeof value === "object" && value !== null) {
    for (const [name, field] of Object.entries(value))
      collect(field, { names, isSecret: isSecret || (!Array.isArray(value) && names.has(name)), secrets });
  } else if (isSecret && (typeof value === "string" || typeof value === "number")) {
    const text = String(value);
    if (text.length >= shortestSecret) secrets.add(text);
  }
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

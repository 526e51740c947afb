import type { Issue } from "../http/problem.ts";
import { Field } from "../parts/field.tsx";
import { initialValue, type JsonSchema } from "./json-schema.ts";
import { SchemaField } from "./schema-field.tsx";

/** One of the kinds that a value may be of, by its member `kind`. */
export interface Variant {
  readonly title: string;
  /** Of its other members. */
  readonly schema: JsonSchema;
}

/** One whose `needed` members have to be there. */
export function variant(title: string, needed: Readonly<Record<string, JsonSchema>>, others = {}): Variant {
  const schema = { type: "object", properties: { ...needed, ...others }, required: Object.keys(needed) };
  return { title, schema };
}

/** A value of a kind. */
export interface Varied<Kind extends string> {
  readonly kind: Kind;
  readonly [member: string]: unknown;
}

export interface VariantFieldProps<Kind extends string> {
  readonly label: string;
  readonly variants: Readonly<Record<Kind, Variant>>;
  readonly value: Varied<Kind>;
  readonly onChange: (value: Varied<Kind>) => void;
  readonly issues: readonly Issue[];
  readonly pointer: string;
}

/** Chooses a kind, and asks for the members that it has. */
export function VariantField<Kind extends string>(props: VariantFieldProps<Kind>) {
  const { label, variants, value, onChange, issues, pointer } = props;
  const { kind, ...members } = value;
  const { schema } = variants[kind];
  const choose = (next: Kind) => onChange(emptyVariant(next, variants));
  const isAsked = Object.keys(schema.properties ?? {}).length > 0;
  return (
    <>
      <Field label={label}>
        {(attributes) => (
          <select {...attributes} value={kind} onChange={({ currentTarget }) => choose(currentTarget.value as Kind)}>
            {(Object.keys(variants) as Kind[]).map((each) => (
              <option key={each} value={each}>
                {variants[each].title}
              </option>
            ))}
          </select>
        )}
      </Field>
      {isAsked && (
        <SchemaField
          key={kind}
          {...{ schema, issues, pointer }}
          root={schema}
          name={kind}
          value={members}
          onChange={(next) => onChange({ ...(next as Readonly<Record<string, unknown>>), kind })}
          isOptional={false}
          depth={0}
        />
      )}
    </>
  );
}

/** What a form of a kind begins with. */
export function emptyVariant<Kind extends string>(kind: Kind, variants: Readonly<Record<Kind, Variant>>): Varied<Kind> {
  const { schema } = variants[kind];
  return { ...(initialValue(schema, schema, false) as Readonly<Record<string, unknown>>), kind };
}

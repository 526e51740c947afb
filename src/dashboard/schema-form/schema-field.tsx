import type { ComponentChildren } from "preact";
import type { Issue } from "../http/problem.ts";
import { type ControlAttributes, Field } from "../parts/field.tsx";
import { words } from "../parts/words.ts";
import { ChoiceControl, JsonControl, NumberControl, TextControl } from "./controls.tsx";
import { type DrawnSchema, drawn, initialValue, type JsonSchema, kindOf } from "./json-schema.ts";
import { Unreadable } from "./unreadable.ts";

export interface SchemaFieldProps {
  readonly schema: JsonSchema;
  /** Where `$defs` are. */
  readonly root: JsonSchema;
  readonly name: string;
  readonly pointer: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly issues: readonly Issue[];
  readonly isOptional: boolean;
  readonly depth: number;
}

/** One place of a schema: a control, or a group of places. */
export function SchemaField(props: SchemaFieldProps) {
  const place = drawn(props.schema, props.root);
  const kind = kindOf(place, props.depth);
  if (kind === "group") return <Group {...props} place={place} />;
  if (kind === "list") return <List {...props} place={place} />;
  const { name, pointer, value, onChange, isOptional } = props;
  const { schema, isNullable } = place;
  const wrong = value instanceof Unreadable ? value.message : messageOf(props.issues, pointer);
  const control = {
    ...{ schema, value, onChange },
    isNeeded: !isOptional && !isNullable,
    nothing: isNullable && !isOptional ? null : undefined,
  };
  const controls = {
    choice: (attributes: ControlAttributes) => <ChoiceControl {...control} attributes={attributes} />,
    number: (attributes: ControlAttributes) => <NumberControl {...control} attributes={attributes} />,
    text: (attributes: ControlAttributes) => <TextControl {...control} attributes={attributes} />,
    json: (attributes: ControlAttributes) => <JsonControl {...control} attributes={attributes} />,
  };
  return (
    <Field label={schema.title ?? words(name)} hint={hintOf(kind, schema)} wrong={wrong} isOptional={isOptional}>
      {controls[kind]}
    </Field>
  );
}

type GroupProps = SchemaFieldProps & { readonly place: DrawnSchema };

function Group(props: GroupProps) {
  const { place, root, pointer, issues, depth, onChange } = props;
  const value = isRecord(props.value) ? props.value : {};
  const required = place.schema.required ?? [];
  const change = (name: string, member: unknown) => {
    const { [name]: _, ...rest } = value;
    const next = member === undefined ? rest : { ...rest, [name]: member };
    onChange(props.isOptional && Object.keys(next).length === 0 ? undefined : next);
  };
  return (
    <Fieldset {...props}>
      {Object.entries(place.schema.properties ?? {}).map(([name, schema]) => (
        <SchemaField
          key={name}
          {...{ schema, root, name, issues }}
          pointer={`${pointer}/${escaped(name)}`}
          value={value[name]}
          onChange={(member) => change(name, member)}
          // What is left out of an optional group is missed only when something is in it.
          isOptional={!required.includes(name) || (props.isOptional && Object.keys(value).length === 0)}
          depth={depth + 1}
        />
      ))}
    </Fieldset>
  );
}

function List(props: GroupProps) {
  const { place, root, pointer, issues, depth, onChange, name } = props;
  const items: readonly unknown[] = Array.isArray(props.value) ? props.value : [];
  const schema = place.schema.items ?? {};
  const title = words(name).replace(/s$/, "");
  const change = (next: readonly unknown[]) => onChange(next.length === 0 && props.isOptional ? undefined : next);
  return (
    <Fieldset {...props}>
      {items.map((item, index) => (
        // Without ids of their own, items are known by their place.
        <div class="list-item" key={index}>
          <SchemaField
            {...{ schema, root, issues }}
            name={`${title} ${index + 1}`}
            pointer={`${pointer}/${index}`}
            value={item}
            onChange={(member) => change(items.with(index, member))}
            isOptional={false}
            depth={depth + 1}
          />
          <button type="button" onClick={() => change(items.toSpliced(index, 1))}>
            Remove {title.toLowerCase()} {index + 1}
          </button>
        </div>
      ))}
      <button type="button" onClick={() => change([...items, initialValue(schema, root, false, depth + 1)])}>
        Add {title.toLowerCase()}
      </button>
    </Fieldset>
  );
}

function Fieldset({ children, ...props }: GroupProps & { readonly children: ComponentChildren }) {
  const { place, name, pointer, issues, depth, isOptional } = props;
  const wrong = issues.filter((issue) => issue.pointer === pointer).map(({ message }) => message);
  const complaint = wrong.length > 0 && <p class="wrong">{wrong.join(" ")}</p>;
  if (depth === 0) {
    return (
      <>
        {complaint}
        {children}
      </>
    );
  }
  return (
    <fieldset>
      <legend dir="auto">{`${place.schema.title ?? words(name)}${isOptional ? " (optional)" : ""}`}</legend>
      {place.schema.description !== undefined && <p class="hint">{place.schema.description}</p>}
      {complaint}
      {children}
    </fieldset>
  );
}

function messageOf(issues: readonly Issue[], pointer: string): string | undefined {
  const own = issues.filter((issue) => issue.pointer === pointer || issue.pointer.startsWith(`${pointer}/`));
  if (own.length === 0) return undefined;
  return own
    .map(({ pointer: at, message }) => (at === pointer ? message : `${at.slice(pointer.length)}: ${message}`))
    .join(" ");
}

function hintOf(kind: string, { description, format }: JsonSchema): string | undefined {
  const how =
    kind === "json"
      ? 'As JSON, such as [1, 2] or {"name": "value"}.'
      : format === "date-time"
        ? "Such as 2026-01-31T12:00:00Z."
        : undefined;
  const told = [description, how].filter((text) => text !== undefined).join(" ");
  return told === "" ? undefined : told;
}

function escaped(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Unreadable);
}

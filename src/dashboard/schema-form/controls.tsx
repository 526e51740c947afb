import type { TargetedEvent } from "preact";
import { useState } from "preact/hooks";
import type { ControlAttributes } from "../parts/field.tsx";
import { choicesOf, type JsonSchema } from "./json-schema.ts";
import { readJson, writtenJson } from "./unreadable.ts";

interface ControlProps {
  readonly attributes: ControlAttributes;
  readonly schema: JsonSchema;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly isNeeded: boolean;
  /** What an empty control stands for. */
  readonly nothing: null | undefined;
}

export function ChoiceControl({ attributes, schema, value, onChange, isNeeded, nothing }: ControlProps) {
  const choices = choicesOf(schema);
  const index = choices.indexOf(value);
  return (
    <select
      {...attributes}
      required={isNeeded}
      value={index < 0 ? "" : String(index)}
      onChange={({ currentTarget }) =>
        onChange(currentTarget.value === "" ? nothing : choices[Number(currentTarget.value)])
      }
    >
      <option value="" />
      {choices.map((choice, each) => (
        <option key={each} value={String(each)}>
          {choice === true ? "Yes" : choice === false ? "No" : String(choice)}
        </option>
      ))}
    </select>
  );
}

export function NumberControl({ attributes, schema, value, onChange, isNeeded, nothing }: ControlProps) {
  return (
    <input
      {...attributes}
      type="number"
      step={schema.type === "integer" ? "1" : "any"}
      // Those of zod's integers say no more than that it is one.
      min={bound(schema.minimum)}
      max={bound(schema.maximum)}
      required={isNeeded}
      value={typeof value === "number" ? value : ""}
      onInput={({ currentTarget }) => onChange(currentTarget.value === "" ? nothing : Number(currentTarget.value))}
    />
  );
}

export function TextControl({ attributes, schema, value, onChange, isNeeded, nothing }: ControlProps) {
  const isEmptyFine = !schema.minLength && schema.format === undefined && schema.pattern === undefined;
  const common = {
    ...attributes,
    minLength: schema.minLength,
    maxLength: schema.maxLength,
    dir: "auto" as const,
    required: isNeeded && !isEmptyFine,
    value: typeof value === "string" ? value : "",
  };
  const change = (text: string) => onChange(text === "" && !(isNeeded && isEmptyFine) ? nothing : text);
  if ((schema.maxLength ?? 0) > 500) {
    return <textarea {...common} rows={3} onInput={({ currentTarget }) => change(currentTarget.value)} />;
  }
  const onInput = ({ currentTarget }: TargetedEvent<HTMLInputElement>) => change(currentTarget.value);
  switch (schema.format) {
    case "date":
    case "time":
      return <input {...common} type={schema.format} onInput={onInput} />;
    case "email":
      return <input {...common} type="email" onInput={onInput} />;
    case "uri":
      return <input {...common} type="url" onInput={onInput} />;
    default:
      return <input {...common} type="text" onInput={onInput} />;
  }
}

export function JsonControl({ attributes, value, onChange, isNeeded, nothing }: ControlProps) {
  const [text, setText] = useState(writtenJson(value));
  return (
    <textarea
      {...attributes}
      class="json-area"
      rows={5}
      spellcheck={false}
      required={isNeeded}
      value={text}
      onInput={({ currentTarget }) => {
        setText(currentTarget.value);
        onChange(readJson(currentTarget.value) ?? nothing);
      }}
    />
  );
}

function bound(value: number | undefined): number | undefined {
  return value !== undefined && Number.isSafeInteger(value) && Math.abs(value) < Number.MAX_SAFE_INTEGER
    ? value
    : undefined;
}

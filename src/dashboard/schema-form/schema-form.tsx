import { useState } from "preact/hooks";
import type { Issue } from "../http/problem.ts";
import { Field } from "../parts/field.tsx";
import { type JsonSchema, drawn, kindOf } from "./json-schema.ts";
import { SchemaField } from "./schema-field.tsx";
import { readJson, Unreadable, writtenJson } from "./unreadable.ts";

export interface SchemaFormProps {
  readonly schema: JsonSchema;
  /** What is filled in; begin with `initialValue`. */
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  /** What is wrong with it. */
  readonly issues?: readonly Issue[];
  /** The JSON pointer of the value in what is sent, such as `/input`. */
  readonly pointer: string;
}

/** The fields of a JSON Schema, or all of it as JSON. */
export function SchemaForm({ schema, value, onChange, issues = [], pointer }: SchemaFormProps) {
  const [isRaw, setRaw] = useState(false);
  const kind = kindOf(drawn(schema, schema), 0);
  return (
    <div class="schema-form">
      {kind !== "json" && (
        <div class="switch" role="group" aria-label="How it is filled in">
          <button
            type="button"
            aria-pressed={!isRaw}
            disabled={value instanceof Unreadable}
            onClick={() => setRaw(false)}
          >
            Form
          </button>
          <button type="button" aria-pressed={isRaw} onClick={() => setRaw(true)}>
            JSON
          </button>
        </div>
      )}
      {isRaw || kind === "json" ? (
        <RawJson value={value} onChange={onChange} issues={issues} pointer={pointer} />
      ) : (
        <SchemaField
          {...{ value, onChange, issues, pointer, schema }}
          root={schema}
          name={pointer.slice(1)}
          isOptional={false}
          depth={0}
        />
      )}
    </div>
  );
}

function RawJson({ value, onChange, issues, pointer }: Required<Omit<SchemaFormProps, "schema">>) {
  // As it was typed: written anew at each key it could not be.
  const [text, setText] = useState(writtenJson(value));
  const told = issues.map((issue) => `${issue.pointer.slice(pointer.length) || "It"}: ${issue.message}`).join(" ");
  const wrong = value instanceof Unreadable ? value.message : told;
  return (
    <Field label="JSON" wrong={wrong === "" ? undefined : wrong}>
      {(attributes) => (
        <textarea
          {...attributes}
          class="json-area"
          rows={12}
          spellcheck={false}
          value={text}
          onInput={({ currentTarget }) => {
            setText(currentTarget.value);
            onChange(readJson(currentTarget.value));
          }}
        />
      )}
    </Field>
  );
}

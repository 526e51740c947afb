import { useState } from "preact/hooks";
import type { CatalogueEntry } from "../../api/catalogue.ts";
import { ask, part } from "../http/ask.ts";
import { newKey } from "../http/new-key.ts";
import { type Issue, Problem } from "../http/problem.ts";
import { Action } from "../parts/action.tsx";
import { Field } from "../parts/field.tsx";
import { navigate } from "../router/location.ts";
import { initialValue, type JsonSchema } from "../schema-form/json-schema.ts";
import { SchemaForm } from "../schema-form/schema-form.tsx";
import { assertReadable } from "../schema-form/unreadable.ts";

export interface StartActionProps {
  readonly type: CatalogueEntry;
  readonly label: string;
  readonly isMain?: boolean;
}

interface Started {
  readonly workflowId: string;
  readonly runId: string;
  readonly existing: boolean;
}

/** Starts a run of a type from a form, and opens it. */
export function StartAction({ type, label, isMain = false }: StartActionProps) {
  const schema = type.input as JsonSchema;
  const [input, setInput] = useState<unknown>(() => initialValue(schema, schema, false));
  const [workflowId, setWorkflowId] = useState("");
  const [issues, setIssues] = useState<readonly Issue[]>([]);
  // Of this form: a second click on it starts no second run.
  const [key, setKey] = useState(newKey);
  const start = async () => {
    setIssues([]);
    assertReadable(input);
    try {
      const started = await ask<Started>(`v1/workflow-types/${part(type.name)}/runs`, {
        method: "POST",
        headers: { "idempotency-key": key },
        body: { ...(input !== undefined && { input }), ...(workflowId !== "" && { workflowId }) },
      });
      setKey(newKey());
      navigate(`/runs/${part(started.workflowId)}?runId=${part(started.runId)}`);
      return started.existing ? "It was started before." : "The run is started.";
    } catch (error) {
      if (error instanceof Problem) setIssues(error.issues);
      // What is changed in the form is another request; a lost answer is asked for with the same key.
      if (error instanceof Problem && error.status >= 400 && error.status < 500) setKey(newKey());
      throw error;
    }
  };
  return (
    <Action
      label={label}
      title={`Start ${type.name}`}
      {...{ isMain }}
      role="operator"
      asksReason={false}
      isWide
      perform={start}
    >
      <SchemaForm schema={schema} value={input} onChange={setInput} issues={issues} pointer="/input" />
      <Field label="Workflow id" isOptional hint="Without one it is made from the input, or at random.">
        {(attributes) => (
          <input
            {...attributes}
            dir="auto"
            maxLength={1_000}
            value={workflowId}
            onInput={({ currentTarget }) => setWorkflowId(currentTarget.value.trim())}
          />
        )}
      </Field>
    </Action>
  );
}

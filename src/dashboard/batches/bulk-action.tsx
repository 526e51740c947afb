import { useState } from "preact/hooks";
import type { Batch } from "tenuto/client";
import { ask, part } from "../http/ask.ts";
import { newKey } from "../http/new-key.ts";
import { Problem } from "../http/problem.ts";
import { isAllowed } from "../http/session-store.ts";
import { modeWords } from "../dead-letters/letter-words.ts";
import { Action } from "../parts/action.tsx";
import { Field } from "../parts/field.tsx";
import { navigate } from "../router/location.ts";
import { FilterFacts } from "./filter-facts.tsx";

export interface BulkActionProps {
  readonly label: string;
  /** To which dead letters. */
  readonly filter: Readonly<Record<string, unknown>>;
  readonly isDisabled?: boolean;
  /** What is chosen at first; a dry run is, unless one has been made. */
  readonly initial?: { readonly what: What; readonly mode: string; readonly rate: string };
  readonly isMain?: boolean;
}

type What = "dryRun" | "redrive" | "discard";

const whats: Readonly<Record<What, string>> = {
  dryRun: "Only say what a redrive would do",
  redrive: "Redrive them",
  discard: "Discard them: nothing more is done",
};

/** The API's own, told so that it can be changed. */
const usualRate = "10";

/** Begins a batch operation, and opens it. */
export function BulkAction({ label, filter, isDisabled = false, initial, isMain = false }: BulkActionProps) {
  const [what, setWhat] = useState<What>(initial?.what ?? "dryRun");
  const [mode, setMode] = useState(initial?.mode ?? "");
  const [rate, setRate] = useState(initial?.rate ?? usualRate);
  // A second click begins no second batch.
  const [key, setKey] = useState(newKey);
  if (isDisabled || !isAllowed("operator")) return null;
  const begin = async (reason: string) => {
    const action = what === "discard" ? "discard" : "redrive";
    const body = {
      ...{ action, filter, reason, ratePerSecond: Number(rate) },
      ...(what === "dryRun" && { dryRun: true }),
      ...(what !== "discard" && mode !== "" && { mode }),
    };
    try {
      const batch = await ask<Batch>("v1/batch-operations", {
        method: "POST",
        headers: { "idempotency-key": key },
        body,
      });
      setKey(newKey());
      navigate(`/batches/${part(batch.id)}`);
      return "It has begun.";
    } catch (error) {
      // What is changed in the form is another request; a lost answer is asked for with the same key.
      if (error instanceof Problem && error.status >= 400 && error.status < 500) setKey(newKey());
      throw error;
    }
  };
  return (
    <Action
      label={label}
      {...{ isMain }}
      role="operator"
      explanation={
        <>
          <p>What is found now is taken, 5,000 at most, the oldest first:</p>
          <FilterFacts filter={filter} />
        </>
      }
      perform={begin}
    >
      <Field label="What is done">
        {(attributes) => (
          <select {...attributes} value={what} onChange={({ currentTarget }) => setWhat(currentTarget.value as What)}>
            {Object.entries(whats).map(([value, text]) => (
              <option key={value} value={value}>
                {text}
              </option>
            ))}
          </select>
        )}
      </Field>
      {what !== "discard" && (
        <Field label="How" hint="What is not sound for a dead letter is refused for that one, and the others go on.">
          {(attributes) => (
            <select {...attributes} value={mode} onChange={({ currentTarget }) => setMode(currentTarget.value)}>
              <option value="">As is sound for each</option>
              {Object.entries(modeWords).map(([value, text]) => (
                <option key={value} value={value}>
                  {text}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <Field label="How many a second" hint="From 0.1 to 100. What they call may have its own limit.">
        {(attributes) => (
          <input
            {...attributes}
            type="number"
            min="0.1"
            max="100"
            step="any"
            required
            value={rate}
            onInput={({ currentTarget }) => setRate(currentTarget.value)}
          />
        )}
      </Field>
    </Action>
  );
}

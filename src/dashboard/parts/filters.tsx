import type { ComponentChildren, TargetedEvent } from "preact";
import { useEffect, useId, useState } from "preact/hooks";
import { useStore } from "../http/store.ts";
import { changeQuery, place } from "../router/location.ts";

/** The filters of a list; what is chosen is in the query, and a list begins anew with it. */
export function Filters({ children }: { readonly children: ComponentChildren }) {
  return (
    <form class="filters" role="search" aria-label="Filter the list" onSubmit={(event) => event.preventDefault()}>
      {children}
    </form>
  );
}

export interface ChoiceProps {
  /** Its name in the query. */
  readonly name: string;
  readonly label: string;
  /** Values, or pairs of value and text. */
  readonly options: readonly (string | readonly [value: string, text: string])[];
  /** What no choice is called. @default "All" */
  readonly all?: string;
}

/** A filter that is one of a few. */
export function Choice({ name, label, options, all = "All" }: ChoiceProps) {
  const { query } = useStore(place);
  const id = useId();
  return (
    <div class="filter">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={query[name] ?? ""}
        onChange={({ currentTarget }) => changeQuery({ [name]: currentTarget.value, cursor: undefined })}
      >
        <option value="">{all}</option>
        {options.map((option) => {
          const [value, text] = typeof option === "string" ? [option, option] : option;
          return (
            <option key={value} value={value}>
              {text}
            </option>
          );
        })}
      </select>
    </div>
  );
}

export interface TextFilterProps {
  readonly name: string;
  readonly label: string;
  /** `datetime-local` is written as RFC 3339 into the query. @default "search" */
  readonly type?: "search" | "datetime-local";
}

/** A filter that is typed. */
export function TextFilter({ name, label, type = "search" }: TextFilterProps) {
  const { query } = useStore(place);
  const id = useId();
  const value = query[name] ?? "";
  const shown = type === "search" ? value : localTime(value);
  // What is half typed stays when the list below it is read again.
  const [typed, setTyped] = useState(shown);
  useEffect(() => setTyped(shown), [shown]);
  const change = (text: string) => {
    const told = type === "search" || text === "" ? text.trim() : new Date(text).toISOString();
    changeQuery({ [name]: told, cursor: undefined });
  };
  const control = {
    ...{ id, value: typed },
    onInput: ({ currentTarget }: TargetedEvent<HTMLInputElement>) => setTyped(currentTarget.value),
    onChange: ({ currentTarget }: TargetedEvent<HTMLInputElement>) => change(currentTarget.value),
  };
  return (
    <div class="filter">
      <label for={id}>{label}</label>
      {type === "search" ? <input type="search" {...control} /> : <input type="datetime-local" {...control} />}
    </div>
  );
}

/** As the control takes it: without a zone. */
function localTime(time: string): string {
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) return "";
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

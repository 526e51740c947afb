import type { ScheduleSpec } from "tenuto";
import type { CatalogueEntry } from "../../api/catalogue.ts";
import type { Issue } from "../http/problem.ts";
import { useAnswer } from "../http/use-answer.ts";
import { Field } from "../parts/field.tsx";
import { Show } from "../parts/notes.tsx";
import { initialValue, type JsonSchema } from "../schema-form/json-schema.ts";
import { SchemaForm } from "../schema-form/schema-form.tsx";
import { emptyVariant, VariantField, type Varied } from "../schema-form/variant-field.tsx";
import { overlapWords, scheduleSchema, timeVariants } from "./schedule-schemas.ts";

type Time = Varied<ScheduleSpec["at"][number]["kind"]>;

/** A schedule as it is being filled in. */
export interface ScheduleFormDraft {
  readonly type: string;
  readonly at: readonly Time[];
  readonly input: unknown;
  readonly overlap: ScheduleSpec["overlap"];
  readonly rest: unknown;
}

export interface ScheduleFieldsProps {
  readonly draft: ScheduleFormDraft;
  readonly onChange: (draft: ScheduleFormDraft) => void;
  readonly issues: readonly Issue[];
}

/** What a new schedule says before anybody has changed it. */
export function newSchedule(): ScheduleFormDraft {
  return {
    type: "",
    at: [emptyVariant("cron", timeVariants)],
    input: undefined,
    overlap: "skip",
    rest: initialValue(scheduleSchema, scheduleSchema, false),
  };
}

/** All that a schedule says. */
export function ScheduleFields(props: ScheduleFieldsProps) {
  const answered = useAnswer<{ readonly items: readonly CatalogueEntry[] }>("v1/workflow-types");
  return (
    <Show answered={answered} what="the workflow types">
      {({ items }) => <Fields {...props} types={items} />}
    </Show>
  );
}

function Fields({
  draft,
  onChange,
  types,
  issues,
}: ScheduleFieldsProps & { readonly types: readonly CatalogueEntry[] }) {
  const change = (changes: Partial<ScheduleFormDraft>) => onChange({ ...draft, ...changes });
  const chosen = types.find(({ name }) => name === draft.type);
  const choose = (type: string) => {
    const entry = types.find(({ name }) => name === type);
    change({ type, input: entry && inputOf(entry) });
  };
  return (
    <>
      <Field label="Starts runs of" wrong={issueAt("/type", issues)}>
        {(attributes) => (
          <select
            {...attributes}
            required
            value={draft.type}
            onChange={({ currentTarget }) => choose(currentTarget.value)}
          >
            {/* None is chosen, or it may start what this API does not know. */}
            {!chosen && <option value={draft.type}>{draft.type}</option>}
            {types.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Times at={draft.at} onChange={(at) => change({ at })} issues={issues} />
      <Field label="While one runs">
        {(attributes) => (
          <select
            {...attributes}
            value={draft.overlap}
            onChange={({ currentTarget }) => change({ overlap: currentTarget.value as ScheduleSpec["overlap"] })}
          >
            {Object.entries(overlapWords).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        )}
      </Field>
      <SchemaForm
        schema={scheduleSchema}
        value={draft.rest}
        onChange={(rest) => change({ rest })}
        issues={issues}
        pointer=""
      />
      {draft.type !== "" && (
        <fieldset>
          <legend>Input of its runs</legend>
          <SchemaForm
            key={draft.type}
            schema={(chosen?.input ?? {}) as JsonSchema}
            value={draft.input}
            onChange={(input) => change({ input })}
            issues={issues}
            pointer="/input"
          />
        </fieldset>
      )}
    </>
  );
}

interface TimesProps {
  readonly at: readonly Time[];
  readonly onChange: (at: readonly Time[]) => void;
  readonly issues: readonly Issue[];
}

function Times({ at, onChange, issues }: TimesProps) {
  const wrong = issueAt("/at", issues);
  return (
    <fieldset>
      <legend>When it is due</legend>
      {at.length === 0 && <p class="hint">Never: somebody triggers it.</p>}
      {wrong !== undefined && <p class="wrong">{wrong}</p>}
      {at.map((time, index) => (
        // Without ids of their own, times are known by their place.
        <div class="list-item" key={index}>
          <VariantField
            label={`Time ${index + 1}`}
            variants={timeVariants}
            value={time}
            onChange={(next) => onChange(at.with(index, next))}
            issues={issues}
            pointer={`/at/${index}`}
          />
          <button type="button" onClick={() => onChange(at.toSpliced(index, 1))}>
            Remove time {index + 1}
          </button>
        </div>
      ))}
      <button type="button" onClick={() => onChange([...at, emptyVariant("cron", timeVariants)])}>
        Add a time
      </button>
    </fieldset>
  );
}

function inputOf({ input }: CatalogueEntry): unknown {
  const schema = input as JsonSchema;
  return initialValue(schema, schema, false);
}

function issueAt(pointer: string, issues: readonly Issue[]): string | undefined {
  const own = issues.filter((issue) => issue.pointer === pointer).map(({ message }) => message);
  return own.length === 0 ? undefined : own.join(" ");
}

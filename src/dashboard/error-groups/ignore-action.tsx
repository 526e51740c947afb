import { useState } from "preact/hooks";
import { ask } from "../http/ask.ts";
import { Action } from "../parts/action.tsx";
import { Field } from "../parts/field.tsx";

export interface IgnoreActionProps {
  readonly path: string;
  readonly tenant: string | undefined;
  readonly reload: () => void;
}

/** Says that a group is of no interest, for ever or until something. */
export function IgnoreAction({ path, tenant, reload }: IgnoreActionProps) {
  const [at, setAt] = useState("");
  const [count, setCount] = useState("");
  const [perHour, setPerHour] = useState("");
  const ignore = async (reason: string) => {
    const until = {
      ...(at !== "" && { at: new Date(at).toISOString() }),
      ...(count !== "" && { count: Number(count) }),
      ...(perHour !== "" && { perHour: Number(perHour) }),
    };
    const body = { reason, ...(Object.keys(until).length > 0 && { until }) };
    await ask(path, { method: "POST", query: { tenant }, body });
    return "It is ignored.";
  };
  return (
    <Action
      label="Ignore"
      explanation="Nobody is told of it, until what you give below comes first; without any of it, for ever."
      role="operator"
      perform={ignore}
      onDone={reload}
    >
      <Field label="Until" isOptional>
        {(attributes) => (
          <input
            {...attributes}
            type="datetime-local"
            value={at}
            onInput={({ currentTarget }) => setAt(currentTarget.value)}
          />
        )}
      </Field>
      <Field label="Until so many more failures" isOptional>
        {(attributes) => (
          <input
            {...attributes}
            type="number"
            min="1"
            value={count}
            onInput={({ currentTarget }) => setCount(currentTarget.value)}
          />
        )}
      </Field>
      <Field label="Until so many failures an hour" isOptional>
        {(attributes) => (
          <input
            {...attributes}
            type="number"
            min="1"
            value={perHour}
            onInput={({ currentTarget }) => setPerHour(currentTarget.value)}
          />
        )}
      </Field>
    </Action>
  );
}

import { useState } from "preact/hooks";
import type { QueueRate } from "tenuto/client";
import { ask, part } from "../http/ask.ts";
import { Action } from "../parts/action.tsx";
import { Field } from "../parts/field.tsx";
import { numberOf } from "../parts/words.ts";
import type { ShownQueue } from "./queue.ts";

export interface RateActionProps {
  readonly queue: ShownQueue;
  readonly reload: () => void;
}

/** Changes how fast steps begin, while workers run. */
export function RateAction({ queue, reload }: RateActionProps) {
  const { limits } = queue.activity;
  const [perSecond, setPerSecond] = useState(textOf(limits?.perSecond));
  const [perKey, setPerKey] = useState(textOf(limits?.perKeyPerSecond));
  const change = async (reason: string) => {
    const body = {
      reason,
      ...changeOf("perSecond", perSecond, limits?.perSecond),
      ...changeOf("perKeyPerSecond", perKey, limits?.perKeyPerSecond),
    };
    const rate = await ask<QueueRate>(`v1/task-queues/${part(queue.name)}/rate`, { method: "PUT", body });
    return rate.perSecond === null
      ? "There is no limit now. Workers know it within seconds."
      : `${numberOf(rate.perSecond)} steps a second at most now. Workers keep to it within seconds.`;
  };
  return (
    <Action
      label="Change the rate"
      title={`The rate of ${queue.name}`}
      explanation="It holds for all workers together. What waits longer than its time limit fails, so do not hold steps for long."
      role="operator"
      perform={change}
      onDone={reload}
    >
      <RateField
        label="Steps a second at most"
        hint="0 holds all steps; left empty, there is no limit."
        value={perSecond}
        onChange={setPerSecond}
      />
      <RateField
        label="Of each fairness key"
        hint="Times its weight; left empty, there is no limit."
        value={perKey}
        onChange={setPerKey}
      />
    </Action>
  );
}

interface RateFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function RateField({ label, hint, value, onChange }: RateFieldProps) {
  return (
    <Field label={label} isOptional hint={hint}>
      {(attributes) => (
        <input
          {...attributes}
          type="number"
          min="0"
          max="100000"
          step="any"
          value={value}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
    </Field>
  );
}

function textOf(rate: number | undefined): string {
  return rate === undefined ? "" : String(rate);
}

/** What stays is not sent. */
function changeOf(name: string, text: string, before: number | undefined): object {
  if (text === textOf(before)) return {};
  return { [name]: text === "" ? null : Number(text) };
}

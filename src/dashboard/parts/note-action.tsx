import { useState } from "preact/hooks";
import { ask } from "../http/ask.ts";
import type { Role } from "../http/session-store.ts";
import { Action } from "./action.tsx";
import { Field } from "./field.tsx";

export interface NoteActionProps {
  readonly path: string;
  /** The name of the text in what is sent. @default "note" */
  readonly member?: "note" | "text";
  /** @default "Add a note" */
  readonly label?: string;
  /** @default "operator" */
  readonly role?: Role;
  readonly onDone: () => void;
}

/** Writes something beside a thing, for others to read. */
export function NoteAction({
  path,
  member = "note",
  label = "Add a note",
  role = "operator",
  onDone,
}: NoteActionProps) {
  const [text, setText] = useState("");
  const add = async () => {
    await ask(path, { method: "POST", body: { [member]: text } });
    setText("");
    return "It is noted.";
  };
  return (
    <Action label={label} role={role} asksReason={false} perform={add} onDone={onDone}>
      <Field label="What is to be known" hint="It is recorded with your name.">
        {(attributes) => (
          <textarea
            {...attributes}
            rows={4}
            required
            maxLength={2_000}
            dir="auto"
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        )}
      </Field>
    </Action>
  );
}

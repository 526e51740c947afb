import type { ComponentChildren, TargetedEvent } from "preact";
import { useState } from "preact/hooks";
import { isAllowed, type Role } from "../http/session-store.ts";
import { type Problem, problemOf } from "../http/problem.ts";
import { Dialog } from "./dialog.tsx";
import { Field } from "./field.tsx";
import { ProblemNote } from "./notes.tsx";
import { tell } from "./toast.tsx";

export interface ActionProps {
  /** On the button. */
  readonly label: string;
  /** What is asked before it is done. @default the label */
  readonly title?: string;
  /** What it does, where its name does not say so. */
  readonly explanation?: ComponentChildren;
  /** Who does not have it is not shown the button. */
  readonly role: Role;
  /** Whether a reason is recorded with it. @default true */
  readonly asksReason?: boolean;
  /** @default false */
  readonly isDangerous?: boolean;
  readonly isMain?: boolean;
  readonly isWide?: boolean;
  /** Further fields of its form. */
  readonly children?: ComponentChildren;
  /** Does it; what it answers is told. A problem is shown in the dialog, which stays. */
  readonly perform: (reason: string) => Promise<string>;
  /** Called when it is done. */
  readonly onDone?: () => void;
}

/** A button that asks before it does something, and for the reason where it is recorded. */
export function Action(props: ActionProps) {
  const { label, role, isDangerous = false, isMain = false } = props;
  const [isOpen, setOpen] = useState(false);
  if (!isAllowed(role)) return null;
  const open = ({ currentTarget }: TargetedEvent<HTMLButtonElement>) => {
    // Not every browser does so by itself; the focus comes back to it.
    currentTarget.focus();
    setOpen(true);
  };
  return (
    <>
      <button type="button" class={isMain ? "main" : isDangerous ? "danger" : undefined} onClick={open}>
        {label}
      </button>
      {isOpen && <ActionDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function ActionDialog(props: ActionProps & { readonly onClose: () => void }) {
  const { label, title = label, explanation, asksReason = true, isDangerous = false, isWide = false } = props;
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: TargetedEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      tell(await props.perform(reason));
      props.onClose();
      props.onDone?.();
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} onClose={props.onClose} isWide={isWide}>
      <form onSubmit={(event) => void submit(event)}>
        {explanation !== undefined && <div class="explanation">{explanation}</div>}
        {props.children}
        {asksReason && (
          <Field label="Reason" hint="It is recorded with your name.">
            {(attributes) => (
              <textarea
                {...attributes}
                rows={2}
                maxLength={1_000}
                required
                dir="auto"
                value={reason}
                onInput={({ currentTarget }) => setReason(currentTarget.value)}
              />
            )}
          </Field>
        )}
        {problem && <ProblemNote problem={problem} />}
        <div class="dialog-foot">
          <button type="button" onClick={props.onClose}>
            Back
          </button>
          <button type="submit" class={isDangerous ? "danger-main" : "main"} disabled={isBusy}>
            {label}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

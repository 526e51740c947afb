import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

/** What a control gets, so that its label and what is said of it belong to it. */
export interface ControlAttributes {
  readonly id: string;
  readonly "aria-describedby"?: string;
  readonly "aria-invalid"?: "true";
}

export interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  /** What is wrong with what is in it. */
  readonly wrong?: string | undefined;
  readonly isOptional?: boolean;
  readonly children: (attributes: ControlAttributes) => ComponentChildren;
}

/** A control with its label, what is said of it, and what is wrong with it. */
export function Field({ label, hint, wrong, isOptional = false, children }: FieldProps) {
  const id = useId();
  const about = [hint !== undefined && `${id}-hint`, wrong !== undefined && `${id}-wrong`].filter(Boolean).join(" ");
  const attributes: ControlAttributes = {
    id,
    ...(about !== "" && { "aria-describedby": about }),
    ...(wrong !== undefined && { "aria-invalid": "true" }),
  };
  return (
    <div class="field">
      <label for={id} dir="auto">
        {isOptional ? `${label} (optional)` : label}
      </label>
      {children(attributes)}
      {hint !== undefined && (
        <p id={`${id}-hint`} class="hint" dir="auto">
          {hint}
        </p>
      )}
      {wrong !== undefined && (
        <p id={`${id}-wrong`} class="wrong" dir="auto">
          {wrong}
        </p>
      )}
    </div>
  );
}

import { useEffect, useState } from "preact/hooks";
import type { DeadLetterDetails, Redrive } from "tenuto/client";
import { ask, part } from "../http/ask.ts";
import { type Issue, Problem, problemOf } from "../http/problem.ts";
import { Action } from "../parts/action.tsx";
import { Field } from "../parts/field.tsx";
import { SchemaForm } from "../schema-form/schema-form.tsx";
import { assertReadable } from "../schema-form/unreadable.ts";
import { DryRun, type Tried } from "./dry-run.tsx";
import { modeWords } from "./letter-words.ts";

export interface RedriveActionProps {
  readonly letter: DeadLetterDetails;
  readonly reload: () => void;
}

type Mode = Redrive["mode"];
/** What a step or a run gets instead of what it had. */
type Change = "none" | "input" | "output";

/** Makes a dead letter go again; what that would do is asked for and shown before. */
export function RedriveAction({ letter, reload }: RedriveActionProps) {
  const { incidents = [] } = letter;
  const [mode, setMode] = useState<Mode>(letter.modes[0] ?? "continue");
  const [incidentId, setIncidentId] = useState(incidents[0]?.id);
  const [change, setChange] = useState<Change>("none");
  const [value, setValue] = useState<unknown>();
  const [hasNoEffect, setNoEffect] = useState(false);
  const [issues, setIssues] = useState<readonly Issue[]>([]);
  const isParked = letter.kind === "parked";
  const changes = changesOf(mode, isParked, incidents.find(({ id }) => id === incidentId)?.kind === "undo");
  const given = changes.includes(change) ? change : "none";
  const send = async (reason: string) => {
    setIssues([]);
    if (given !== "none") assertReadable(value);
    const body = {
      ...{ mode, reason },
      ...(isParked && { incidentId }),
      ...(given !== "none" && { [given]: value ?? null }),
      ...(given === "input" && isParked && { confirmNoEffect: hasNoEffect }),
    };
    try {
      await ask<Redrive>(`v1/dead-letters/${part(letter.id)}/redrive`, { method: "POST", body });
    } catch (error) {
      if (error instanceof Problem) setIssues(error.issues);
      throw error;
    }
    return "It goes again.";
  };
  return (
    <Action
      label="Redrive"
      title="Redrive the dead letter"
      role="operator"
      isMain
      isWide
      perform={send}
      onDone={reload}
    >
      <Field label="How">
        {(attributes) => (
          <select {...attributes} value={mode} onChange={({ currentTarget }) => setMode(currentTarget.value as Mode)}>
            {letter.modes.map((each) => (
              <option key={each} value={each}>
                {modeWords[each]}
              </option>
            ))}
          </select>
        )}
      </Field>
      {incidents.length > 1 && (
        <Field label="Which one">
          {(attributes) => (
            <select
              {...attributes}
              value={incidentId}
              onChange={({ currentTarget }) => setIncidentId(currentTarget.value)}
            >
              {incidents.map(({ id, kind, step }) => (
                <option key={id} value={id}>
                  {kind === "undo" ? `Undo of ${step}` : step}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {changes.length > 1 && (
        <Field label="With">
          {(attributes) => (
            <select
              {...attributes}
              value={given}
              onChange={({ currentTarget }) => setChange(currentTarget.value as Change)}
            >
              {changes.map((each) => (
                <option key={each} value={each}>
                  {changeWords[each]}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {given !== "none" && (
        <SchemaForm schema={{}} value={value} onChange={setValue} issues={issues} pointer={`/${given}`} />
      )}
      {given === "input" && isParked && (
        <label class="check">
          <input
            type="checkbox"
            required
            checked={hasNoEffect}
            onChange={({ currentTarget }) => setNoEffect(currentTarget.checked)}
          />
          I have looked: the attempts so far had no effect
        </label>
      )}
      <Trial letter={letter} mode={mode} isByHand={given === "output"} incidentId={isParked ? incidentId : undefined} />
    </Action>
  );
}

const changeWords: Readonly<Record<Change, string>> = {
  none: "What it had",
  input: "Another input",
  output: "A given output: it was done by hand",
};

function changesOf(mode: Mode, isParked: boolean, isUndo: boolean): readonly Change[] {
  if (mode === "restart") return ["none", "input"];
  if (mode !== "continue" || !isParked) return ["none"];
  return isUndo ? ["none", "output"] : ["none", "input", "output"];
}

interface TrialProps {
  readonly letter: DeadLetterDetails;
  readonly mode: Mode;
  /** Whether an output is given. Which one makes no difference to what is done. */
  readonly isByHand: boolean;
  readonly incidentId: string | undefined;
}

/** Asks for a dry run whenever something else is chosen. */
function Trial({ letter, mode, isByHand, incidentId }: TrialProps) {
  const [tried, setTried] = useState<Tried>();
  useEffect(() => {
    const gone = new AbortController();
    setTried(undefined);
    const body = {
      ...{ mode, dryRun: true, reason: "Dry run" },
      ...(incidentId !== undefined && { incidentId }),
      ...(isByHand && { output: null }),
    };
    ask<Redrive>(`v1/dead-letters/${part(letter.id)}/redrive`, { method: "POST", body, signal: gone.signal }).then(
      (redrive) => setTried({ redrive }),
      (error: unknown) => {
        if (!gone.signal.aborted) setTried({ problem: problemOf(error) });
      },
    );
    return () => gone.abort();
  }, [letter.id, mode, isByHand, incidentId]);
  return <DryRun tried={tried} />;
}

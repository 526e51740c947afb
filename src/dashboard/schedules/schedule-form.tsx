import { useState } from "preact/hooks";
import type { ScheduleSpec } from "tenuto";
import type { ScheduleDetails } from "tenuto/client";
import { ask, part } from "../http/ask.ts";
import { type Issue, Problem } from "../http/problem.ts";
import { Action } from "../parts/action.tsx";
import { Field } from "../parts/field.tsx";
import { navigate } from "../router/location.ts";
import { assertReadable } from "../schema-form/unreadable.ts";
import { newSchedule, ScheduleFields, type ScheduleFormDraft } from "./schedule-fields.tsx";

/** Makes a schedule, and opens it. */
export function NewScheduleAction() {
  const [id, setId] = useState("");
  const form = useScheduleForm(newSchedule);
  const save = async (reason: string) => {
    await assertFree(id);
    await form.put(id, reason);
    navigate(`/schedules/${part(id)}`);
    return "The schedule is there.";
  };
  return (
    <Action label="New schedule" title="Make a schedule" role="admin" isMain isWide perform={save}>
      <Field label="Id" hint="A letter, then letters, digits, dots, dashes and underscores.">
        {(attributes) => (
          <input
            {...attributes}
            required
            maxLength={128}
            pattern="[A-Za-z][A-Za-z0-9._\-]*"
            value={id}
            onInput={({ currentTarget }) => setId(currentTarget.value.trim())}
          />
        )}
      </Field>
      {form.fields}
    </Action>
  );
}

export interface EditScheduleActionProps {
  readonly schedule: ScheduleDetails;
  readonly reload: () => void;
}

/** Changes what a schedule says; no deploy changes it then. What is filled in is that of its first drawing: give it a key. */
export function EditScheduleAction({ schedule, reload }: EditScheduleActionProps) {
  const { id, spec, origin, besides } = schedule;
  const form = useScheduleForm(() => draftOf(spec), spec);
  const save = async (reason: string) => {
    await form.put(id, reason);
    return "The schedule is changed.";
  };
  const explanation = (
    <>
      {origin === "code" && <p>No deploy changes it then, until somebody takes the edit back.</p>}
      {besides.length > 0 && <p>What was set without Tenuto is dropped: {besides.join(", ")}.</p>}
      <p>What contracts redact is shown as [redacted]: give it anew.</p>
    </>
  );
  return (
    <Action label="Edit" title={`Edit ${id}`} role="admin" isWide perform={save} onDone={reload} {...{ explanation }}>
      {form.fields}
    </Action>
  );
}

/** The fields of a schedule, and how what is in them is put. What they don't show is kept of `before`. */
function useScheduleForm(initial: () => ScheduleFormDraft, before?: ScheduleSpec) {
  const [draft, setDraft] = useState(initial);
  const [issues, setIssues] = useState<readonly Issue[]>([]);
  const put = async (id: string, reason: string) => {
    setIssues([]);
    assertReadable(draft);
    const { rest, ...spec } = draft;
    const { except, lane } = before ?? {};
    const body = { except, lane, ...(rest as object), ...spec, reason };
    try {
      await ask(`v1/schedules/${part(id)}`, { method: "PUT", body });
    } catch (error) {
      if (error instanceof Problem) setIssues(error.issues);
      throw error;
    }
  };
  return { put, fields: <ScheduleFields {...{ draft, issues }} onChange={setDraft} /> };
}

function draftOf({ type, at, input, overlap, except: _, lane: __, ...rest }: ScheduleSpec): ScheduleFormDraft {
  return { type, at: at.map((time) => ({ ...time })), input, overlap, rest };
}

/** A PUT would edit the one that is there. */
async function assertFree(id: string): Promise<void> {
  const isTaken = await ask(`v1/schedules/${part(id)}`).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Problem && error.code === "SCHEDULE_NOT_FOUND") return false;
      throw error;
    },
  );
  const detail = "A schedule has this id already. Edit that one, or choose another id.";
  if (isTaken) throw new Problem({ code: "SCHEDULE_EXISTS", status: 0, detail });
}

import { useState } from "preact/hooks";
import type { ScheduleDetails, ScheduleTrigger } from "tenuto/client";
import { ask, part } from "../http/ask.ts";
import { Action } from "../parts/action.tsx";
import { Field } from "../parts/field.tsx";
import { navigate } from "../router/location.ts";
import { EditScheduleAction } from "./schedule-form.tsx";

export interface ScheduleActionsProps {
  readonly schedule: ScheduleDetails;
  readonly reload: () => void;
}

const outcomes: Readonly<Record<ScheduleTrigger["outcome"], string>> = {
  started: "A run is started.",
  skipped: "No run is started: the one before has not ended.",
  buffered: "A run starts when the one before has ended.",
  unknown: "It is asked for. Whether a run has started is not known yet.",
};

/** What operators do to a schedule, and admins to what it says. */
export function ScheduleActions({ schedule, reload }: ScheduleActionsProps) {
  const [isBeside, setBeside] = useState(false);
  const path = `v1/schedules/${part(schedule.id)}`;
  const send = (what: "pause" | "resume", done: string) => async (reason: string) => {
    await ask(`${path}/${what}`, { method: "POST", body: { reason } });
    return done;
  };
  const trigger = async (reason: string) => {
    const body = { reason, ...(isBeside && { overlap: "allowAll" }) };
    return outcomes[(await ask<ScheduleTrigger>(`${path}/trigger`, { method: "POST", body })).outcome];
  };
  const common = { role: "operator", onDone: reload } as const;
  return (
    <>
      {schedule.paused ? (
        <Action
          {...common}
          label="Resume"
          title="Resume the schedule"
          isMain
          perform={send("resume", "It is due again.")}
        />
      ) : (
        <Action
          {...common}
          label="Pause"
          title="Pause the schedule"
          explanation="It starts nothing until somebody resumes it. Runs at work go on."
          perform={send("pause", "It is paused.")}
        />
      )}
      <Action {...common} label="Trigger" title="Start a run now" perform={trigger}>
        {schedule.running.length > 0 && (
          <Field label="While one runs">
            {(attributes) => (
              <select
                {...attributes}
                value={isBeside ? "beside" : "policy"}
                onChange={({ currentTarget }) => setBeside(currentTarget.value === "beside")}
              >
                <option value="policy">As the schedule says</option>
                <option value="beside">Start one beside it</option>
              </select>
            )}
          </Field>
        )}
      </Action>
      <EditScheduleAction key={JSON.stringify(schedule.spec)} schedule={schedule} reload={reload} />
      {(schedule.origin === "api" || schedule.isEdited) && <DeleteAction schedule={schedule} reload={reload} />}
    </>
  );
}

interface Deleted {
  /** What the code says, which holds again. */
  readonly back?: ScheduleDetails;
}

/** Deletes a schedule, or takes the edit of one back. */
function DeleteAction({ schedule: { id, origin }, reload }: ScheduleActionsProps) {
  const remove = async (reason: string) => {
    const { back } = await ask<Deleted>(`v1/schedules/${part(id)}`, { method: "DELETE", body: { reason } });
    if (back) {
      reload();
      return "What the code says holds again.";
    }
    navigate("/schedules");
    return "The schedule is deleted. Runs at work go on.";
  };
  return (
    <Action label={origin === "code" ? "Take the edit back" : "Delete"} role="admin" isDangerous perform={remove} />
  );
}

import { useState } from "preact/hooks";
import type { ErrorGroupDetails } from "tenuto/client";
import { ask, part } from "../http/ask.ts";
import { Action } from "../parts/action.tsx";
import { Field } from "../parts/field.tsx";
import { NoteAction } from "../parts/note-action.tsx";
import { placeWith } from "../router/location.ts";
import { IgnoreAction } from "./ignore-action.tsx";

export interface GroupActionsProps {
  readonly group: ErrorGroupDetails;
  readonly tenant: string | undefined;
  readonly reload: () => void;
}

/** What is said of a group: that it is dealt with, of no interest, or somebody's. */
export function GroupActions({ group, tenant, reload }: GroupActionsProps) {
  const [assignee, setAssignee] = useState(group.assignee ?? "");
  const path = `v1/error-groups/${part(group.fingerprint)}`;
  const send = (what: string, done: string) => async (reason: string) => {
    await ask(`${path}/${what}`, { method: "POST", query: { tenant }, body: { reason } });
    return done;
  };
  const assign = async () => {
    const body = { assignee: assignee.trim() === "" ? null : assignee.trim() };
    await ask(`${path}/assign`, { method: "POST", query: { tenant }, body });
    return assignee.trim() === "" ? "It is nobody's now." : `It is ${assignee.trim()}'s now.`;
  };
  const isClosed = group.status === "resolved" || group.status === "ignored";
  const common = { role: "operator", onDone: reload } as const;
  return (
    <>
      {isClosed ? (
        <Action {...common} label="Open it again" perform={send("reopen", "It is open again.")} />
      ) : (
        <>
          <Action
            {...common}
            label="Resolve"
            explanation="It is mended. A failure of that pattern after now makes it regressed. Its dead letters stay as they are."
            perform={send("resolve", "It is resolved.")}
          />
          <IgnoreAction path={`${path}/ignore`} tenant={tenant} reload={reload} />
        </>
      )}
      <Action {...common} label="Assign" asksReason={false} perform={assign}>
        <Field label="To whom" hint="Left empty, it is nobody's.">
          {(attributes) => (
            <input
              {...attributes}
              dir="auto"
              maxLength={255}
              value={assignee}
              onInput={({ currentTarget }) => setAssignee(currentTarget.value)}
            />
          )}
        </Field>
      </Action>
      <NoteAction path={placeWith(`${path}/notes`, { tenant })} onDone={reload} />
    </>
  );
}

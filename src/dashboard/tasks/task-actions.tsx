import { useState } from "preact/hooks";
import type { Task } from "tenuto/client";
import { ask, part } from "../http/ask.ts";
import { isAllowed } from "../http/session-store.ts";
import { Action } from "../parts/action.tsx";
import { Field } from "../parts/field.tsx";
import { NoteAction } from "../parts/note-action.tsx";
import { placeWith } from "../router/location.ts";
import { mayAnswer } from "./may-answer.ts";

export interface TaskActionsProps {
  readonly task: Task;
  readonly tenant: string | undefined;
  readonly reload: () => void;
}

/** What can be done about a task besides answering it. */
export function TaskActions({ task, tenant, reload }: TaskActionsProps) {
  const [roles, setRoles] = useState(task.roles.join(", "));
  const [assignees, setAssignees] = useState(task.assignees.join(", "));
  if (task.ended || task.runStatus !== "running") return null;
  const isAsked = mayAnswer(task);
  const isOperator = isAllowed("operator");
  const path = `v1/tasks/${part(task.taskId)}`;
  const post = async (what: string, body?: object) => {
    await ask(`${path}/${what}`, { method: "POST", query: { tenant }, ...(body && { body }) });
  };
  return (
    <>
      {task.claimed && (isAsked || isOperator) && (
        <Action
          label="Release"
          title="Release the task"
          explanation="Others may answer it again."
          role="viewer"
          asksReason={false}
          perform={async () => {
            await post("release");
            return "It is released.";
          }}
          onDone={reload}
        />
      )}
      {!task.claimed && isAsked && (
        <Action
          label="Claim"
          title="Claim the task"
          explanation="Others see that you have it, and can't answer it until you release it."
          role="viewer"
          asksReason={false}
          perform={async () => {
            await post("claim");
            return "It is yours.";
          }}
          onDone={reload}
        />
      )}
      {(isAsked || isOperator) && (
        <NoteAction
          path={placeWith(`${path}/comments`, { tenant })}
          member="text"
          label="Comment"
          role="viewer"
          onDone={reload}
        />
      )}
      {task.escalatedAt === undefined && (
        <Action
          label="Escalate"
          explanation="Those of its escalation are asked besides, now."
          role="operator"
          perform={async (reason) => {
            await post("escalate", { reason });
            return "It is escalated.";
          }}
          onDone={reload}
        />
      )}
      <Action
        label="Reassign"
        explanation="From now on those may answer it, and nobody else."
        role="operator"
        perform={async (reason) => {
          await post("reassign", { reason, roles: namesIn(roles), assignees: namesIn(assignees) });
          return "It is reassigned.";
        }}
        onDone={reload}
      >
        <Field label="Task roles" isOptional hint="Names with commas between them.">
          {(attributes) => (
            <input {...attributes} value={roles} onInput={({ currentTarget }) => setRoles(currentTarget.value)} />
          )}
        </Field>
        <Field label="People" isOptional hint="Names with commas between them.">
          {(attributes) => (
            <input
              {...attributes}
              value={assignees}
              onInput={({ currentTarget }) => setAssignees(currentTarget.value)}
            />
          )}
        </Field>
      </Action>
    </>
  );
}

function namesIn(text: string): readonly string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

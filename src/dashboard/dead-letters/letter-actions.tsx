import type { DeadLetterDetails } from "tenuto/client";
import { ask, part } from "../http/ask.ts";
import { Action } from "../parts/action.tsx";
import { NoteAction } from "../parts/note-action.tsx";
import { RedriveAction } from "./redrive-action.tsx";

export interface LetterActionsProps {
  readonly letter: DeadLetterDetails;
  readonly reload: () => void;
}

/** What can be done about a dead letter that nobody has dealt with. */
export function LetterActions({ letter, reload }: LetterActionsProps) {
  if (letter.status === "resolved" || letter.status === "discarded") return null;
  const path = `v1/dead-letters/${part(letter.id)}`;
  const discard = async (reason: string) => {
    await ask(`${path}/discard`, { method: "POST", body: { reason } });
    return "It is discarded.";
  };
  const isOpen = letter.status === "open";
  return (
    <>
      {isOpen && letter.modes.length > 0 && <RedriveAction letter={letter} reload={reload} />}
      <NoteAction path={`${path}/notes`} onDone={reload} />
      {letter.kind !== "parked" && (isOpen || letter.event) && (
        <Action
          label="Discard"
          title="Discard the dead letter"
          explanation="It is closed, and nothing is done about the run. Effects that are still there stay."
          role="operator"
          isDangerous
          perform={discard}
          onDone={reload}
        />
      )}
    </>
  );
}

import type { DeadLetterDetails } from "tenuto/client";
import { part } from "../http/ask.ts";
import { useAnswer } from "../http/use-answer.ts";
import { Code, Facts, Json } from "../parts/facts.tsx";
import { Show } from "../parts/notes.tsx";
import { NoteList } from "../parts/note-list.tsx";
import { Page, Section } from "../parts/page.tsx";
import { StatusPill } from "../parts/status-pill.tsx";
import { Ago, At } from "../parts/time.tsx";
import { counted, numberOf, words } from "../parts/words.ts";
import { Link } from "../router/link.tsx";
import type { ViewProps } from "../router/match.ts";
import { ErrorChain } from "../runs/run-outcome.tsx";
import { LetterActions } from "./letter-actions.tsx";
import { LetterAttempts } from "./letter-attempts.tsx";
import { LetterEffects } from "./letter-effects.tsx";
import { LetterRedrives } from "./letter-redrives.tsx";
import { kindWords } from "./letter-words.ts";

/** A failure with all that is known of it, and what can be done about it. */
export function DeadLetterPage({ params }: ViewProps) {
  const id = params["id"] ?? "";
  const answered = useAnswer<DeadLetterDetails>(`v1/dead-letters/${part(id)}`);
  const letter = answered.data;
  return (
    <Page
      title={letter ? kindWords[letter.kind] : "Dead letter"}
      tabTitle={`Dead letter ${id.slice(0, 8)}`}
      lead={letter && <LetterLead letter={letter} />}
      actions={
        <>
          <button onClick={answered.reload}>Refresh</button>
          {letter && <LetterActions letter={letter} reload={answered.reload} />}
        </>
      }
    >
      <Show answered={answered} what="the dead letter">
        {(found) => <Letter letter={found} />}
      </Show>
    </Page>
  );
}

function LetterLead({ letter }: { readonly letter: DeadLetterDetails }) {
  const { links, siblings } = letter;
  return (
    <>
      <StatusPill status={letter.status} />
      {letter.runId !== "" && <Link to={`/runs/${part(letter.workflowId)}?runId=${part(letter.runId)}`}>Its run</Link>}
      <Link to={`/error-groups/${part(letter.fingerprint)}`}>All failures like it</Link>
      {siblings.count > 0 && (
        <Link to={`/dead-letters?fingerprint=${part(letter.fingerprint)}`}>
          {counted(siblings.count, "other dead letter")} like it
        </Link>
      )}
      {letter.runId !== "" && links.temporalUi !== undefined && (
        <a href={links.temporalUi} target="_blank" rel="noreferrer">
          Temporal Web UI
        </a>
      )}
    </>
  );
}

const compensations: Readonly<Record<DeadLetterDetails["compensation"], string>> = {
  none: "Nothing was undone",
  complete: "All was undone",
  partial: "Some undos were given up",
  interrupted: "Cut short by the end of the run",
};

function Letter({ letter }: { readonly letter: DeadLetterDetails }) {
  const { closed, event } = letter;
  return (
    <>
      <Section title="What went wrong">
        <ErrorChain error={letter.failure} />
      </Section>
      <LetterEffects letter={letter} />
      <Facts
        facts={{
          "Workflow id": letter.runId !== "" && <Code text={letter.workflowId} />,
          [event ? "Source" : "Type"]: <Code text={letter.type} />,
          [event ? "Type of event" : "Step"]: letter.step !== undefined && <Code text={letter.step} />,
          "Id of the event": event?.id !== undefined && <Code text={event.id} />,
          Failures: numberOf(letter.count),
          "First seen": <At at={letter.firstSeenAt} />,
          "Last seen": <Ago at={letter.lastSeenAt} />,
          Undone: compensations[letter.compensation],
          "Can be reset until": letter.resettableUntil !== undefined && <At at={letter.resettableUntil} />,
          Worker: letter.workerIdentity !== undefined && <Code text={letter.workerIdentity} />,
          Build: letter.buildId !== undefined && <Code text={letter.buildId} />,
          "Started by": letter.parentWorkflowId !== undefined && (
            <Link to={`/runs/${part(letter.parentWorkflowId)}`}>
              <Code text={letter.parentWorkflowId} />
            </Link>
          ),
          [words(letter.status)]: closed && `By ${closed.by}: ${closed.reason}`,
        }}
      />
      <LetterAttempts attempts={letter.attempts} />
      <Section title={event ? "What came" : "Input of the run"}>
        {letter.inputTruncated === true ? (
          <p class="quiet">It is too large to be kept here. The run has it.</p>
        ) : (
          <Json value={letter.input} label={event ? "What came" : "The input"} />
        )}
      </Section>
      <LetterRedrives redrives={letter.redrives} />
      <NoteList notes={letter.notes} />
    </>
  );
}

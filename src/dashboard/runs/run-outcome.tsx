import type { RunDescription, RunError, RunResult } from "tenuto/client";
import { part } from "../http/ask.ts";
import { useAnswer } from "../http/use-answer.ts";
import { Json } from "../parts/facts.tsx";
import { LongText } from "../parts/long-text.tsx";
import { Show } from "../parts/notes.tsx";
import { Section } from "../parts/page.tsx";
import { DeadLetterLink } from "./run-dead-letter.tsx";

/** How a run ended. */
export function RunOutcome({ run }: { readonly run: RunDescription }) {
  const isOver = run.status !== "running" && run.status !== "continuedAsNew";
  const path = `v1/runs/${part(run.workflowId)}/result`;
  const answered = useAnswer<RunResult>(isOver ? path : undefined, { runId: run.runId });
  if (!isOver) return null;
  return (
    <Section title={run.status === "completed" ? "Result" : "Why it ended"}>
      <Show answered={answered} what="how it ended">
        {({ status, result, error }) => (
          <>
            {error && <ErrorChain error={error} />}
            {status === "completed" && <Json value={result} label="The result" />}
            {status !== "completed" && <DeadLetterLink run={run} />}
          </>
        )}
      </Show>
    </Section>
  );
}

/** An error, and what caused it. */
export function ErrorChain({ error }: { readonly error: Pick<RunError, "type" | "message"> & Partial<RunError> }) {
  return (
    <div class="error-chain">
      <p class="error-text" dir="auto">
        <strong>{error.type}</strong> <LongText text={error.message} />
      </p>
      {error.step !== undefined && <p class="quiet">In the step {error.step}</p>}
      {error.data !== undefined && <Json value={error.data} label="What it carries" />}
      {error.cause && (
        <>
          <p class="quiet">Caused by</p>
          <ErrorChain error={error.cause} />
        </>
      )}
    </div>
  );
}

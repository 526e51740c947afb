import { useState } from "preact/hooks";
import type { RunDescription } from "tenuto/client";
import { ask, part } from "../http/ask.ts";
import { Action } from "../parts/action.tsx";
import { Code } from "../parts/facts.tsx";
import { LongText } from "../parts/long-text.tsx";
import { Section } from "../parts/page.tsx";
import { Ago } from "../parts/time.tsx";
import { SchemaForm } from "../schema-form/schema-form.tsx";
import { DeadLetterLink } from "./run-dead-letter.tsx";

export interface RunWaitsProps {
  readonly run: RunDescription;
  readonly reload: () => void;
}

/** What a run waits for: a decision about a step, somebody who resumes it, or its slot. */
export function RunWaits({ run, reload }: RunWaitsProps) {
  const { incidents, paused, waitingFor, account } = run;
  const held = account?.held ?? [];
  if (incidents.length === 0 && !paused && !waitingFor) return null;
  return (
    <Section title="What it waits for">
      <div class="cards waits">
        {incidents.map((incident) => (
          <div class="card" key={incident.id}>
            <h3>
              {incident.kind === "undo" ? "An undo is parked: " : "A step is parked: "}
              <Code text={incident.step} />
            </h3>
            <p class="line-error" dir="auto">
              <strong>{incident.error.type}</strong> <LongText text={incident.error.message} />
            </p>
            <p class="quiet">
              Since <Ago at={incident.since} />. Somebody decides how it goes on.
            </p>
            <div class="actions">
              <DeadLetterLink run={run} />
              {incident.kind === "step" && (
                <SkipAction run={run} step={incident.step} stepKey={incident.key} reload={reload} />
              )}
            </div>
          </div>
        ))}
        {paused && (
          <div class="card">
            <h3>It is paused</h3>
            <p dir="auto">
              By {paused.by}, <Ago at={paused.at} />: <LongText text={paused.reason} />
            </p>
            {held.map(({ step, key }) => (
              <div class="actions" key={key}>
                <span>
                  Held: <Code text={step} />
                </span>
                <SkipAction run={run} step={step} stepKey={key} reload={reload} />
              </div>
            ))}
          </div>
        )}
        {waitingFor && (
          <div class="card">
            <h3>It waits for its slot</h3>
            <p>
              In the lane <Code text={waitingFor.lane} />
              {waitingFor.position === undefined ? "" : `, as number ${waitingFor.position}`}. None of its code has run.
            </p>
          </div>
        )}
      </div>
    </Section>
  );
}

interface SkipProps extends RunWaitsProps {
  readonly step: string;
  readonly stepKey: string | undefined;
}

function SkipAction({ run, step, stepKey, reload }: SkipProps) {
  const [output, setOutput] = useState<unknown>();
  const skip = async (reason: string) => {
    const body = {
      step,
      reason,
      ...(stepKey !== undefined && { key: stepKey }),
      ...(output !== undefined && { output }),
    };
    await ask(`v1/runs/${part(run.workflowId)}/skip`, { method: "POST", query: { runId: run.runId }, body });
    return `The step ${step} is skipped.`;
  };
  return (
    <Action
      label="Skip this step"
      title={`Skip ${step}`}
      explanation="The run goes on with the output that you give, as if the step had answered it. Its undo is dropped."
      role="operator"
      perform={skip}
      onDone={reload}
    >
      <SchemaForm schema={{}} value={output} onChange={setOutput} pointer="/output" />
    </Action>
  );
}

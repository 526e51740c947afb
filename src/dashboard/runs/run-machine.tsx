import type { MachineState, RunDescription } from "tenuto/client";
import type { CatalogueEntry } from "../../api/catalogue.ts";
import { part } from "../http/ask.ts";
import { useAnswer } from "../http/use-answer.ts";
import { Show } from "../parts/notes.tsx";
import { Section } from "../parts/page.tsx";
import { Table } from "../parts/table.tsx";
import { Ago, At } from "../parts/time.tsx";
import { useEffect } from "preact/hooks";

export interface MachineSectionProps {
  readonly run: RunDescription;
  readonly type: CatalogueEntry | undefined;
}

/** The state machine of a run: where it is among its states, and how it came there. */
export function MachineSection({ run, type }: MachineSectionProps) {
  const answered = useAnswer<MachineState>(`v1/runs/${part(run.workflowId)}/state`, { runId: run.runId });
  const now = JSON.stringify([run.machine, run.historyLength]);
  useEffect(answered.reload, [now]);
  return (
    <Section title="State">
      <Show answered={answered} what="its state">
        {(machine) => (
          <>
            <StateList states={type?.machine?.states ?? machine.state} active={machine.state} />
            {machine.moving && (
              <p>
                It is on its way since <Ago at={machine.moving.since} />: {machine.moving.steps.join(", ")}
              </p>
            )}
            {machine.allowed.length > 0 && <p class="quiet">It takes {machine.allowed.join(", ")}.</p>}
            {machine.deadlines.map(({ state, at }) => (
              <p key={state} class="quiet">
                The time in {state} is over <Ago at={at} />.
              </p>
            ))}
            <Table
              caption="The last transitions, newest first"
              rows={machine.transitions.toReversed()}
              keyOf={({ number }) => String(number)}
              empty={null}
              columns={[
                { title: "Number", align: "end", cell: ({ number }) => number },
                { title: "Then in", cell: ({ state }) => state.join(", ") },
                { title: "Because of", cell: ({ cause }) => causeTold(cause) },
                { title: "At", cell: ({ at }) => <At at={at} /> },
              ]}
            />
          </>
        )}
      </Show>
    </Section>
  );
}

interface StateListProps {
  readonly states: readonly string[];
  readonly active: readonly string[];
}

/** All states, those it is in marked. */
export function StateList({ states, active }: StateListProps) {
  const isIn = (state: string) => active.some((path) => path === state || path.startsWith(`${state}.`));
  return (
    <ul class="states" aria-label="States">
      {states.map((state) => (
        <li key={state} aria-current={isIn(state) ? "step" : undefined}>
          {state}
        </li>
      ))}
    </ul>
  );
}

function causeTold(cause: MachineState["transitions"][number]["cause"]): string {
  switch (cause.kind) {
    case "start":
      return "Its start";
    case "event":
      return `${cause.event}${cause.by === undefined ? "" : ` by ${cause.by}`}`;
    case "timeout":
      return `${cause.after} in ${cause.state} being over`;
    case "output":
      return `What ${cause.step} answered`;
    case "failure":
      return `${cause.step} failing: ${cause.error}`;
    case "rewind":
      return `${cause.by} bringing it back: ${cause.reason}`;
    case "migration":
      return `A new version, after version ${cause.fromVersion}`;
  }
}

import { useEffect } from "preact/hooks";
import type { MachineState, RunDescription } from "tenuto/client";
import type { CatalogueEntry } from "../../api/catalogue.ts";
import { part } from "../http/ask.ts";
import { useAnswer } from "../http/use-answer.ts";
import { MachineView } from "../machine/machine-view.tsx";
import { StateList } from "../machine/state-list.tsx";
import { Show } from "../parts/notes.tsx";
import { Section } from "../parts/page.tsx";
import { Table } from "../parts/table.tsx";
import { Ago, At } from "../parts/time.tsx";
import { Link } from "../router/link.tsx";

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
            <p role="status">
              It is in <strong>{machine.state.join(", ")}</strong>.
            </p>
            <WhereItIs machine={machine} type={type} />
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

interface WhereItIsProps {
  readonly machine: MachineState;
  readonly type: CatalogueEntry | undefined;
}

function WhereItIs({ machine: { state, version }, type }: WhereItIsProps) {
  // The newest version.
  const drawn = type?.machine;
  if (drawn?.version === version) return <MachineView machine={drawn} active={state} />;
  return (
    <>
      <StateList states={state} active={state} />
      {type && drawn && (
        <p class="quiet">
          It is of version {version}. <Link to={`/workflow-types/${part(type.name)}`}>Version {drawn.version}</Link> is
          drawn, which runs have that are started now.
        </p>
      )}
    </>
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

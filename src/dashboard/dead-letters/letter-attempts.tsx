import type { DeadLetterDetails } from "tenuto/client";
import { Section } from "../parts/page.tsx";
import { Table } from "../parts/table.tsx";
import { At, Took } from "../parts/time.tsx";

/** The attempts of the step that failed. */
export function LetterAttempts({ attempts }: { readonly attempts: DeadLetterDetails["attempts"] }) {
  if (attempts.length === 0) return null;
  return (
    <Section title="Attempts of the step">
      <Table
        caption="Attempts of the step that failed"
        rows={attempts}
        keyOf={({ attempt }) => String(attempt)}
        empty={null}
        columns={[
          { title: "Attempt", align: "end", cell: ({ attempt }) => attempt },
          { title: "Begun", cell: ({ startedAt }) => <At at={startedAt} /> },
          {
            title: "Took",
            align: "end",
            cell: ({ startedAt, closedAt }) =>
              startedAt !== undefined && closedAt !== undefined ? <Took from={startedAt} to={closedAt} /> : "–",
          },
          {
            title: "Error",
            isWide: true,
            cell: ({ error }) => (error ? `${error.type}: ${error.message}` : "Not known: only the last one is kept"),
          },
        ]}
      />
    </Section>
  );
}

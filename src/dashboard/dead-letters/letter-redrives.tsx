import type { DeadLetterDetails } from "tenuto/client";
import { part } from "../http/ask.ts";
import { Section } from "../parts/page.tsx";
import { Table } from "../parts/table.tsx";
import { Ago } from "../parts/time.tsx";
import { words } from "../parts/words.ts";
import { Link } from "../router/link.tsx";

/** How it was made to go again. */
export function LetterRedrives({ redrives }: { readonly redrives: DeadLetterDetails["redrives"] }) {
  if (redrives.length === 0) return null;
  return (
    <Section title="Redrives">
      <Table
        caption="Redrives, oldest first"
        rows={redrives}
        keyOf={({ at, mode }) => `${at} ${mode}`}
        empty={null}
        columns={[
          { title: "How", cell: ({ mode }) => words(mode) },
          { title: "By", cell: ({ by }) => by },
          { title: "Why", isWide: true, cell: ({ reason }) => reason },
          {
            title: "Batch",
            cell: ({ batchId }) =>
              batchId === undefined ? "–" : <Link to={`/batches/${part(batchId)}`}>Open it</Link>,
          },
          {
            title: "What came of it",
            cell: ({ outcome, newWorkflowId }) => (
              <>
                {outcome ?? "Not known yet"}{" "}
                {newWorkflowId !== undefined && <Link to={`/runs/${part(newWorkflowId)}`}>Its run</Link>}
              </>
            ),
          },
          { title: "When", cell: ({ at }) => <Ago at={at} /> },
        ]}
      />
    </Section>
  );
}

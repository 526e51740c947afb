import type { CatalogueEntry } from "../../api/catalogue.ts";
import { part } from "../http/ask.ts";
import { useAnswer } from "../http/use-answer.ts";
import { Code } from "../parts/facts.tsx";
import { Nothing, Show } from "../parts/notes.tsx";
import { Page } from "../parts/page.tsx";
import { Table } from "../parts/table.tsx";
import { Link } from "../router/link.tsx";
import { StartAction } from "./start-action.tsx";
import { durationTold } from "./duration-told.ts";

/** What can be started. */
export function TypeList() {
  const answered = useAnswer<{ readonly items: readonly CatalogueEntry[] }>("v1/workflow-types");
  return (
    <Page title="Workflow types" lead="What the app can run.">
      <Show answered={answered} what="the workflow types">
        {({ items }) => (
          <Table
            caption="Workflow types"
            rows={items}
            keyOf={({ name }) => name}
            empty={<Nothing title="The app has no workflows">Add one to defineApp.</Nothing>}
            columns={[
              {
                title: "Type",
                cell: ({ name }) => (
                  <Link to={`/workflow-types/${part(name)}`}>
                    <Code text={name} />
                  </Link>
                ),
              },
              { title: "What it does", isWide: true, cell: ({ description }) => description },
              { title: "SLA", cell: ({ sla }) => durationTold(sla) },
              { title: "Deadline", cell: ({ deadline }) => durationTold(deadline) },
              { title: "Start", cell: (type) => <StartAction type={type} label={`Start ${type.name}`} /> },
            ]}
          />
        )}
      </Show>
    </Page>
  );
}

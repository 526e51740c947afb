import { part } from "../http/ask.ts";
import { Nothing } from "../parts/notes.tsx";
import { Section } from "../parts/page.tsx";
import { StatusPill } from "../parts/status-pill.tsx";
import { Table } from "../parts/table.tsx";
import { Ago } from "../parts/time.tsx";
import { numberOf } from "../parts/words.ts";
import { Link } from "../router/link.tsx";
import { Age } from "./age.tsx";
import type { MetricsSummary } from "tenuto/client";

/** What fails most. */
export function TopErrorGroups({ groups }: { readonly groups: MetricsSummary["errorGroups"] }) {
  return (
    <Section title="What fails most">
      <Table
        caption="The error groups with the most failures"
        rows={groups.top}
        keyOf={({ fingerprint }) => fingerprint}
        empty={<Nothing title="Nothing fails" />}
        columns={[
          {
            title: "Error",
            isWide: true,
            cell: ({ fingerprint, title }) => <Link to={`/error-groups/${part(fingerprint)}`}>{title}</Link>,
          },
          { title: "Type", cell: ({ type }) => type },
          { title: "Status", cell: ({ status }) => <StatusPill status={status} /> },
          { title: "Failures", align: "end", cell: ({ count }) => numberOf(count) },
          { title: "Trend", cell: ({ trend }) => <Sparkline values={trend} /> },
          { title: "Last", cell: ({ lastSeenAt }) => <Ago at={lastSeenAt} /> },
        ]}
      />
      <Age asOf={groups.asOf} />
    </Section>
  );
}

const width = 96;
const height = 22;

/** A line of counts, told in words to who does not see it. */
function Sparkline({ values }: { readonly values: readonly number[] }) {
  const most = Math.max(1, ...values);
  const step = width / Math.max(1, values.length - 1);
  const points = values.map((value, index) => `${index * step},${height - 1 - (value / most) * (height - 2)}`);
  return (
    <svg class="sparkline" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`Failures: ${values.join(", ")}`}>
      <polyline points={points.join(" ")} />
    </svg>
  );
}

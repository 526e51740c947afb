import type { StoredAlertRule } from "tenuto";
import { useAnswer } from "../http/use-answer.ts";
import { Code } from "../parts/facts.tsx";
import { Nothing, Show } from "../parts/notes.tsx";
import { Page } from "../parts/page.tsx";
import { StatusPill } from "../parts/status-pill.tsx";
import { Table } from "../parts/table.tsx";
import { Ago } from "../parts/time.tsx";
import { Link } from "../router/link.tsx";
import { conditionTold } from "./condition-told.ts";
import { RuleActions } from "./rule-actions.tsx";
import { NewRuleAction } from "./rule-form.tsx";

const origins: Readonly<Record<StoredAlertRule["origin"], string>> = {
  shipped: "Tenuto",
  code: "The code",
  api: "Somebody, over the API",
};

/** What alerts are raised about, and who is told. */
export function RuleList() {
  const answered = useAnswer<{ readonly items: readonly StoredAlertRule[] }>("v1/alert-rules");
  return (
    <Page
      title="Alert rules"
      lead={
        <>
          What alerts are raised about, and who is told. <Link to="/alerts">The alerts</Link>
        </>
      }
      actions={
        <>
          <button onClick={answered.reload}>Refresh</button>
          {answered.data && <NewRuleAction rules={answered.data.items} reload={answered.reload} />}
        </>
      }
    >
      <Show answered={answered} what="the rules">
        {({ items }) => (
          <Table
            caption="Alert rules"
            rows={items}
            keyOf={({ id }) => id}
            empty={
              <Nothing title="There is no rule">
                <p>The shipped ones are there once a system worker runs.</p>
              </Nothing>
            }
            columns={[
              {
                title: "Rule",
                isWide: true,
                cell: (rule) => (
                  <>
                    <Link to={`/alerts?rule=${encodeURIComponent(rule.id)}`}>{rule.title}</Link>
                    <p class="quiet">
                      <Code text={rule.id} />
                    </p>
                    <p>{conditionTold(rule.condition)}</p>
                  </>
                ),
              },
              { title: "Severity", cell: ({ severity }) => <StatusPill status={severity} /> },
              { title: "State", cell: ({ isEnabled }) => <StatusPill status={isEnabled ? "on" : "off"} /> },
              { title: "Told by", cell: ({ channels }) => channels.join(", ") },
              {
                title: "From",
                cell: ({ origin, changed }) => (
                  <>
                    {origins[origin]}
                    {changed && origin === "api" && (
                      <p class="quiet">
                        {changed.by}, <Ago at={changed.at} />: {changed.reason}
                      </p>
                    )}
                  </>
                ),
              },
              { title: "Do", cell: (rule) => <RuleActions rule={rule} reload={answered.reload} /> },
            ]}
          />
        )}
      </Show>
    </Page>
  );
}

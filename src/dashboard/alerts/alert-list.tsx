import type { Alert } from "tenuto/client";
import { ask, part } from "../http/ask.ts";
import { useAnswer } from "../http/use-answer.ts";
import { useLiveList } from "../http/use-live-list.ts";
import { useStore } from "../http/store.ts";
import { Action } from "../parts/action.tsx";
import { Code, Facts } from "../parts/facts.tsx";
import { Choice, Filters, TextFilter } from "../parts/filters.tsx";
import { LongText } from "../parts/long-text.tsx";
import { Nothing, Show } from "../parts/notes.tsx";
import { Page } from "../parts/page.tsx";
import { type Page as ListPage, Pager } from "../parts/pager.tsx";
import { StatusPill } from "../parts/status-pill.tsx";
import { Ago } from "../parts/time.tsx";
import { numberOf, words } from "../parts/words.ts";
import { Link } from "../router/link.tsx";
import { place } from "../router/location.ts";

const statuses = ["open", "acknowledged", "resolved"] as const;

/** What rules have found, the last first. */
export function AlertList() {
  const { query } = useStore(place);
  const answered = useAnswer<ListPage<Alert>>("v1/alerts", { ...query, limit: 50 });
  useLiveList(answered, ({ tasks, deadLetters }) => [tasks.open, tasks.overdue, deadLetters.open]);
  return (
    <Page
      title="Alerts"
      lead={
        <>
          What rules have found, the last first. <Link to="/alert-rules">The rules</Link>
        </>
      }
      actions={<button onClick={answered.reload}>Refresh</button>}
    >
      <Filters>
        <Choice name="status" label="Status" options={statuses.map((status) => [status, words(status)] as const)} />
        <TextFilter name="rule" label="Rule" />
      </Filters>
      <Show answered={answered} what="the alerts">
        {({ items, nextCursor }) => (
          <>
            {items.length === 0 && (
              <Nothing title="No alert is like that">
                <p>Nothing that a rule looks for has been found.</p>
              </Nothing>
            )}
            <div class="alerts">
              {items.map((alert) => (
                <AlertCard key={alert.id} alert={alert} reload={answered.reload} />
              ))}
            </div>
            <Pager nextCursor={nextCursor} />
          </>
        )}
      </Show>
    </Page>
  );
}

function AlertCard({ alert, reload }: { readonly alert: Alert; readonly reload: () => void }) {
  const { acknowledged, resolved } = alert;
  const acknowledge = async (reason: string) => {
    await ask(`v1/alerts/${part(alert.id)}/acknowledge`, { method: "POST", body: { reason } });
    return "It is yours. It escalates no further.";
  };
  return (
    <article class="card alert-card">
      <div class="section-head">
        <h2 dir="auto">{alert.title}</h2>
        {alert.status === "open" && (
          <Action
            label="Acknowledge"
            title="Acknowledge the alert"
            explanation="Others see that you look after it, and it escalates no further."
            role="operator"
            perform={acknowledge}
            onDone={reload}
          />
        )}
      </div>
      <p class="pills">
        <StatusPill status={alert.severity} />
        <StatusPill status={alert.status} />
        {alert.escalatedAt !== undefined && <StatusPill status="escalated" />}
      </p>
      {alert.text !== "" && (
        <p class="alert-text">
          <LongText text={alert.text} />
        </p>
      )}
      <Facts
        facts={{
          Rule: <Code text={alert.rule} />,
          About: <Code text={alert.subject} />,
          Occurrences: numberOf(alert.count),
          First: <Ago at={alert.firstAt} />,
          Last: <Ago at={alert.lastAt} />,
          "Told by": alert.channels.join(", "),
          Tenant: alert.tenant,
          Acknowledged: acknowledged && `By ${acknowledged.by}: ${acknowledged.reason}`,
          Resolved: resolved?.reason,
        }}
      />
      <LinkList links={alert.links} />
    </article>
  );
}

/** Links that rules give; what is no web address is shown as text. */
function LinkList({ links }: { readonly links: Alert["links"] }) {
  const entries = Object.entries(links);
  if (entries.length === 0) return null;
  return (
    <p class="actions">
      {entries.map(([name, address]) =>
        /^https?:\/\//i.test(address) ? (
          <a key={name} href={address} target="_blank" rel="noreferrer">
            {words(name)}
          </a>
        ) : (
          <Code key={name} text={address} />
        ),
      )}
    </p>
  );
}

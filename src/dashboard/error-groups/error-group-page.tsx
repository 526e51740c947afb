import type { ErrorGroupDetails } from "tenuto/client";
import { BulkAction } from "../batches/bulk-action.tsx";
import { part } from "../http/ask.ts";
import { useAnswer } from "../http/use-answer.ts";
import { useStore } from "../http/store.ts";
import { Code, Facts } from "../parts/facts.tsx";
import { NoteList } from "../parts/note-list.tsx";
import { Show } from "../parts/notes.tsx";
import { Page, Section } from "../parts/page.tsx";
import { StatusPill } from "../parts/status-pill.tsx";
import { Ago, At } from "../parts/time.tsx";
import { numberOf, percentOf, words } from "../parts/words.ts";
import { Link } from "../router/link.tsx";
import { place } from "../router/location.ts";
import type { ViewProps } from "../router/match.ts";
import { ErrorChain } from "../runs/run-outcome.tsx";
import { GroupActions } from "./group-actions.tsx";
import { GroupHours } from "./group-hours.tsx";

/** All failures of one pattern. */
export function ErrorGroupPage({ params }: ViewProps) {
  const fingerprint = params["fingerprint"] ?? "";
  const { query } = useStore(place);
  const { tenant } = query;
  const answered = useAnswer<ErrorGroupDetails>(`v1/error-groups/${part(fingerprint)}`, { tenant });
  const group = answered.data;
  return (
    <Page
      title={group?.error.type ?? "Error group"}
      tabTitle={`Error group ${fingerprint.slice(0, 8)}`}
      lead={
        group && (
          <>
            <StatusPill status={group.status} />
            <Link to={`/dead-letters?fingerprint=${part(fingerprint)}`}>Its dead letters</Link>
            <Link to={`/dead-letters/${part(group.sample.letterId)}`}>The last one</Link>
          </>
        )
      }
      actions={
        <>
          <button onClick={answered.reload}>Refresh</button>
          {group && (
            <>
              {group.deadLetters.ids.length > 0 && tenant === undefined && (
                <BulkAction label="Redrive its dead letters" filter={{ fingerprint }} />
              )}
              <GroupActions group={group} tenant={tenant} reload={answered.reload} />
            </>
          )}
        </>
      }
    >
      <Show answered={answered} what="the error group">
        {(found) => <Group group={found} />}
      </Show>
    </Page>
  );
}

function Group({ group }: { readonly group: ErrorGroupDetails }) {
  const { ignored, resolved, regression, isOfEvents } = group;
  return (
    <>
      <Section title="What they have in common">
        <p class="prose" dir="auto">
          {group.pattern}
        </p>
        <p class="quiet">The last one said</p>
        <ErrorChain error={group.error} />
      </Section>
      <Facts
        facts={{
          [isOfEvents ? "Source" : "Type"]: <Code text={group.type} />,
          [isOfEvents ? "Type of event" : "Step"]: group.step !== undefined && <Code text={group.step} />,
          Failures: numberOf(group.count),
          "In the last hour": numberOf(group.lastHour),
          "Of all failures of its type": percentOf(group.share.ofType),
          "First seen": <At at={group.firstSeenAt} />,
          "Last seen": <Ago at={group.lastSeenAt} />,
          "Assigned to": group.assignee,
          "Came back": group.regressions > 0 && `${numberOf(group.regressions)} times`,
          "Why it is back": regression?.because,
          "By kind": Object.entries(group.kinds)
            .map(([kind, count]) => `${words(kind)} ${numberOf(count)}`)
            .join(", "),
          "By build": group.builds.map(({ buildId, count }) => `${buildId} ${numberOf(count)}`).join(", "),
          Resolved: resolved && `By ${resolved.by}: ${resolved.reason}`,
          Ignored: ignored && `By ${ignored.by}: ${ignored.reason}`,
          "Ignored until": ignored?.until && untilOf(ignored.until),
        }}
      />
      <GroupHours hours={group.hours} />
      <NoteList notes={group.notes} />
    </>
  );
}

function untilOf({ at, count, perHour }: NonNullable<NonNullable<ErrorGroupDetails["ignored"]>["until"]>) {
  return (
    <>
      {at !== undefined && <At at={at} />}
      {count !== undefined && ` ${numberOf(count)} more failures`}
      {perHour !== undefined && ` ${numberOf(perHour)} failures an hour`}
    </>
  );
}

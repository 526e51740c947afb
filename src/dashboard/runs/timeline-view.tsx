import { useState } from "preact/hooks";
import type { PendingStep } from "tenuto/client";
import { Json } from "../parts/facts.tsx";
import { LongText } from "../parts/long-text.tsx";
import { Nothing } from "../parts/notes.tsx";
import { StatusPill } from "../parts/status-pill.tsx";
import { Ago, durationOf, exactly, timeOfDay, useNow } from "../parts/time.tsx";
import { counted } from "../parts/words.ts";
import type { Call, Moment, Timeline } from "./timeline.ts";

export interface TimelineViewProps {
  readonly timeline: Timeline;
  /** What the server knows of steps that are not over: no event tells of their attempts. */
  readonly pending: readonly PendingStep[];
  readonly closedAt: string | undefined;
}

/** More is drawn when it is asked for. */
const drawnAtOnce = 200;

/** What a run did, a line each, with a bar for when. */
export function TimelineView({ timeline, pending, closedAt }: TimelineViewProps) {
  const [isWhole, setWhole] = useState(false);
  const now = useNow(closedAt === undefined ? 1_000 : undefined);
  const { entries, from } = timeline;
  if (from === undefined || entries.length === 0) {
    return <Nothing title="Nothing has been done yet">Its steps show up here as they begin.</Nothing>;
  }
  const shown = isWhole ? entries : entries.slice(-drawnAtOnce);
  const begin = Date.parse(from);
  const end = Math.max(begin + 1, closedAt === undefined ? now : Date.parse(closedAt));
  const share = (time: string | number) => {
    const at = typeof time === "string" ? Date.parse(time) : time;
    return Math.min(100, Math.max(0, ((at - begin) / (end - begin)) * 100));
  };
  return (
    <>
      {shown.length < entries.length && (
        <p>
          {counted(entries.length - shown.length, "earlier line")} {"are not drawn. "}
          <button onClick={() => setWhole(true)}>Draw all</button>
        </p>
      )}
      <ol class="timeline">
        {shown.map((entry) =>
          entry.kind === "moment" ? (
            <MomentLine key={entry.id} moment={entry} left={share(entry.at)} />
          ) : (
            <CallLine
              key={entry.id}
              call={entry}
              pending={pending.find(({ activityId }) => entry.to === undefined && activityId === entry.activityId)}
              left={share(entry.from)}
              right={share(entry.to ?? end)}
              end={end}
            />
          ),
        )}
      </ol>
    </>
  );
}

function MomentLine({ moment, left }: { readonly moment: Moment; readonly left: number }) {
  return (
    <li class={moment.isBad ? "line moment bad" : "line moment"}>
      <div class="line-what" dir="auto">
        <LongText text={moment.what} />
      </div>
      <div class="line-when quiet">
        <time dateTime={moment.at} title={exactly(moment.at)}>
          {timeOfDay(moment.at)}
        </time>
      </div>
      <div class="track" aria-hidden="true">
        <span class="mark" style={{ insetInlineStart: `${left}%` }} />
      </div>
    </li>
  );
}

interface CallLineProps {
  readonly call: Call;
  readonly pending: PendingStep | undefined;
  readonly left: number;
  readonly right: number;
  readonly end: number;
}

const kinds = { step: "", undo: "Undo", child: "Child" } as const;

function CallLine({ call, pending, left, right, end }: CallLineProps) {
  const attempts = pending?.attempt ?? call.attempts;
  const isWaiting = pending !== undefined && attempts > 1 && pending.state === "scheduled";
  const status = isWaiting ? "retrying" : pending ? pending.state : call.status;
  const error = pending?.lastFailure ?? call.error;
  const tookMs = (call.to === undefined ? end : Date.parse(call.to)) - Date.parse(call.from);
  return (
    <li class={`line ${call.kind}`}>
      <div class="line-what">
        {call.kind !== "step" && <span class="tag">{kinds[call.kind]}</span>}
        <span class="line-name" dir="auto">
          {call.name}
        </span>
        <StatusPill status={status} />
        {attempts > 1 && <span class="quiet">{counted(attempts, "attempt")}</span>}
        {pending?.nextRetryAt !== undefined && (
          <span class="quiet">
            again <Ago at={pending.nextRetryAt} />
          </span>
        )}
      </div>
      <div
        class="line-when quiet number"
        title={`${exactly(call.from)}${call.to === undefined ? "" : ` – ${exactly(call.to)}`}`}
      >
        {durationOf(Math.max(0, tookMs))}
      </div>
      <div class="track" aria-hidden="true">
        <span
          class={`bar bar-${call.status}`}
          style={{ insetInlineStart: `${left}%`, width: `${Math.max(0.6, right - left)}%` }}
        />
      </div>
      {error && (
        <p class="line-error" dir="auto">
          <strong>{error.type}</strong> <LongText text={error.message} />
        </p>
      )}
      <details class="line-more">
        <summary>
          Input and output<span class="unseen"> of {call.name}</span>
        </summary>
        <h3>Input</h3>
        <Json value={call.input} label={`Input of ${call.name}`} />
        <h3>Output</h3>
        <Json value={call.output} label={`Output of ${call.name}`} />
      </details>
    </li>
  );
}

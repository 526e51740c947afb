import type { EventSourceStatus } from "tenuto";
import type { Cli } from "./cli.ts";
import { distance } from "./relative-time.ts";
import type { Column } from "./table.ts";

/** Lists the event sources. */
export async function listEventSources({ api, output, isJson }: Cli): Promise<undefined> {
  const sources = await api.get<{ readonly items: readonly EventSourceStatus[] }>("/v1/event-sources");
  if (isJson) {
    output.json(sources);
    return;
  }
  if (sources.items.length > 0) output.table(sources.items, columnsAt(Date.now()));
  else output.notice("The app has no event sources.");
}

function columnsAt(nowMs: number): readonly Column<EventSourceStatus>[] {
  const ago = (time: string | undefined) => time && `${distance(time, nowMs)} ago`;
  return [
    { title: "NAME", value: ({ name }) => name },
    { title: "KIND", value: ({ kind }) => kind, leaveOut: 3 },
    { title: "STATE", value: ({ state }) => state },
    { title: "WAITING", value: ({ backlog }) => backlog, leaveOut: 1 },
    { title: "IN FLIGHT", value: ({ inFlight }) => inFlight, leaveOut: 4 },
    { title: "A MINUTE", value: ({ ratePerMinute }) => ratePerMinute, leaveOut: 2 },
    { title: "AS OF", value: ({ asOf }) => ago(asOf), leaveOut: 5 },
    { title: "LAST EVENT", value: ({ lastEventAt }) => ago(lastEventAt), leaveOut: 6 },
    { title: "PAUSED BY", value: ({ paused }) => paused?.by, leaveOut: 7 },
    { title: "LAST ERROR", value: ({ lastError }) => lastError, atLeast: 12, leaveOut: 8 },
  ];
}

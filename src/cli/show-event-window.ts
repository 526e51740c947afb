import type { ListedEventWindow } from "tenuto/client";
import type { Cli } from "./cli.ts";
import type { Output } from "./output.ts";
import { atTime } from "./relative-time.ts";

/** Which window of events. */
export interface WindowChoice {
  readonly id: string;
  readonly tenant?: string | undefined;
}

/** Shows all that is known about a window of events. */
export async function showEventWindow({ api, output, isJson }: Cli, { id, tenant }: WindowChoice): Promise<undefined> {
  const path = `/v1/event-windows/${encodeURIComponent(id)}`;
  const window = await api.get<ListedEventWindow>(path, { tenant });
  if (isJson) output.json(window);
  else tellWindow(output, window);
}

function tellWindow(output: Output, window: ListedEventWindow): void {
  const nowMs = Date.now();
  const { waiting, starting, run, lastRun, counts, refusals } = window;
  const at = (time: string | undefined) => time && atTime(time, nowMs);
  output.fields([
    ["Window", `${window.id}, ${window.kind}`],
    ["Gathers", `${window.type} of ${window.source}, app ${window.app}`],
    ["Key", window.key],
    ["Waiting", `${waiting.events} events, ${waiting.bytes} bytes`],
    ["Since", at(waiting.since)],
    ["Closes", at(waiting.closesAt)],
    ["Starting", starting && `a run with ${starting.events} events, ${atTime(starting.since, nowMs)}`],
    [
      "Failure",
      starting?.failure && `${starting.failure.type}: ${starting.failure.message}, ${at(starting.failure.at)}`,
    ],
    ["Run", run && `${run.workflowId}, ${atTime(run.since, nowMs)}`],
    ["Asked to cancel", at(run?.cancelAskedAt)],
    ["Last run", lastRun && `${lastRun.workflowId}, ${atTime(lastRun.at, nowMs)}`],
    ["Events", `${counts.events} taken, ${counts.duplicates} again, ${counts.superseded} superseded`],
    ["Runs", `${counts.started} started; ${counts.refused} events refused`],
  ]);
  if (refusals.length === 0) return;
  output.heading("Refused");
  for (const { at: time, events, error, deadLetterIds } of refusals) {
    output.text(`${atTime(time, nowMs)}: ${events} events, ${error.type}: ${error.message}`);
    output.text(`see them: tenuto dead-letters show ${deadLetterIds[0] ?? "ID"}`);
  }
}

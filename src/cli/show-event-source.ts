import type { EventSourceStatus, TakenEvent } from "tenuto";
import type { Cli } from "./cli.ts";
import { ApiProblem } from "./errors/api-problem.ts";
import type { Output } from "./output.ts";
import { atTime, distance } from "./relative-time.ts";

/** Shows all that is known about an event source. */
export async function showEventSource({ api, output, isJson }: Cli, name: string): Promise<undefined> {
  const { items } = await api.get<{ readonly items: readonly EventSourceStatus[] }>("/v1/event-sources");
  const source = items.find((each) => each.name === name);
  if (!source) {
    const detail = `There is no event source ${JSON.stringify(name)}.`;
    throw new ApiProblem(
      { title: "Not Found", status: 404, code: "EVENT_SOURCE_NOT_FOUND", detail },
      { mayBeDone: false },
    );
  }
  if (isJson) output.json(source);
  else tellSource(output, source);
}

function tellSource(output: Output, source: EventSourceStatus): void {
  const nowMs = Date.now();
  const { name, kind, state, paused, backlog, backlogAt, asOf, outcomes } = source;
  const at = (time: string | undefined) => time && atTime(time, nowMs);
  output.fields([
    ["Event source", `${name}, ${kind}`],
    ["About", source.description],
    ["State", state],
    ["Paused", paused && `by ${paused.by}: ${paused.reason}, ${atTime(paused.at, nowMs)}`],
    ["Waiting", backlog !== undefined && backlogAt ? `${backlog}, ${distance(backlogAt, nowMs)} ago` : undefined],
    ["In flight", source.inFlight],
    ["A minute", source.ratePerMinute],
    [
      "Posted",
      outcomes &&
        Object.entries(outcomes)
          .map(([outcome, count]) => `${count} ${outcome}`)
          .join(", "),
    ],
    ["As of", at(asOf)],
    ["Last event", at(source.lastEventAt)],
    ["Last error", source.lastError && `${source.lastError}${source.lastErrorAt ? `, ${at(source.lastErrorAt)}` : ""}`],
  ]);
  output.heading("What it does");
  for (const event of source.events) output.text(inWords(event));
  if (source.processes.length === 0) return;
  output.heading("Processes");
  output.table(
    source.processes,
    [
      { title: "PROCESS", value: ({ process }) => process },
      { title: "STATE", value: (each) => (each.isLate ? `silent, was ${each.state}` : each.state) },
      { title: "IN FLIGHT", value: ({ inFlight }) => inFlight, leaveOut: 3 },
      { title: "A MINUTE", value: ({ settledLastMinute }) => settledLastMinute, leaveOut: 2 },
      { title: "IN ALL", value: ({ settled }) => settled, leaveOut: 1 },
      { title: "TOLD", value: ({ at: time }) => `${distance(time, nowMs)} ago` },
    ],
    "  ",
  );
}

function inWords({ type, does, workflow, name }: TakenEvent): string {
  if (does === "start") return `${type}: starts ${workflow}`;
  return `${type}: ${does === "signal" ? "signals" : "updates"} ${workflow} by ${name ?? ""}`;
}

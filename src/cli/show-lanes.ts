import type { ConcurrencyLane } from "tenuto/client";
import type { Cli } from "./cli.ts";
import { moreThanShown } from "./more-than-shown.ts";
import { readPages } from "./paging.ts";
import { atTime, distance } from "./relative-time.ts";

export interface ListLanesOptions {
  readonly limit: number;
  readonly cursor?: string;
}

/** Lists lanes. */
export async function listLanes({ api, output, isJson }: Cli, options: ListLanesOptions): Promise<undefined> {
  const page = await readPages<ConcurrencyLane>(api, "/v1/lanes", { ...options });
  if (isJson) {
    output.json(page);
    return;
  }
  const nowMs = Date.now();
  if (page.items.length > 0)
    output.table(page.items, [
      { title: "ID", value: ({ id }) => id },
      { title: "TYPE", value: ({ type }) => type, atLeast: 12 },
      { title: "KEY", value: ({ key }) => key, atLeast: 12 },
      { title: "AT WORK", value: ({ holders, limit }) => `${holders.length} of ${limit}` },
      { title: "WAITING", value: ({ waiting }) => waiting.runs },
      {
        title: "FIRST WAITS",
        value: ({ waiting: { first } }) => first[0] && distance(first[0].since, nowMs),
        leaveOut: 1,
      },
      { title: "WHEN FULL", value: ({ onLimit }) => onLimit, leaveOut: 2 },
    ]);
  else output.notice("No run is in a lane.");
  moreThanShown(output, page);
}

/** Shows all that is known about a lane. */
export async function showLane({ api, output, isJson }: Cli, id: string): Promise<undefined> {
  const lane = await api.get<ConcurrencyLane>(`/v1/lanes/${encodeURIComponent(id)}`);
  if (isJson) {
    output.json(lane);
    return;
  }
  const nowMs = Date.now();
  const { holders, waiting, counts } = lane;
  output.fields([
    ["Lane", lane.id],
    ["Type", lane.type],
    ["Key", lane.key],
    ["Limit", `${lane.limit}, then ${lane.onLimit}`],
    ["Slots given", counts.granted],
    ["Refused", counts.refused || undefined],
    ["Canceled", counts.canceled || undefined],
  ]);
  output.heading(`At work (${holders.length})`);
  for (const { workflowId, since, cancelAskedAt } of holders) {
    const leaving = cancelAskedAt === undefined ? "" : `, asked to leave ${atTime(cancelAskedAt, nowMs)}`;
    output.text(`${workflowId}, since ${atTime(since, nowMs)}${leaving}`);
  }
  output.heading(`Waiting (${waiting.runs})`);
  for (const { workflowId, since } of waiting.first) output.text(`${workflowId}, since ${atTime(since, nowMs)}`);
}

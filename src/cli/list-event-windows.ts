import type { ListedEventWindow } from "tenuto/client";
import type { Cli } from "./cli.ts";
import { moreThanShown } from "./more-than-shown.ts";
import { readPages } from "./paging.ts";
import { distance } from "./relative-time.ts";
import type { Column } from "./table.ts";

export interface ListWindowsOptions {
  readonly source?: string | undefined;
  readonly tenant?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** Lists windows of events. */
export async function listEventWindows({ api, output, isJson }: Cli, options: ListWindowsOptions): Promise<undefined> {
  const page = await readPages<ListedEventWindow>(api, "/v1/event-windows", { ...options });
  if (isJson) {
    output.json(page);
    return;
  }
  if (page.items.length > 0) output.table(page.items, columnsAt(Date.now()));
  else output.notice("There are no such windows of events.");
  moreThanShown(output, page);
}

function columnsAt(nowMs: number): readonly Column<ListedEventWindow>[] {
  return [
    { title: "WINDOW", value: ({ id }) => id },
    { title: "SOURCE", value: ({ source }) => source, leaveOut: 4 },
    { title: "EVENT", value: ({ type }) => type },
    { title: "KEY", value: ({ key }) => key, atLeast: 10 },
    { title: "KIND", value: ({ kind }) => kind, leaveOut: 3 },
    { title: "WAITING", value: ({ waiting }) => waiting.events },
    { title: "SINCE", value: ({ waiting: { since } }) => since && `${distance(since, nowMs)} ago`, leaveOut: 2 },
    { title: "RUN", value: ({ run, lastRun }) => (run ?? lastRun)?.workflowId, atLeast: 12, leaveOut: 1 },
    { title: "FAILURE", value: ({ starting }) => starting?.failure?.message, atLeast: 12, leaveOut: 5 },
  ];
}

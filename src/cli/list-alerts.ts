import type { AlertStatus } from "tenuto";
import type { Alert } from "tenuto/client";
import type { Cli } from "./cli.ts";
import { moreThanShown } from "./more-than-shown.ts";
import { readPages } from "./paging.ts";
import { distance } from "./relative-time.ts";
import type { Column } from "./table.ts";

export interface ListAlertsOptions {
  readonly status?: AlertStatus;
  readonly rule?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** Lists alerts. */
export async function listAlerts({ api, output, isJson }: Cli, options: ListAlertsOptions): Promise<undefined> {
  const page = await readPages<Alert>(api, "/v1/alerts", { ...options });
  if (isJson) {
    output.json(page);
    return;
  }
  const { items } = page;
  if (items.length > 0) output.table(items, columnsFor(Date.now()));
  else output.notice("There are no such alerts.");
  moreThanShown(output, page);
}

function columnsFor(nowMs: number): readonly Column<Alert>[] {
  return [
    { title: "ID", value: ({ id }) => id },
    { title: "STATUS", value: ({ status }) => status },
    { title: "SEVERITY", value: ({ severity }) => severity, leaveOut: 1 },
    { title: "TIMES", value: ({ count }) => count, leaveOut: 2 },
    { title: "LAST", value: ({ lastAt }) => `${distance(lastAt, nowMs)} ago` },
    { title: "WHO", value: ({ acknowledged }) => acknowledged?.by, leaveOut: 4 },
    { title: "RULE", value: ({ rule }) => rule, atLeast: 12, leaveOut: 3 },
    { title: "TITLE", value: ({ title }) => title, atLeast: 20 },
  ];
}

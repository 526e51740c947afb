import type { ErrorGroupStatus } from "tenuto";
import type { ErrorGroup } from "tenuto/client";
import type { Cli } from "./cli.ts";
import { moreThanShown } from "./more-than-shown.ts";
import { readPages } from "./paging.ts";
import { distance } from "./relative-time.ts";
import type { Column } from "./table.ts";

export interface ListGroupsOptions {
  readonly type?: string;
  readonly step?: string;
  readonly status?: ErrorGroupStatus;
  readonly assignee?: string;
  readonly since?: string;
  readonly sort?: string;
  readonly tenant?: string;
  readonly limit: number;
  readonly cursor?: string;
}

/** Lists error groups. */
export async function listGroups({ api, output, isJson }: Cli, options: ListGroupsOptions): Promise<undefined> {
  const page = await readPages<ErrorGroup>(api, "/v1/error-groups", { ...options });
  if (isJson) {
    output.json(page);
    return;
  }
  const { items } = page;
  if (items.length > 0) output.table(items, columnsFor(items, Date.now()));
  else output.notice("There are no such error groups.");
  moreThanShown(output, page);
}

function columnsFor(groups: readonly ErrorGroup[], nowMs: number): readonly Column<ErrorGroup>[] {
  const areAllFree = groups.every(({ assignee }) => assignee === undefined);
  const areAllOurs = groups.every(({ tenant }) => tenant === undefined);
  return [
    { title: "FINGERPRINT", value: ({ fingerprint }) => fingerprint },
    ...(areAllOurs ? [] : [{ title: "TENANT", value: ({ tenant }: ErrorGroup) => tenant, atLeast: 8 }]),
    { title: "STATUS", value: ({ status }) => status },
    { title: "COUNT", value: ({ count }) => count },
    { title: "LAST HOUR", value: ({ lastHour }) => lastHour, leaveOut: 2 },
    { title: "SHARE", value: ({ share }) => percent(share.ofType), leaveOut: 3 },
    { title: "LAST SEEN", value: ({ lastSeenAt }) => `${distance(lastSeenAt, nowMs)} ago` },
    ...(areAllFree ? [] : [{ title: "WHO", value: ({ assignee }: ErrorGroup) => assignee, leaveOut: 1 }]),
    { title: "TYPE", value: ({ type }) => type, atLeast: 12 },
    { title: "STEP", value: ({ step }) => step, atLeast: 14 },
    { title: "ERROR", value: ({ error, pattern }) => `${error.type}: ${pattern}`, atLeast: 14 },
  ];
}

/** A part as people read it. */
export function percent(part: number): string {
  return `${Math.round(part * 1_000) / 10} %`;
}

import type { ErrorGroupDetails } from "tenuto/client";
import type { Cli } from "./cli.ts";
import { percent } from "./list-groups.ts";
import type { Output } from "./output.ts";
import { atTime } from "./relative-time.ts";

/** Which error group. */
export interface GroupChoice {
  readonly fingerprint: string;
  readonly tenant?: string | undefined;
}

/** The path of an error group, and of what is done to it. */
export function groupPath({ fingerprint, tenant }: GroupChoice, action = ""): string {
  const query = tenant === undefined ? "" : `?tenant=${encodeURIComponent(tenant)}`;
  return `/v1/error-groups/${encodeURIComponent(fingerprint)}${action}${query}`;
}

/** Shows all that is known about an error group. */
export async function showGroup({ api, output, isJson }: Cli, choice: GroupChoice): Promise<undefined> {
  const group = await api.get<ErrorGroupDetails>(groupPath(choice));
  if (isJson) {
    output.json(group);
    return;
  }
  const nowMs = Date.now();
  summarize(output, group, nowMs);
  output.heading("Error");
  output.text(`${group.error.type}: ${group.pattern}`);
  if (group.pattern !== group.error.message) output.text(`the last one: ${group.error.message}`);
  tellCounts(output, group);
  if (group.notes.length > 0) output.heading("Notes");
  for (const { by, note, at } of group.notes) output.text(`${by}, ${atTime(at, nowMs)}: ${note}`);
  output.heading("What can be done");
  output.text(`see its dead letters: tenuto dead-letters list --fingerprint ${group.fingerprint}`);
  output.text(`make them go again: tenuto dead-letters redrive --fingerprint ${group.fingerprint} --reason "…"`);
}

function summarize(output: Output, group: ErrorGroupDetails, nowMs: number): void {
  const { resolved, ignored, regression, regressions, deadLetters, share, sample } = group;
  const standing = resolved ?? ignored;
  const letters = deadLetters.ids.length;
  output.fields([
    ["Error group", group.fingerprint],
    ["Tenant", group.tenant],
    [
      "Status",
      standing ? `${group.status} by ${standing.by}: ${standing.reason}, ${atTime(standing.at, nowMs)}` : group.status,
    ],
    ["Until", ignored?.until ? untilText(ignored.until) : undefined],
    [
      "Came back",
      regression &&
        `${times(regressions)}, the last ${atTime(regression.at, nowMs)}` +
          `${regression.buildId === undefined ? "" : ` with build ${regression.buildId}`}. ${regression.because}`,
    ],
    ["Assigned to", group.assignee],
    [group.isOfEvents ? "Source" : "Type", group.type],
    [group.isOfEvents ? "Event" : "Step", group.step],
    ["Failures", `${group.count}, of them ${group.lastHour} in the last hour`],
    ["Share", `${percent(share.ofType)} of its type's failures, ${percent(share.ofStep)} of its step's`],
    ["First seen", atTime(group.firstSeenAt, nowMs)],
    ["Last seen", `${atTime(group.lastSeenAt, nowMs)}, in ${sample.workflowId}`],
    ["Dead letters", deadLetters.isComplete ? `${letters} open` : `${letters} open, and more`],
    ["Temporal UI", group.links.temporalUi],
  ]);
}

function untilText({ at, count, perHour }: NonNullable<NonNullable<ErrorGroupDetails["ignored"]>["until"]>): string {
  const conditions = [
    ...(at === undefined ? [] : [at]),
    ...(count === undefined ? [] : [`${count} more failures`]),
    ...(perHour === undefined ? [] : [`more than ${perHour} failures an hour`]),
  ];
  return conditions.join(", or ");
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

function tellCounts(output: Output, { builds, kinds, days }: ErrorGroupDetails): void {
  output.heading("Failures by build");
  output.table(
    builds,
    [
      { title: "BUILD", value: ({ buildId }) => buildId, atLeast: 12 },
      { title: "COUNT", value: ({ count }) => count },
      { title: "SHARE", value: ({ share }) => percent(share) },
    ],
    "  ",
  );
  output.heading("Failures by kind");
  output.text(
    Object.entries(kinds)
      .map(([kind, count]) => `${kind} ${count}`)
      .join(", "),
  );
  output.heading("Failures by day");
  output.text(
    days
      .slice(-14)
      .map(({ day, count }) => `${day} ${count}`)
      .join(", "),
  );
}

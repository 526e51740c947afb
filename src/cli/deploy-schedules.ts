import type { ScheduleChangeKind } from "tenuto";
import type { ScheduleDeploy } from "tenuto/client";
import type { Cli } from "./cli.ts";
import { schedulesPath } from "./schedule-path.ts";

const words: Readonly<Record<ScheduleChangeKind, string>> = {
  create: "+ make",
  update: "~ update",
  delete: "- delete",
  unchanged: "  leave",
  kept: "! keep",
};

/** Brings the schedules of the API's code to the server, or says what that would do. */
export async function deploySchedules(
  { api, output, isJson }: Cli,
  { dryRun = false, reason = "tenuto schedules deploy" }: { readonly dryRun?: boolean; readonly reason?: string },
): Promise<undefined> {
  const deploy = await api.post<ScheduleDeploy>(`${schedulesPath}/deploy`, { dryRun, reason });
  if (isJson) {
    output.json(deploy);
    return;
  }
  for (const { id, change, why, differences } of deploy.changes) {
    output.line(`${words[change].padEnd(9)} ${id}: ${why}`);
    for (const { field, server, code } of differences)
      output.line(`            ${field}: ${shown(server)} on the server, ${shown(code)} in the code`);
  }
  const count = deploy.changes.filter(({ change }) => !["unchanged", "kept"].includes(change)).length;
  output.line(`${count} ${dryRun ? "would be changed; nothing was" : "changed"}.`);
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}

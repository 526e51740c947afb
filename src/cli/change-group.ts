import type { ErrorGroupDetails } from "tenuto/client";
import type { Cli } from "./cli.ts";
import { type GroupChoice, groupPath } from "./show-group.ts";

/** What is done to an error group: what stands behind it in the path, and what is sent. */
export interface ChangeGroup extends GroupChoice {
  readonly path: "resolve" | "ignore" | "reopen" | "assign" | "notes";
  readonly body: object;
}

/** Changes where an error group stands, or what is known of it. */
export async function changeGroup({ api, output, isJson }: Cli, { path, body, ...choice }: ChangeGroup) {
  const group = await api.post<ErrorGroupDetails>(groupPath(choice, `/${path}`), body);
  if (isJson) {
    output.json(group);
    return undefined;
  }
  const { fingerprint, status, assignee } = group;
  const taken = assignee === undefined ? "nobody has taken it on" : `${assignee} has taken it on`;
  output.line(`Error group ${fingerprint} is ${status}; ${taken}, and it has ${notes(group.notes.length)}.`);
  return undefined;
}

function notes(count: number): string {
  return count === 1 ? "1 note" : `${count} notes`;
}

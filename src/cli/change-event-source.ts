import type { EventSourceStatus } from "tenuto";
import type { Cli } from "./cli.ts";

/** Which source to pause or resume, and why. */
export interface ChangeEventSource {
  readonly name: string;
  readonly change: "pause" | "resume";
  readonly reason: string;
}

/** Pauses or resumes an event source. */
export async function changeEventSource(
  { api, output, isJson }: Cli,
  { name, change, reason }: ChangeEventSource,
): Promise<undefined> {
  const path = `/v1/event-sources/${encodeURIComponent(name)}/${change}`;
  const source = await api.post<EventSourceStatus>(path, { reason });
  if (isJson) {
    output.json(source);
    return;
  }
  const { paused } = source;
  if (paused) output.line(`${name} is paused, by ${paused.by}: ${paused.reason}. It stays so until it is resumed.`);
  else output.line(`${name} is no longer paused.`);
}

import { redacted } from "../core/redacted.ts";
import type { ScheduleSpec } from "../core/schedule/schedule.ts";
import { sha256 } from "./run-ids.ts";
import type { ScheduleContent } from "./schedule-message.ts";

/** What differs, without what contracts redact; a side that has none is absent. */
export interface ScheduleDifference {
  /** A member of the spec, or what else a schedule has in Temporal. */
  readonly field: string;
  readonly server?: unknown;
  readonly code?: unknown;
}

/** What is on the server, beside what the code says. */
export function differencesOf(
  server: ScheduleContent,
  code: ScheduleContent,
  redact: readonly string[],
): readonly ScheduleDifference[] {
  const [theirs, ours] = [membersOf(server), membersOf(code)];
  const fields = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].sort();
  return fields
    .filter((field) => sha256([theirs[field]]) !== sha256([ours[field]]))
    .map((field) => ({
      field,
      ...(theirs[field] !== undefined && { server: redacted(theirs[field], redact) }),
      ...(ours[field] !== undefined && { code: redacted(ours[field], redact) }),
    }));
}

type Members = Readonly<Partial<Record<keyof ScheduleSpec, unknown>> & Record<string, unknown>>;

function membersOf({ spec, taskQueue, workflowId, besides }: ScheduleContent): Members {
  return { ...spec, taskQueue, workflowId, ...besides };
}

import type { ScheduleBackfill } from "tenuto/client";
import type { Cli } from "./cli.ts";
import { schedulePath } from "./schedule-path.ts";

export interface BackfillRequest {
  readonly from: string;
  readonly to?: string;
  readonly overlap?: string;
  readonly again?: boolean;
  readonly dryRun?: boolean;
  readonly reason: string;
}

/** Starts runs for due times that are over. */
export async function backfillSchedule(
  { api, output, isJson }: Cli,
  id: string,
  request: BackfillRequest,
): Promise<undefined> {
  const body = { to: new Date().toISOString(), ...request };
  const { starting, existing, dryRun } = await api.post<ScheduleBackfill>(`${schedulePath(id)}/backfill`, body);
  if (isJson) {
    output.json({ starting, existing, dryRun });
    return;
  }
  const have = existing.length === 0 ? "" : ` ${existing.length} have one already.`;
  if (starting.length === 0) {
    output.line(`No due time is without a run.${have}`);
    return;
  }
  output.line(`A run ${dryRun ? "would be" : "is"} started for each of these ${starting.length} due times.${have}`);
  for (const time of starting) output.line(`  ${time}`);
}

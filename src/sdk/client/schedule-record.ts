/**
 * What Tenuto knows of the deploys of an app's schedules. It is kept by the server, in the memo of a schedule that is never
 * due: there it is read and written without a worker, and a write that knows an old version is refused. So of two deploys
 * at once the second sees the first, and an old worker that starts again knows that newer code was here.
 */
import { randomUUID } from "node:crypto";
import { msToTs } from "@temporalio/common/lib/time.js";
import { systemTaskQueue } from "../core/dead-letter.ts";
import { decode, encode } from "./payloads.ts";
import { createRaw, describeRawSchedule, type RawSchedule, updateRaw } from "./schedule-calls.ts";
import type { Temporal } from "./temporal.ts";

/** What the deploys of an app have left. */
export interface ScheduleRecord {
  /** Of all that the code declares that was deployed last. */
  readonly set: string;
  /** Of what was deployed before, the newest last. */
  readonly superseded: readonly string[];
  /** The schedules that deploys have made, and not deleted. */
  readonly ids: readonly string[];
  /** Those that a deploy was about to make when it was cut off. */
  readonly claimed: readonly string[];
  /** RFC 3339. */
  readonly at: string;
  readonly by: string;
}

/** A record as it was at one moment; `found` is absent before the first deploy. */
export interface FoundRecord {
  readonly record: ScheduleRecord;
  readonly found?: RawSchedule | undefined;
}

const idPrefix = "tenuto-schedules-of-";
const recordMemo = "tenutoScheduleRecord";
const stampMemo = "tenutoStamp";

/** Whether a schedule is none, but keeps what deploys leave. */
export function isScheduleRecord(id: string): boolean {
  return id.startsWith(idPrefix);
}

export async function readRecord(temporal: Temporal, app: string): Promise<FoundRecord> {
  const found = await describeRawSchedule(temporal, idPrefix + app);
  const record = decode(memoOf(found)?.[recordMemo]) as ScheduleRecord | undefined;
  return { record: record ?? { set: "", superseded: [], ids: [], claimed: [], at: "", by: "" }, found };
}

/** Whether it was written; not when somebody has written it since. */
export async function writeRecord(
  temporal: Temporal,
  { app, before, record }: { readonly app: string; readonly before: FoundRecord; readonly record: ScheduleRecord },
): Promise<boolean> {
  const id = idPrefix + app;
  const stamp = randomUUID();
  const schedule = {
    spec: {},
    action: {
      startWorkflow: {
        workflowId: id,
        workflowType: { name: "tenutoScheduleRecord" },
        taskQueue: { name: systemTaskQueue },
        // Somebody may trigger it: what that begins is over at once.
        workflowExecutionTimeout: msToTs(1_000),
        memo: { fields: { [recordMemo]: encode(record), [stampMemo]: encode(stamp) } },
      },
    },
    policies: {},
    state: {
      paused: true,
      notes: `Tenuto keeps here what it knows of the schedules of app "${app}". It starts nothing.`,
    },
  };
  if (!before.found) return createRaw(temporal, { id, schedule });
  const isTaken = (now: RawSchedule) => decode(memoOf(now)?.[stampMemo]) === stamp;
  return updateRaw(temporal, { id, schedule, found: before.found, isTaken });
}

function memoOf(found: RawSchedule | undefined) {
  return found?.schedule?.action?.startWorkflow?.memo?.fields;
}

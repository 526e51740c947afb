import { InvalidCursor } from "../core/errors/invalid-cursor.ts";
import { type AuditEntry, type AuditRun, newestRun, readRun, runBefore } from "./audit-runs.ts";
import { sha256 } from "./run-ids.ts";
import type { Temporal } from "./temporal.ts";

/** Which entries of the audit to read. */
export interface AuditOptions {
  /** What this principal did. @default what anybody did */
  readonly actor?: string | undefined;
  /** No older ones. @default as far back as the namespace's retention */
  readonly since?: Date | undefined;
  /** From 1 to 200. @default 50 */
  readonly limit?: number | undefined;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** One page of the audit, the newest entry first. */
export interface AuditPage {
  readonly items: readonly AuditEntry[];
  /** Absent on the last page. A page before it may have less than `limit` entries, or none. */
  readonly nextCursor?: string;
}

/** How many histories, of up to 2,000 events each, are read for one page. */
const runsPerPage = 10;

/** @throws what {@link TenutoClient.audit} throws. */
export async function auditPage(temporal: Temporal, options: AuditOptions): Promise<AuditPage> {
  const { actor, since, limit = 50, cursor } = options;
  const filter = sha256([temporal.tenant ?? null, actor ?? null, since?.toISOString() ?? null]).slice(0, 16);
  const most = Math.min(Math.max(Math.trunc(limit), 1), 200);
  const items: AuditEntry[] = [];
  let place = cursor === undefined ? undefined : readCursor(cursor, filter);
  let run: AuditRun | undefined = place ?? (await newestRun(temporal));
  for (let runs = 0; run && runs < runsPerPage; runs++) {
    const recorded = await readRun(temporal, run);
    // Gone with its namespace's retention, and so is all that is older.
    if (!recorded && !place) return { items };
    if (!recorded) throw new InvalidCursor();
    for (const { eventId, entry } of recorded.entries) {
      if (place && eventId >= place.before) continue;
      if (isOlder(entry.at, since)) return { items };
      if (actor !== undefined && entry.actor?.name !== actor) continue;
      if (items.length === most) return { items, nextCursor: writeCursor({ ...run, before: eventId + 1 }, filter) };
      items.push(entry);
    }
    if (isOlder(recorded.startedAt, since)) return { items };
    run = await runBefore(temporal, run, recorded);
    place = undefined;
  }
  return { items, ...(run && { nextCursor: writeCursor({ ...run, before: pastTheEnd }, filter) }) };
}

function isOlder(time: string, since: Date | undefined): boolean {
  return since !== undefined && Date.parse(time) < since.getTime();
}

/** A place in the audit: older than this event of this run. */
interface Place extends AuditRun {
  readonly before: number;
}

const pastTheEnd = 999_999_999;

/** It names no tenant: whose audit it goes on in is decided by who sends it. */
function writeCursor({ day, runId, before }: Place, filter: string): string {
  return Buffer.from(`${filter}.${day}.${runId}.${before}`).toString("base64url");
}

function readCursor(cursor: string, filter: string): Place {
  const text = Buffer.from(cursor, "base64url").toString();
  const form = /^([0-9a-f]{16})\.(\d{4}-\d{2}-\d{2})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,9})$/;
  const [, hash, day, runId, before] = form.exec(text) ?? [];
  if (hash !== filter || day === undefined || runId === undefined || before === undefined) throw new InvalidCursor();
  return { day, runId, before: Number(before) };
}

/**
 * One day of one tenant's audit. Its entries are the signals in its history: the server has written one down before it
 * answers who sent it, and it is read from there, so nothing is kept here and nothing can be lost here. All that is left
 * to do is to begin a new run before the history gets long, and to end when the day is over.
 */
import { condition, continueAsNew, defineSignal, setHandler, workflowInfo } from "@temporalio/workflow";
import { type AuditDay, auditEntrySignal, auditOutcomeSignal } from "../../core/audit.ts";

const dayMs = 86_400_000;

/** For what became of the last actions of a day, and for clocks of API processes that are behind. */
const slackMs = 3_600_000;

/** From this part of its length on, a history ends at the next quiet second. */
const nearlyFull = 2 / 3;

const quietMs = 1_000;

/** Below the 2,000 that a system workflow may have, by what a burst of signals may add before it is seen. */
const defaultEventsPerRun = 1_800;

export async function tenutoAudit({ day, eventsPerRun = defaultEventsPerRun }: AuditDay): Promise<void> {
  let heard = 0;
  // Recorded by the server, before this is called.
  const hear = () => {
    heard += 1;
  };
  setHandler(defineSignal(auditEntrySignal), hear);
  setHandler(defineSignal(auditOutcomeSignal), hear);
  const leftMs = Date.parse(`${day}T00:00:00Z`) + dayMs + slackMs - Date.now();
  const isFull = (part = 1) =>
    workflowInfo().historyLength >= eventsPerRun * part || workflowInfo().continueAsNewSuggested;
  // One that is begun late, or continued in its slack, is still there for the outcomes of its entries.
  if (!(await condition(() => isFull(nearlyFull), Math.max(leftMs, slackMs)))) return;
  // The server holds up for a second or two what is signaled while a run continues as new.
  for (let before = -1; before !== heard && !isFull();) {
    before = heard;
    await condition(() => isFull(), quietMs);
  }
  await continueAsNew<typeof tenutoAudit>({ day, eventsPerRun });
}

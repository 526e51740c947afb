import type { temporal as api } from "@temporalio/proto";
import { decode } from "../client/payloads.ts";
import { type DroppedSignals, droppedSignalsMemo } from "../core/intake.ts";
import type { SuspectRun } from "../client/read-failure.ts";

type Info = api.api.workflow.v1.IWorkflowExecutionInfo;

const remembered = 20_000;
/** Somebody may have dealt with a stuck run that is stuck again. */
const stuckForMs = 60_000;

/**
 * Which runs this process has judged: each pass lists the last minute, and all that is stuck, again. It only spares calls;
 * losing it changes nothing, since letters know what they were told.
 */
export class JudgedRuns {
  readonly #known = new Map<string, number>();

  isNew(suspect: SuspectRun, info: Info): boolean {
    const at = this.#known.get(keyOf(suspect, info));
    return at === undefined || (suspect.suspicion === "stuck" && Date.now() - at > stuckForMs);
  }

  /** Of what a parked run waits with. */
  isNewKey(key: string): boolean {
    return !this.#known.has(key);
  }

  add(suspect: SuspectRun, info: Info): void {
    this.addKey(keyOf(suspect, info));
  }

  addKey(key: string): void {
    this.#known.delete(key);
    this.#known.set(key, Date.now());
    const [oldest] = this.#known.keys();
    if (this.#known.size > remembered && oldest !== undefined) this.#known.delete(oldest);
  }
}

function keyOf({ suspicion, runId }: SuspectRun, { memo }: Info): string {
  if (suspicion !== "poison") return `${suspicion} ${runId}`;
  const dropped = decode(memo?.fields?.[droppedSignalsMemo]) as Partial<DroppedSignals> | undefined;
  return `${suspicion} ${runId} ${dropped?.count ?? 0}`;
}

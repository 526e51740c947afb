// Decides what a redrive does, by what the server and the history say at this moment. The client asks it to answer an
// operator at once, and the dead letter's workflow asks it again before it acts.
import type { DeadLetterRecord, RedriveMode } from "../core/dead-letter.ts";
import { carriedLetterMemo, type RedrivePlan } from "../core/redrive.ts";
import { soundModesFor, whyUnsound, type EffectFacts } from "../core/sound-modes.ts";
import { describeIfThere, type RawDescription } from "./describe-raw.ts";
import { accountOf } from "./describe-run.ts";
import { decode } from "./payloads.ts";
import { type RecordedRun, recordedRun } from "./recorded-run.ts";
import { compensatePoint, continuePoint, effectsOfRun, givenUpUndos, repeatedAfter } from "./redrive-history.ts";
import { fetchEvents } from "./run-history.ts";
import { slotOf } from "./slot-of-run.ts";
import { type RunStatus, runStatusOf } from "./run-status.ts";
import type { Temporal } from "./temporal.ts";

/** A dead letter, as far as a plan needs it; the run has the id that this client knows it by. */
export type PlannedLetter = Pick<
  DeadLetterRecord,
  "id" | "workflowId" | "runId" | "undone" | "hadSaga" | "openEffects"
> & {
  readonly kind: DeadLetterRecord["kind"];
};

/** A plan, and the mode it is for. */
export interface Planned {
  readonly mode: RedriveMode;
  readonly modes: readonly RedriveMode[];
  readonly plan: RedrivePlan;
}

/** Long enough for a worker to replay a run. */
const accountWaitMs = 4_000;

/** What a mode would do, or why it is refused; without one, that of the first that is sound. */
export async function planRedrive(
  temporal: Temporal,
  letter: PlannedLetter,
  asked: RedriveMode | undefined,
): Promise<Planned> {
  const { workflowId, runId, kind } = letter;
  const base = await describeIfThere(temporal, { workflowId, runId });
  const elsewhere = await takenOver(temporal, letter, base);
  if (elsewhere) return { mode: asked ?? "continue", modes: [], plan: elsewhere };
  const events = base && (await fetchEvents(temporal, { workflowId, runId }));
  const run = events && recordedRun(events);
  const effects = await effectsOf(temporal, letter, run);
  const modes = soundModesFor(kind, effects);
  const mode = asked ?? modes[0] ?? "continue";
  const refused = (why: string): Planned => ({ mode, modes, plan: { kind: "refused", why, modes } });
  const why = whyUnsound(mode, kind, effects);
  if (why !== undefined) return refused(why);
  if (mode === "restart") return { mode, modes, plan: { kind: "restart" } };
  const eventId = run && (mode === "compensate" ? compensatePoint(run) : continuePoint(run));
  if (!run || eventId === undefined) {
    const never = "its run had not begun, so there is nothing to go back to";
    return refused(run ? never : "the server has forgotten its history");
  }
  if (mode === "compensate" && kind === "partial" && givenUpUndos(run).length === 0)
    return refused("what was not undone was no activity: undo it by hand, then discard it");
  const slot = slotOf(events ?? [], { workflowId, closedRunId: runId });
  const again = repeatedAfter(run, eventId);
  return { mode, modes, plan: { kind: "reset", eventId: String(eventId), again, ...(slot && { slot }) } };
}

const fine: readonly RunStatus[] = ["completed", "canceled", "continuedAsNew"];

/** What has become of the run outside of its dead letter; `undefined` when it is as it was. */
async function takenOver(
  temporal: Temporal,
  { id, kind, workflowId, runId }: PlannedLetter,
  base: RawDescription | undefined,
): Promise<RedrivePlan | undefined> {
  const resetRunId = base?.workflowExtendedInfo?.resetRunId;
  if (resetRunId) return { kind: "adopted", runId: resetRunId };
  const info = (await describeIfThere(temporal, { workflowId }))?.workflowExecutionInfo;
  const current = info?.execution?.runId ?? undefined;
  if (current !== undefined && current !== runId) {
    if (decode(info?.memo?.fields?.[carriedLetterMemo]) === id) return { kind: "adopted", runId: current };
    return { kind: "refused", why: `its workflow id belongs to another run now, ${current}`, modes: [] };
  }
  const status = runStatusOf(base?.workflowExecutionInfo?.status);
  if (!base || kind === "poison") return undefined;
  if (fine.includes(status) && kind !== "partial") return { kind: "refused", why: `its run is ${status}`, modes: [] };
  if (status === "running" && kind !== "stuck") return { kind: "refused", why: "its run is not over yet", modes: [] };
  return undefined;
}

async function effectsOf(
  temporal: Temporal,
  letter: PlannedLetter,
  run: RecordedRun | undefined,
): Promise<EffectFacts> {
  const facts = run && effectsOfRun(run);
  const { workflowId, runId, kind, hadSaga } = letter;
  const undone = letter.undone || facts?.undone === true;
  const hasOpenEffects = (facts?.openEffects ?? letter.openEffects).length > 0;
  // Whether a saga is open its own code tells, unless it is stuck or no worker is there; a run that failed has none.
  const account =
    facts && kind !== "failed" && kind !== "partial"
      ? await accountOf(temporal, { workflowId, runId }, accountWaitMs)
      : undefined;
  const isSagaOpen =
    account?.pendingUndos === undefined ? hadSaga || facts?.hasUndoable === true : account.pendingUndos > 0;
  return { undone, isSagaOpen, hasOpenEffects };
}

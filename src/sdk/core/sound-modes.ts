// Which ways of making a dead letter go again do nothing twice and leave nothing behind: DESIGN's table, as a function.
import type { DeadLetterKind, DeadLetterRecord, DeadLetterStatus, RedriveMode } from "./dead-letter.ts";

/** What is known of the effects of a run. */
export interface EffectFacts {
  /** Whether an undo has run, or begun to. */
  readonly undone: boolean;
  /** Whether a saga was open with something to undo. */
  readonly isSagaOpen: boolean;
  /** Whether an effect is there, or may be, that was not undone. */
  readonly hasOpenEffects: boolean;
}

type Letter =
  | (DeadLetterRecord & { readonly kind: Exclude<DeadLetterKind, "parked"> })
  | { readonly kind: "parked"; readonly status: DeadLetterStatus };

/** In which ways a dead letter can be redriven now, as far as its record knows; the first is the default. */
export function soundModes(letter: Letter): readonly RedriveMode[] {
  if (letter.status !== "open") return [];
  if (letter.kind === "parked") return ["continue", "fail"];
  // Its source and id keep it from being done twice.
  if (letter.event) return ["restart"];
  const { undone, hadSaga, openEffects, stepsDone } = letter;
  const hasOpenEffects = openEffects.length > 0 || (!undone && stepsDone > 0);
  return soundModesFor(letter.kind, { undone, isSagaOpen: hadSaga, hasOpenEffects });
}

/** In which ways a run of that kind can go again; the first is the default. */
export function soundModesFor(kind: Exclude<DeadLetterKind, "parked">, facts: EffectFacts): readonly RedriveMode[] {
  return (["continue", "restart", "compensate"] as const).filter((mode) => !whyUnsound(mode, kind, facts));
}

/** Why a mode would do something twice, or leave something; `undefined` of one that is sound. */
export function whyUnsound(
  mode: RedriveMode,
  kind: Exclude<DeadLetterKind, "parked">,
  { undone, isSagaOpen, hasOpenEffects }: EffectFacts,
): string | undefined {
  if (mode === "fail") return "only a step that is parked can be failed";
  if (kind === "poison") return "it is a message that was not taken: send it again, mended";
  if (mode === "continue") return undone || kind === "partial" ? "its run has undone something already" : undefined;
  if (mode === "restart") {
    if (kind === "stuck") return "its run is not over";
    if (kind === "partial") return "effects are there whose undo was given up";
    return hasOpenEffects ? "effects are there that were not undone, and a new run would have them again" : undefined;
  }
  // A run that fails has undone what its sagas did.
  if (kind === "partial" || (kind !== "failed" && isSagaOpen)) return undefined;
  return "no saga was open, so there is nothing that it could undo";
}

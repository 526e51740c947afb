import type { DeadLetterKind, DeadLetterRecord, DeadLetterStatus, RedriveMode } from "../core/dead-letter.ts";

type Letter =
  | (DeadLetterRecord & { readonly kind: Exclude<DeadLetterKind, "parked"> })
  | { readonly kind: "parked"; readonly status: DeadLetterStatus };

/** In which ways a dead letter can be redriven now. */
export function soundModes(letter: Letter): readonly RedriveMode[] {
  return letter.kind === "parked" && letter.status === "open" ? ["continue", "fail"] : [];
}

import type { StepMetricsRange, StepMetricsSource } from "tenuto/client";

const sharedForMs = 5_000;

/** Has those who ask about steps of the same time at once wait for one answer. */
export function sharedSteps(source: StepMetricsSource): StepMetricsSource {
  const answers = new Map<string, { readonly atMs: number; readonly answer: ReturnType<StepMetricsSource["read"]> }>();
  return {
    read(range: StepMetricsRange) {
      const nowMs = Date.now();
      for (const [from, { atMs }] of answers) if (nowMs - atMs >= sharedForMs) answers.delete(from);
      const known = answers.get(range.from);
      if (known) return known.answer;
      const answer = source.read(range);
      answers.set(range.from, { atMs: nowMs, answer });
      return answer;
    },
  };
}

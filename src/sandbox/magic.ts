import { z } from "zod";
import { Problem } from "./problem.ts";

/** What a card, sku or address asks the sandbox to do. */
export type Magic =
  | { readonly kind: "none" }
  | { readonly kind: "declined" }
  | { readonly kind: "unavailable" }
  | { readonly kind: "flaky"; readonly failures: number }
  | { readonly kind: "slow"; readonly delayMs: number }
  | { readonly kind: "late"; readonly delayMs: number };

/** What a declined step answers. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly reason: string;
}

/** What `PUT /admin/magic` takes: whether the value `unavailable` fails. */
export const MagicState = z.strictObject({ unavailable: z.enum(["healed", "failing"]) });

/** Whether the value `unavailable` fails. */
export type MagicState = Readonly<z.infer<typeof MagicState>>;

/** The first value that is magic decides; seconds may have a fraction (`late-0.5`). */
export function parseMagic(values: readonly string[]): Magic {
  return values.map(parseValue).find((magic) => magic.kind !== "none") ?? { kind: "none" };
}

function parseValue(value: string): Magic {
  if (value === "declined" || value === "unavailable") return { kind: value };
  const flaky = /^flaky-(\d+)$/.exec(value)?.[1];
  if (flaky !== undefined) return { kind: "flaky", failures: Number(flaky) };
  const [, kind, seconds] = /^(slow|late)-(\d+(?:\.\d+)?)$/.exec(value) ?? [];
  if (kind === "slow" || kind === "late") return { kind, delayMs: Number(seconds) * 1000 };
  return { kind: "none" };
}

/** The failures that magic values cause. They are counted in memory: a restart starts over. */
export class MagicFailures {
  #state: MagicState = { unavailable: "failing" };
  readonly #failuresByKey = new Map<string, number>();

  get state(): MagicState {
    return this.#state;
  }

  /** Heals or breaks the value `unavailable`. */
  change(state: MagicState): MagicState {
    this.#state = state;
    return state;
  }

  /** Throws the problem that the magic asks for; returns when the step may go on. */
  admit(magic: Magic, { key, refusal }: { readonly key: string; readonly refusal: Refusal }): void {
    if (magic.kind === "declined") {
      const { status, code, reason } = refusal;
      throw new Problem(status, code, { detail: `Refused for good, nothing was done: ${reason}.`, reason });
    }
    if (magic.kind === "unavailable" && this.#state.unavailable === "failing") {
      throw new Problem(503, "ServiceUnavailable", {
        detail: 'The magic value "unavailable" fails until PUT /admin/magic {"unavailable":"healed"}.',
      });
    }
    if (magic.kind === "flaky") this.#failSometimes(key, magic.failures);
  }

  #failSometimes(key: string, failures: number): void {
    const failed = this.#failuresByKey.get(key) ?? 0;
    if (failed >= failures) return;
    this.#failuresByKey.set(key, failed + 1);
    throw new Problem(503, "ServiceUnavailable", {
      detail: `Failure ${failed + 1} of ${failures} for the key "${key}". Try again with the same key.`,
    });
  }
}

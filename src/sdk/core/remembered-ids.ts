// Which ids were seen, for a day or the last 10,000 of them, as texts: thousands of them go from run to run.
import { hashJson } from "./idempotency-key.ts";

/** Of ids that were seen in one hour, all hashes in a row. */
interface HourOfIds {
  readonly hour: number;
  readonly hashes: string;
}

/** Oldest hour first. */
export type RememberedIds = readonly HourOfIds[];

/** For how long, and how many. */
export interface MemoryLimits {
  readonly rememberedMs: number;
  readonly rememberedIds: number;
}

const hourMs = 3_600_000;

/** 72 bits: of 10,000 ids that are remembered, none is taken for another one. */
const hashLength = 18;

/** What is kept of an id. Its first character is in no hash, so that one is not found across two others. */
export function idHash(...id: readonly unknown[]): string {
  return `.${hashJson(id).slice(0, hashLength)}`;
}

export function isRemembered(ids: RememberedIds, hash: string): boolean {
  return ids.some(({ hashes }) => hashes.includes(hash));
}

/** With one more; those that are too old, and the oldest of too many, are forgotten. */
export function withId(ids: RememberedIds, hash: string, nowMs: number, limits: MemoryLimits): RememberedIds {
  const hour = Math.floor(nowMs / hourMs);
  const last = ids.at(-1);
  const all =
    last?.hour === hour
      ? [...ids.slice(0, -1), { hour, hashes: last.hashes + hash }]
      : [...ids, { hour, hashes: hash }];
  const fresh = all.filter((each) => (each.hour + 1) * hourMs > nowMs - limits.rememberedMs);
  let excess = fresh.reduce((sum, { hashes }) => sum + hashes.length, 0) - limits.rememberedIds * hash.length;
  return fresh.flatMap((each) => {
    const hashes = each.hashes.slice(Math.max(0, excess));
    excess -= each.hashes.length - hashes.length;
    return hashes === "" ? [] : [{ hour: each.hour, hashes }];
  });
}

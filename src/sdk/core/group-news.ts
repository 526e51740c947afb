// What there is to be told of an error group: that it is new, that it is back, and that somebody has dealt with it.
import type { ErrorGroupRecord } from "./error-group.ts";

/** The activity that tells it to whom alert rules say; takes {@link GroupNews}. A repeat is a no-op. */
export const groupNewsActivityType = "tenuto.tellOfErrorGroup";

/** One thing to be told of a group as it stands. */
export interface GroupNews {
  readonly news: "new" | "regressed" | "dealtWith";
  readonly record: ErrorGroupRecord;
}

/** What was told of a group already. */
export interface ToldOfGroup {
  readonly isNewTold: boolean;
  readonly regressions: number;
  /** When somebody dealt with it, as far as it was told. */
  readonly dealtWithAt?: string | undefined;
}

export const nothingTold: ToldOfGroup = { isNewTold: false, regressions: 0 };

/** What is to be told next, and what is told after that; `undefined` when all is told. */
export function nextNews(
  record: ErrorGroupRecord,
  told: ToldOfGroup,
): { readonly news: GroupNews; readonly told: ToldOfGroup } | undefined {
  if (!told.isNewTold) return { news: { news: "new", record }, told: { ...told, isNewTold: true } };
  const { regressions } = record;
  if (regressions > told.regressions) return { news: { news: "regressed", record }, told: { ...told, regressions } };
  const dealtWithAt = (record.resolved ?? record.ignored)?.at;
  if (dealtWithAt === undefined || dealtWithAt === told.dealtWithAt) return undefined;
  return { news: { news: "dealtWith", record }, told: { ...told, dealtWithAt } };
}

// Which dead letters a command is about, and what is asked before many are changed.
import type { DeadLetter } from "tenuto/client";
import type { BatchFilter, BatchOrder } from "./batch.ts";
import type { Cli } from "./cli.ts";
import { UsageError } from "./errors/usage-error.ts";
import type { ExitCode } from "./exit-codes.ts";
import { type LetterFilter, letterFilterOf } from "./letter-filter.ts";
import { type Matches, startConfirmed } from "./start-confirmed.ts";
import type { BatchStart } from "./start-confirmed.ts";

/** The options of what can be done to many dead letters. */
export interface BulkOptions extends LetterFilter, BatchStart {
  /** The class of the error. */
  readonly error?: string;
  readonly all?: boolean;
}

/** One by its id, or the filter of a batch. */
export function chooseLetters(ids: readonly string[], options: BulkOptions): string | { readonly filter: BatchFilter } {
  const { error, all = false } = options;
  const conditions: LetterFilter & { error?: string } = {
    ...letterFilterOf(options),
    ...(error !== undefined && { error }),
  };
  const hasConditions = Object.keys(conditions).length > 0;
  if (ids.length > 0 && (hasConditions || all)) {
    throw new UsageError("Give ids, or conditions such as --type, not both.");
  }
  const [id, ...others] = ids;
  if (id !== undefined) return others.length === 0 ? id : { filter: { ids } };
  if (hasConditions) return { filter: { ...conditions } };
  if (all) return { filter: { all: true } };
  throw new UsageError("Say which dead letters: by their ids, by conditions such as --type and --step, or --all.");
}

/** Does something to many dead letters, once that is confirmed. */
export function startBulk(cli: Cli, order: BatchOrder, options: BulkOptions): Promise<ExitCode | undefined> {
  return startConfirmed(cli, order, { ...options, count: () => countLetters(cli, order.filter) });
}

/** More are not counted. */
const countedAtMost = 2_000;

/** How many open dead letters a filter fits now. */
export async function countLetters({ api }: Pick<Cli, "api">, filter: BatchFilter): Promise<Matches> {
  const { ids, all: _all, error: type, ...query } = filter;
  if (ids) return { count: ids.length, isAtLeast: false, noun: "dead letter" };
  let count = 0;
  let seen = 0;
  let cursor: string | null = null;
  do {
    const page: { readonly items: readonly DeadLetter[]; readonly nextCursor: string | null } = await api.get(
      "/v1/dead-letters",
      { ...(query as LetterFilter), status: "open", limit: 200, cursor: cursor ?? undefined },
    );
    count += page.items.filter(({ error }) => type === undefined || error.type === type).length;
    seen += page.items.length;
    cursor = page.nextCursor;
  } while (cursor !== null && seen < countedAtMost);
  return { count, isAtLeast: cursor !== null, noun: "dead letter" };
}

import type { ApiClient, Query } from "./api-client.ts";

/** A page as the API gives it, or several as one. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** `null` when there is no more. */
  readonly nextCursor: string | null;
}

interface Pages {
  /** How many items at most. */
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** The most that the API gives at once. */
const pageSize = 200;

/** Asks page after page, since a page may have fewer items than it might, until there are enough or no more. */
export async function readPages<Item>(
  api: ApiClient,
  path: string,
  { limit, cursor, ...filter }: Pages & Query,
): Promise<Page<Item>> {
  const items: Item[] = [];
  let next = cursor ?? null;
  do {
    const query = { ...filter, limit: Math.min(limit - items.length, pageSize), cursor: next ?? undefined };
    const page = await api.get<{ readonly items: readonly Item[]; readonly nextCursor?: string | null }>(path, query);
    items.push(...page.items);
    next = page.nextCursor ?? null;
  } while (next !== null && items.length < limit);
  return { items, nextCursor: next };
}

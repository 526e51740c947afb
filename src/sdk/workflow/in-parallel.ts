/** How many of the items are at work at the same time. */
export interface ParallelOptions {
  readonly limit: number;
}

/**
 * Calls a function for each item, a limited number at a time; the results are in the items' order.
 *
 * @throws the first failure, once what was under way has ended; nothing is begun after it.
 * @example
 * ```ts
 * const labels = await inParallel(parcels, { limit: 5 }, (parcel) => carrier.label(parcel));
 * ```
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  { limit }: ParallelOptions,
  call: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`A limit is a whole number from 1, not ${limit}`);
  const results: Result[] = [];
  const failures: unknown[] = [];
  let next = 0;
  const work = async () => {
    while (next < items.length && failures.length === 0) {
      const index = next++;
      try {
        results[index] = await call(items[index] as Item, index);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  if (failures.length > 0) throw failures[0];
  return results;
}

/** What several sources yield, as it comes; it is over when all of them are. A source is asked for no more than one ahead. */
export async function* merged<T>(sources: readonly AsyncIterable<T>[]): AsyncGenerator<T> {
  const iterators = sources.map((source) => source[Symbol.asyncIterator]());
  const ask = (iterator: AsyncIterator<T>) => {
    const next = iterator.next().then((result) => ({ iterator, result }));
    // Told when it is awaited.
    next.catch(() => undefined);
    return next;
  };
  const asked = new Map(iterators.map((iterator) => [iterator, ask(iterator)]));
  try {
    while (asked.size > 0) {
      const { iterator, result } = await Promise.race(asked.values());
      if (result.done) asked.delete(iterator);
      else {
        asked.set(iterator, ask(iterator));
        yield result.value;
      }
    }
  } finally {
    // One that waits ends by its own signal.
    for (const iterator of asked.keys()) void iterator.return?.();
  }
}

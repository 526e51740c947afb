import { useEffect, useState } from "preact/hooks";

/** A value that several parts of the page show. */
export interface Store<Value> {
  get(): Value;
  set(value: Value): void;
  subscribe(listener: () => void): () => void;
}

export function createStore<Value>(initial: Value): Store<Value> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** The value of a store, now and whenever it changes. */
export function useStore<Value>(store: Store<Value>): Value {
  const [, redraw] = useState({});
  const drawn = store.get();
  useEffect(() => {
    const stop = store.subscribe(() => redraw({}));
    // It may have changed between the drawing and now.
    if (!Object.is(drawn, store.get())) redraw({});
    return stop;
  }, [store]);
  return drawn;
}

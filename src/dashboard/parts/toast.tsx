import { useEffect } from "preact/hooks";
import { createStore, useStore } from "../http/store.ts";

const shown = createStore<{ readonly text: string } | undefined>(undefined);
const shownMs = 6_000;

/** Says that something is done, also to who does not see the page. */
export function tell(text: string): void {
  shown.set({ text });
}

export function Toast() {
  const current = useStore(shown);
  useEffect(() => {
    if (!current) return undefined;
    const timer = setTimeout(() => shown.set(undefined), shownMs);
    return () => clearTimeout(timer);
  }, [current]);
  return (
    <div class="toast" role="status" aria-live="polite">
      {current && <p dir="auto">{current.text}</p>}
    </div>
  );
}

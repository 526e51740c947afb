import { useEffect } from "preact/hooks";

/** Asks again every so often while somebody looks: a page in the background asks nothing. */
export function useRepeat(reload: () => void, everyMs: number): void {
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") reload();
    }, everyMs);
    return () => clearInterval(timer);
  }, [reload, everyMs]);
}

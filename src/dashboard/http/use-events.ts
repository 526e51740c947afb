import { useEffect, useRef } from "preact/hooks";
import { addressOf, type Query } from "./ask.ts";
import { live } from "./live.ts";
import { findSession } from "./session.ts";

/** What is done with the events of a stream, by their names. */
export type Listeners = Readonly<Record<string, (data: unknown) => void>>;

/** Says whether a stream can see what changes at the moment. */
interface LiveEvent {
  readonly isLive: boolean;
  readonly why?: string;
}

const retryMs = 5_000;

/** A browser opens six connections to a server without HTTP/2: a tab that nobody looks at gives its own back. */
const hiddenMs = 60_000;

/**
 * Takes the events of a stream while the view is there. A stream that was cut comes back by itself; one that was refused is
 * asked for again. An event named `end` is the last one.
 */
export function useEvents(path: string | undefined, listeners: Listeners, query: Query = {}): void {
  const address = path === undefined ? "" : addressOf(path, query);
  const latest = useRef(listeners);
  latest.current = listeners;
  useEffect(() => {
    if (address === "") return undefined;
    const stop = follow(address, {
      names: Object.keys(latest.current),
      tell: (name, data) => latest.current[name]?.(data),
    });
    return () => {
      stop();
      live.set({ status: "still" });
    };
  }, [address]);
}

interface Following {
  readonly names: readonly string[];
  readonly tell: (name: string, data: unknown) => void;
}

function follow(address: string, { names, tell }: Following): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let rest: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const close = () => {
    clearTimeout(retry);
    clearTimeout(rest);
    source?.close();
    source = undefined;
  };
  const open = () => {
    if (isOver) return;
    close();
    live.set({ status: "connecting" });
    const opened = new EventSource(address);
    source = opened;
    opened.addEventListener("open", () => live.set({ status: "live" }));
    opened.addEventListener("error", () => {
      live.set({ status: "away", why: "The server does not send what is new. It is asked again." });
      // A browser gives up when it is refused, and does not say why: it may be that nobody is signed in any more.
      if (opened.readyState === EventSource.CLOSED) retry = setTimeout(() => void findSession().then(open), retryMs);
    });
    opened.addEventListener("live", (event) => {
      const { isLive, why = "Temporal is away." } = dataOf(event) as LiveEvent;
      live.set(isLive ? { status: "live" } : { status: "away", why });
    });
    for (const name of names) {
      opened.addEventListener(name, (event) => {
        tell(name, dataOf(event));
        if (name !== "end") return;
        stop();
        live.set({ status: "still" });
      });
    }
  };
  const look = () => {
    clearTimeout(rest);
    if (document.hidden) rest = setTimeout(close, hiddenMs);
    else if (!source) open();
  };
  const stop = () => {
    isOver = true;
    document.removeEventListener("visibilitychange", look);
    removeEventListener("pageshow", look);
    removeEventListener("pagehide", close);
    close();
  };
  document.addEventListener("visibilitychange", look);
  // A page that was left is kept for the back button, with its connections: after six of them no other page would load.
  addEventListener("pageshow", look);
  addEventListener("pagehide", close);
  open();
  return stop;
}

function dataOf(event: Event): unknown {
  return JSON.parse((event as MessageEvent<string>).data) as unknown;
}

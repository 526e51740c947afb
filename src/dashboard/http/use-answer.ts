import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { ask, addressOf, type Query } from "./ask.ts";
import { problemOf, type Problem } from "./problem.ts";

/** What the API answered, and what it is doing now. */
export interface Answered<Answer> {
  readonly data: Answer | undefined;
  readonly problem: Problem | undefined;
  readonly isLoading: boolean;
  /** When the data came. */
  readonly at: Date | undefined;
  readonly reload: () => void;
  /** Asks again, for an answer that may be that old: others who look at the same share it. */
  readonly refresh: (maxAgeSeconds: number) => void;
}

interface State<Answer> {
  readonly address: string;
  readonly data?: Answer;
  readonly problem?: Problem;
  readonly at?: Date;
  readonly isLoading: boolean;
}

/** What a path answers; asked anew when the path or the query changes. `undefined` asks nothing. */
export function useAnswer<Answer>(path: string | undefined, query: Query = {}): Answered<Answer> {
  const address = path === undefined ? "" : addressOf(path, query);
  const [state, setState] = useState<State<Answer>>({ address, isLoading: path !== undefined });
  const [asked, askAgain] = useState({ maxAgeSeconds: 0 });
  const latest = useRef(address);
  latest.current = address;
  const refresh = useCallback((maxAgeSeconds: number) => askAgain({ maxAgeSeconds }), []);
  const reload = useCallback(() => refresh(0), [refresh]);
  useEffect(() => {
    if (address === "") return undefined;
    const gone = new AbortController();
    // What is there stays while the same is asked again.
    setState((before) => (before.address === address ? { ...before, isLoading: true } : { address, isLoading: true }));
    const headers = { "cache-control": `max-age=${asked.maxAgeSeconds}` };
    ask<Answer>(address, { signal: gone.signal, headers }).then(
      (data) => {
        if (!gone.signal.aborted) setState({ address, data, at: new Date(), isLoading: false });
      },
      (error: unknown) => {
        if (gone.signal.aborted) return;
        setState((before) => ({ ...before, address, problem: problemOf(error), isLoading: false }));
      },
    );
    return () => gone.abort();
  }, [address, asked]);
  const isCurrent = state.address === address;
  return {
    data: isCurrent ? state.data : undefined,
    problem: isCurrent ? state.problem : undefined,
    at: isCurrent ? state.at : undefined,
    isLoading: isCurrent ? state.isLoading : address !== "",
    reload,
    refresh,
  };
}

import { useEffect, useState } from "preact/hooks";

const units = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

const relative = new Intl.RelativeTimeFormat("en", { numeric: "always", style: "short" });

/** How far a time is from now, as in "3 min. ago". */
function agoOf(time: string | Date, now = Date.now()): string {
  const seconds = Math.round((new Date(time).getTime() - now) / 1_000);
  if (Math.abs(seconds) < 5) return "just now";
  const [unit, length] = units.find(([, size]) => Math.abs(seconds) >= size) ?? (["second", 1] as const);
  return relative.format(Math.trunc(seconds / length), unit);
}

/** A length of time, as in "1 h 20 min" or "340 ms". */
export function durationOf(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  const parts = [
    [Math.floor(ms / 86_400_000), "d"],
    [Math.floor(ms / 3_600_000) % 24, "h"],
    [Math.floor(ms / 60_000) % 60, "min"],
    [Math.floor(ms / 1_000) % 60, "s"],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(" ");
}

/** Draws a part again every so often, so that what it says of the time stays true; `undefined` draws it once. */
export function useNow(everyMs: number | undefined): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (everyMs === undefined) return undefined;
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** A time as people say it; the exact one is in its tooltip. */
export function Ago({ at }: { readonly at: string | undefined }) {
  const now = useNow(5_000);
  if (at === undefined) return <>–</>;
  return (
    <time dateTime={at} title={exactly(at)}>
      {agoOf(at, now)}
    </time>
  );
}

/** A time to the second. */
export function At({ at }: { readonly at: string | undefined }) {
  if (at === undefined) return <>–</>;
  return <time dateTime={at}>{exactly(at)}</time>;
}

export function exactly(at: string | Date): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
}

export function timeOfDay(at: string): string {
  return new Date(at).toLocaleTimeString(undefined, { timeStyle: "medium" });
}

/** From when to when; what is not over goes on to now. */
export function Took({ from, to }: { readonly from: string; readonly to: string | undefined }) {
  const now = useNow(to === undefined ? 1_000 : undefined);
  return <>{durationOf(Math.max(0, (to === undefined ? now : Date.parse(to)) - Date.parse(from)))}</>;
}

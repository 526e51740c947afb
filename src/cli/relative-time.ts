const units = [
  ["d", 86_400_000, 2],
  ["h", 3_600_000, 1],
  ["m", 60_000, 1],
  ["s", 1_000, 0],
] as const;

/** How long a time is from now, in one unit and without a direction: `45s`, `3m`, `47h`, `4d`. */
export function distance(time: string, nowMs: number): string {
  const ms = Math.abs(nowMs - Date.parse(time));
  if (Number.isNaN(ms)) return "?";
  const [unit, size] = units.find(([, size, least]) => ms >= size * least) ?? ["s", 1_000];
  return `${Math.floor(ms / size)}${unit}`;
}

/** A time for people: when by the clock in UTC, and how long ago or ahead that is. */
export function atTime(time: string, nowMs: number): string {
  const ms = Date.parse(time);
  if (Number.isNaN(ms)) return time;
  const clock = new Date(ms).toISOString().slice(0, 19).replace("T", " ");
  const from = distance(time, nowMs);
  return `${clock} UTC (${ms > nowMs ? `in ${from}` : `${from} ago`})`;
}

/** How long something took: `12ms`, `1.3s`, `4m`. */
export function lasted(from: string, to: string): string {
  const ms = Date.parse(to) - Date.parse(from);
  if (Number.isNaN(ms)) return "?";
  if (ms < 1_000) return `${ms}ms`;
  return ms < 60_000 ? `${(ms / 1_000).toFixed(1)}s` : distance(from, Date.parse(to));
}

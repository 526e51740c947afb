/** A time as RFC 3339 has it, of milliseconds since the epoch. */
export function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}

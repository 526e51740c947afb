import { setTimeout as sleep } from "node:timers/promises";

type Falsy = false | undefined | null;

/** Waits until a condition holds, and answers with what it gave; fails with its name when it doesn't in time. */
export async function eventually<Found>(
  condition: string,
  holds: () => Found | Promise<Found>,
  { withinMs = 60_000, everyMs = 50 }: { readonly withinMs?: number; readonly everyMs?: number } = {},
): Promise<Exclude<Found, Falsy>> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await holds();
    if (found) return found as Exclude<Found, Falsy>;
    if (Date.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${condition}`);
    await sleep(everyMs);
  }
}

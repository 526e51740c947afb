import { setTimeout as sleep } from "node:timers/promises";

/** Waits until a condition holds; fails with its name when it doesn't in time. */
export async function eventually(
  condition: string,
  holds: () => boolean | Promise<boolean>,
  { withinMs = 60_000 }: { readonly withinMs?: number } = {},
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${condition}`);
    await sleep(50);
  }
}

import { setTimeout as sleep } from "node:timers/promises";

const tryAgainMs = 2_000;

/** Tells something once; a server that is away is waited for, until the signal fires. */
export async function untilTold(tell: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const isTold = await tell().then(
      () => true,
      () => false,
    );
    if (isTold) return;
    await sleep(tryAgainMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

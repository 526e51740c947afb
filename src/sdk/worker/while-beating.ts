import { Context } from "@temporalio/activity";

const everyMs = 1_000;

/** Tells the server again and again that an activity's worker lives, until the work is over. */
export async function whileBeating<T>(work: () => Promise<T>): Promise<T> {
  const { heartbeat } = Context.current();
  const beating = setInterval(() => {
    heartbeat();
  }, everyMs);
  try {
    return await work();
  } finally {
    clearInterval(beating);
  }
}

/** Tells the server once that the work goes on. @throws when it is to end */
export function beat(): void {
  const { heartbeat, cancellationSignal } = Context.current();
  heartbeat();
  cancellationSignal.throwIfAborted();
}

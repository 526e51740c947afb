import { setTimeout as sleep } from "node:timers/promises";
import type { NativeConnection } from "@temporalio/worker";

/** Whether a worker can do its work, as `/readyz` tells it. */
export interface Readiness {
  readonly ready: boolean;
  readonly polling: boolean;
  /** How long ago a call to the Temporal server succeeded last, in milliseconds; `null` when none has. */
  readonly serverAnsweredMsAgo: number | null;
}

/** Asks the server again and again whether it is there, so that readiness is a fact of the last seconds. */
export interface ReadinessProbe {
  now(): Readiness;
  stop(): void;
}

const askEveryMs = 1_000;
const askTimeoutMs = 2_000;
const staleAfterMs = 5_000;

/** Watches a worker and its connection until stopped. */
export function watchReadiness(
  worker: { isPolling(): boolean },
  connection: Pick<NativeConnection, "withDeadline" | "workflowService">,
): ReadinessProbe {
  let answeredAt: number | undefined;
  const stopped = new AbortController();
  const watch = async () => {
    while (!stopped.signal.aborted) {
      try {
        await connection.withDeadline(Date.now() + askTimeoutMs, () => connection.workflowService.getSystemInfo({}));
        answeredAt = Date.now();
      } catch {
        // Seen by the age of the last answer.
      }
      await sleep(askEveryMs, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined);
    }
  };
  void watch();
  return {
    now: () => {
      const serverAnsweredMsAgo = answeredAt === undefined ? null : Date.now() - answeredAt;
      const polling = worker.isPolling();
      return {
        ready: polling && serverAnsweredMsAgo !== null && serverAnsweredMsAgo < staleAfterMs,
        polling,
        serverAnsweredMsAgo,
      };
    },
    stop: () => {
      stopped.abort();
    },
  };
}

import { setTimeout as sleep } from "node:timers/promises";
import type { NativeConnection } from "@temporalio/worker";
import { findCapabilities, KnownCapabilities } from "../client/capabilities.ts";

/** Whether a worker can do its work, as `/readyz` tells it. */
export interface Readiness {
  readonly ready: boolean;
  readonly polling: boolean;
  /** How long ago a call to the Temporal server succeeded last, in milliseconds; `null` when none has. */
  readonly serverAnsweredMsAgo: number | null;
  /** What the server has not of what Tenuto uses, by name; absent until it was asked. It makes nothing unready. */
  readonly lacks?: readonly string[];
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
  worker: { isPolling(): boolean; readonly namespace?: string },
  connection: Pick<NativeConnection, "withDeadline" | "workflowService">,
): ReadinessProbe {
  let answeredAt: number | undefined;
  const { namespace } = worker;
  const capabilities =
    namespace === undefined ? undefined : new KnownCapabilities(() => findCapabilities(connection, namespace));
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
      const lacks = answeredAt === undefined ? undefined : capabilities?.lacked();
      return {
        ready: polling && serverAnsweredMsAgo !== null && serverAnsweredMsAgo < staleAfterMs,
        polling,
        serverAnsweredMsAgo,
        ...(lacks && { lacks }),
      };
    },
    stop: () => {
      stopped.abort();
    },
  };
}

import type { Fault } from "./faults.ts";
import type { ServerOutage } from "./server-outage.ts";

/** What the faults at a worker's steps need from outside of it, where it outlives worker and server. */
export interface FaultHost {
  /** Whether a fault strikes this attempt of the step with that key. */
  strikes(fault: Fault, idempotencyKey: string): Promise<boolean>;
  /** Kills the server, and starts it again later; returns when it is away. */
  restartServer(awayMs: number): Promise<void>;
}

/** Counts in this process how often each fault struck each step. */
export function faultHost(outage: ServerOutage): FaultHost {
  const struck = new Map<Fault, Map<string, number>>();
  return {
    strikes: async (fault, key) => {
      const byKey = struck.get(fault) ?? new Map<string, number>();
      struck.set(fault, byKey);
      const before = byKey.get(key) ?? 0;
      byKey.set(key, before + 1);
      return before < fault.times;
    },
    restartServer: (awayMs) => outage.begin(awayMs),
  };
}

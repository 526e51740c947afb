import type { App } from "tenuto";
import type { Reachability, TenutoClient, WorkerPresence } from "tenuto/client";

/** Whether the API can do its work. */
export interface ReadinessChecks {
  readonly temporal: Reachability;
  readonly workers: WorkerPresence;
}

/** Asks at most once a second, however many ask it. */
export interface Readiness {
  check(): Promise<ReadinessChecks>;
  /** Whether the process is about to end, so that callers are to be sent elsewhere. */
  isStopping(): boolean;
}

export interface ReadinessOptions {
  readonly client: TenutoClient;
  readonly app: App;
  readonly closing?: AbortSignal | undefined;
}

const keptMs = 1_000;

export function createReadiness({ client, app, closing }: ReadinessOptions): Readiness {
  let latest: { readonly at: number; readonly checks: Promise<ReadinessChecks> } | undefined;
  return {
    check() {
      if (!latest || Date.now() - latest.at > keptMs) latest = { at: Date.now(), checks: ask(client, app) };
      return latest.checks;
    },
    isStopping: () => closing?.aborted ?? false,
  };
}

async function ask(client: TenutoClient, app: App): Promise<ReadinessChecks> {
  const unseen: WorkerPresence = { ok: false, pollers: 0, taskQueue: app.name };
  const [temporal, workers] = await Promise.all([client.check(), client.workers().catch(() => unseen)]);
  return { temporal, workers };
}

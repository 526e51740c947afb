import type { App } from "tenuto";
import { type AppWorkers, KnownCapabilities, type Reachability, type TenutoClient } from "tenuto/client";

/** Whether the API can do its work. */
export interface ReadinessChecks {
  readonly temporal: Reachability;
  readonly workers: AppWorkers;
  /** What the server has not of what Tenuto uses, by name; absent until it was asked. */
  readonly lacks?: readonly string[];
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
  const capabilities = new KnownCapabilities(() => client.capabilities());
  return {
    check() {
      if (!latest || Date.now() - latest.at > keptMs)
        latest = { at: Date.now(), checks: ask({ client, app, capabilities }) };
      return latest.checks;
    },
    isStopping: () => closing?.aborted ?? false,
  };
}

interface Asked extends Pick<ReadinessOptions, "client" | "app"> {
  readonly capabilities: KnownCapabilities;
}

async function ask({ client, app, capabilities }: Asked): Promise<ReadinessChecks> {
  const unseen: AppWorkers = { ok: false, pollers: 0, taskQueue: app.name, queues: [] };
  const [temporal, workers] = await Promise.all([client.check(), client.workers().catch(() => unseen)]);
  const lacks = capabilities.lacked();
  return { temporal, workers, ...(lacks && { lacks }) };
}

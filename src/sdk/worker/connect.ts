import { setTimeout as sleep } from "node:timers/promises";
import { loadClientConnectConfig } from "@temporalio/envconfig";
import { NativeConnection } from "@temporalio/worker";

/** A connection to the Temporal server, and the namespace that its configuration names. */
export interface TemporalConnection {
  readonly connection: NativeConnection;
  readonly namespace: string;
}

/** How {@link connectToTemporal} waits. */
export interface ConnectOptions {
  /** Gives up when it fires. */
  readonly signal?: AbortSignal;
  /** Told once for each failed try. */
  readonly onRetry?: (problem: { readonly address: string; readonly error: unknown; readonly waitMs: number }) => void;
}

const longestWaitMs = 5_000;

/**
 * Connects as `@temporalio/envconfig` says (`TEMPORAL_ADDRESS`, TLS, API key, namespace), and waits for a server that is
 * not there yet.
 *
 * @throws the signal's reason when it fires first.
 * @example
 * const { connection, namespace } = await connectToTemporal();
 */
export async function connectToTemporal({ signal, onRetry }: ConnectOptions = {}): Promise<TemporalConnection> {
  const { connectionOptions, namespace = "default" } = loadClientConnectConfig();
  for (let waitMs = 250; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    signal?.throwIfAborted();
    try {
      return { connection: await NativeConnection.connect(connectionOptions), namespace };
    } catch (error) {
      onRetry?.({ address: connectionOptions.address ?? "localhost:7233", error, waitMs });
      await sleep(waitMs, undefined, signal ? { signal } : undefined);
    }
  }
}

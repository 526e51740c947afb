import { Connection, type ConnectionOptions } from "@temporalio/client";
import { loadClientConnectConfig } from "@temporalio/envconfig";

/** A connection that is made when it is first used, and the namespace to use it with. */
export interface LazyConnection {
  readonly connection: Connection;
  readonly namespace: string;
}

/** Connects by `TEMPORAL_ADDRESS` and the other variables of Temporal's environment configuration. */
export function connectByEnvironment(): LazyConnection {
  const { connectionOptions, namespace = "default" } = loadClientConnectConfig();
  const options = connectionOptions as ConnectionOptions;
  const connection = Connection.lazy({
    ...options,
    address: options.address ?? "127.0.0.1:7233",
    // gRPC's own pause between attempts to connect grows to two minutes, for which a server that is back seems away.
    channelArgs: {
      ...options.channelArgs,
      "grpc.initial_reconnect_backoff_ms": 200,
      "grpc.max_reconnect_backoff_ms": 1_000,
    },
    // The SDK's own retries outlive deadlines, and throw from a timer when the connection is closed; ours are in Temporal.
    interceptors: [],
  });
  return { connection, namespace };
}

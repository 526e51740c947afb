import type { Client, ClientInterceptors, Connection } from "@temporalio/client";
import type { DataConverter } from "@temporalio/common";
import type { NativeConnection } from "@temporalio/worker";

/** What goes into the client of a {@link TestServer}. */
export interface TestServerOptions {
  readonly interceptors: ClientInterceptors;
  readonly dataConverter?: DataConverter;
}

/** A Temporal server as a rig uses it. */
export interface TestServer {
  readonly connection: Connection;
  readonly client: Client;
  readonly native: NativeConnection;
  readonly namespace: string;
  /** Where another process reaches it. */
  readonly address: string;
  /** Runs something while the server may skip time. */
  skipping<T>(wait: () => Promise<T>): Promise<T>;
  now(): Promise<number>;
  advance(ms: number): Promise<void>;
  /** Ends the server as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on its data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

import { setTimeout as sleep } from "node:timers/promises";
import type { Connection } from "@temporalio/client";
import { TemporalUnavailable } from "../core/errors/temporal-unavailable.ts";
import { fromGrpc, type RunReference } from "./grpc-errors.ts";

/** How long one operation may take, in milliseconds; below the five seconds within which callers hear of an outage. */
const defaultDeadlineMs = 4_500;

/** Timers of the retrying interceptor may end a call after its deadline; we don't wait for them. */
const graceMs = 100;

/** What one call is about and how long it may take. */
export interface CallOptions {
  readonly run?: RunReference;
  /** A point in time, in milliseconds since the epoch. */
  readonly deadline?: number;
  readonly signal?: AbortSignal | undefined;
}

/** The namespace of a server, and the only way to call it: with a deadline, and with errors of ours. */
export class Temporal {
  readonly connection: Connection;
  readonly namespace: string;
  readonly identity: string;

  constructor(options: { readonly connection: Connection; readonly namespace: string; readonly identity: string }) {
    this.connection = options.connection;
    this.namespace = options.namespace;
    this.identity = options.identity;
  }

  /** When an operation that begins now must be over. */
  deadline(withinMs = defaultDeadlineMs): number {
    return Date.now() + withinMs;
  }

  /**
   * Calls the server.
   *
   * @throws the error that `fromGrpc` makes of the server's; `keep` picks those that are passed on as they are.
   */
  async call<T>(
    call: (service: Connection["workflowService"]) => Promise<T>,
    options: CallOptions & { readonly keep?: (error: unknown) => boolean } = {},
  ): Promise<T> {
    const { run, signal, keep } = options;
    const deadline = options.deadline ?? this.deadline();
    const request = () => this.connection.withDeadline(deadline, () => call(this.connection.workflowService));
    try {
      return await beforeDeadline(signal ? this.connection.withAbortSignal(signal, request) : request(), deadline);
    } catch (error) {
      throw keep?.(error) ? error : fromGrpc(error, run);
    }
  }
}

async function beforeDeadline<T>(answer: Promise<T>, deadline: number): Promise<T> {
  const timer = new AbortController();
  const late = sleep(Math.max(0, deadline - Date.now()) + graceMs, undefined, { signal: timer.signal }).then(() => {
    throw new TemporalUnavailable();
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    late.catch(() => undefined);
    timer.abort();
  }
}

import { setTimeout as sleep } from "node:timers/promises";
import { type ConnectionLike, isGrpcServiceError, isRetryableError } from "@temporalio/client";
import { auditIdPrefix, tenantPrefix } from "../core/tenant.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import { TemporalUnavailable } from "../core/errors/temporal-unavailable.ts";
import { encryptedService } from "./encrypted-service.ts";
import type { Encryption } from "./encryption.ts";
import { fromGrpc, type RunReference } from "./grpc-errors.ts";
import type { TraceCarrier } from "../core/tracing.ts";
import { tracedService } from "./traced-service.ts";
import { serviceOfTenant } from "./tenant-service.ts";

/** How long one operation may take, in milliseconds; below the five seconds within which callers hear of an outage. */
const defaultDeadlineMs = 4_500;

/** gRPC keeps deadlines; retries of a connection that was passed in may not, and we don't wait for them. */
const graceMs = 100;

/** Five attempts in two and a half seconds: enough for a server that restarts a part of itself. */
const retryWaitsMs = [200, 400, 800, 1_000];

/** What one call is about and how long it may take. */
export interface CallOptions {
  readonly run?: RunReference;
  /** A point in time, in milliseconds since the epoch. */
  readonly deadline?: number;
  readonly signal?: AbortSignal | undefined;
}

interface TemporalOptions {
  readonly connection: ConnectionLike;
  readonly namespace: string;
  readonly identity: string;
  readonly tenant?: string;
  /** What the calling code is a part of. */
  readonly carrier?: (() => TraceCarrier) | undefined;
  readonly encryption?: Encryption | undefined;
  readonly reachesAudit?: boolean;
}

/** The namespace of a server, and the only way to call it: with a deadline, and with errors of ours. */
export class Temporal {
  readonly connection: ConnectionLike;
  readonly namespace: string;
  readonly identity: string;
  /** Whose runs are seen; without one, everybody's. */
  readonly tenant: string | undefined;
  /** What ids of the tenant begin with on the server, and nowhere else. */
  readonly idPrefix: string;
  readonly encryption: Encryption | undefined;
  private readonly service: ConnectionLike["workflowService"];
  private readonly carrier: (() => TraceCarrier) | undefined;
  private readonly reachesAudit: boolean;

  constructor(options: TemporalOptions) {
    const { connection, tenant, encryption, carrier } = options;
    const payloads = encryption
      ? encryptedService(connection.workflowService, encryption.codec)
      : connection.workflowService;
    const service = carrier ? tracedService(payloads, carrier) : payloads;
    this.connection = connection;
    this.namespace = options.namespace;
    this.identity = options.identity;
    this.tenant = tenant;
    this.reachesAudit = options.reachesAudit ?? false;
    this.idPrefix = tenant === undefined ? "" : tenantPrefix(tenant);
    this.encryption = encryption;
    this.carrier = carrier;
    this.service = tenant === undefined ? service : serviceOfTenant(service, tenant);
  }

  /** The same server, as a tenant sees it. */
  forTenant(tenant: string): Temporal {
    const { connection, namespace, identity, encryption, carrier } = this;
    return new Temporal({ connection, namespace, identity, tenant, encryption, carrier });
  }

  /** The same server, as who has no tenant: for what Tenuto keeps of all of them together. */
  ofNamespace(): Temporal {
    const { connection, namespace, identity, encryption, carrier } = this;
    return new Temporal({ connection, namespace, identity, encryption, carrier });
  }

  /** The same server, with the workflows of the audit, of every tenant: nothing else may read or change them. */
  ofAudit(): Temporal {
    const { connection, namespace, identity, encryption, carrier } = this;
    return new Temporal({ connection, namespace, identity, encryption, carrier, reachesAudit: true });
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
    call: (service: ConnectionLike["workflowService"]) => Promise<T>,
    options: CallOptions & { readonly keep?: (error: unknown) => boolean } = {},
  ): Promise<T> {
    const { run, signal, keep } = options;
    if (run && this.isHidden(run)) throw new RunNotFound(run);
    const deadline = options.deadline ?? this.deadline();
    const { connection, service } = this;
    const once = () => connection.withDeadline(deadline, () => call(service));
    const request = signal ? () => connection.withAbortSignal(signal, once) : once;
    try {
      return await beforeDeadline(retried(request, { deadline, signal }), deadline);
    } catch (error) {
      throw keep?.(error) ? error : fromGrpc(error, run);
    }
  }

  /** A tenant's ids have a prefix of their own on the server. */
  private isHidden({ workflowId }: RunReference): boolean {
    return !this.reachesAudit && this.tenant === undefined && workflowId.startsWith(auditIdPrefix);
  }
}

/** Repeats what may work in a moment. The request is the same each time, so what the first one began isn't begun twice. */
async function retried<T>(request: () => Promise<T>, { deadline, signal }: CallOptions): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await request();
    } catch (error) {
      const waitMs = (retryWaitsMs[attempt] ?? Infinity) * (0.8 + Math.random() * 0.4);
      const isWorthIt = isGrpcServiceError(error) && isRetryableError(error) && Date.now() + waitMs < (deadline ?? 0);
      if (!isWorthIt || signal?.aborted) throw error;
      await sleep(waitMs);
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

import type { TenutoClient } from "tenuto/client";

/** What a consumer of a broker is doing. */
export interface ConsumerStatus {
  /** `holding` while Temporal does not take what came; `reconnecting` while the broker is away. */
  readonly state: "consuming" | "holding" | "reconnecting" | "paused" | "stopped";
  /** Messages that are under way. */
  readonly inFlight: number;
  readonly lastError?: string;
}

/** What takes events from a broker, made by the adapters of `tenuto/events`. */
export interface EventConsumer {
  /** The name of its source. */
  readonly source: string;
  status(): ConsumerStatus;
  /** Takes nothing more, and ends when what is under way is settled, or after `withinMs`. @default 10000 */
  stop(withinMs?: number): Promise<void>;
}

/** What a consumer works with. */
export interface ConsumerHost {
  readonly client: TenutoClient;
  readonly logger?: ConsumerLogger | undefined;
}

/** A pino logger is one. */
export interface ConsumerLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

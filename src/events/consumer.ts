import type { EventSource, EventTransport } from "tenuto";
import type { TenutoClient } from "tenuto/client";

/** What a consumer of a broker is doing. */
export interface ConsumerStatus {
  /** `holding` while Temporal does not take what came; `reconnecting` while the broker is away. */
  readonly state: "consuming" | "holding" | "reconnecting" | "paused" | "stopped";
  /** Messages that are under way. */
  readonly inFlight: number;
  /** Messages that are settled, since it began. */
  readonly settled: number;
  /** Those of the last 60 seconds. */
  readonly settledLastMinute: number;
  /** When the last one was settled, RFC 3339. */
  readonly lastEventAt?: string;
  readonly lastError?: string;
  /** When that was, RFC 3339. */
  readonly lastErrorAt?: string;
}

/** What takes events from a broker, made by an {@link EventAdapter}. */
export interface EventConsumer {
  /** The name of its source. */
  readonly source: string;
  status(): ConsumerStatus;
  /** How many messages wait at the broker; `undefined` when it does not tell. @throws when it can't be asked */
  backlog(): Promise<number | undefined>;
  /** Takes nothing more; what is under way is settled. */
  pause(): Promise<void>;
  /** Goes on after {@link EventConsumer.pause}. */
  resume(): Promise<void>;
  /** Takes nothing more, and ends when what is under way is settled, or after `withinMs`. @default 10000 */
  stop(withinMs?: number): Promise<void>;
}

/** What consumers work with. */
export interface ConsumerHost {
  readonly client: TenutoClient;
  /** Where the addresses are that sources name, such as `process.env`. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly logger?: ConsumerLogger | undefined;
  /** Whether nothing is taken before `EventConsumer.resume`. @default false */
  readonly startsPaused?: boolean;
}

/** A pino logger is one. */
export interface ConsumerLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/**
 * Takes the events of one kind of transport: the port between brokers and Tenuto. Whatever it takes it settles by an `EventIntake`, and it
 * acknowledges a message only after that.
 */
export interface EventAdapter<Transport extends EventTransport = EventTransport> {
  /** The `kind` of its transports. */
  readonly kind: string;
  /** Begins to take the events of a source. A broker that is away is waited for. @throws `BrokerNotUsable` */
  start(source: EventSource<Transport>, host: ConsumerHost): Promise<EventConsumer>;
}

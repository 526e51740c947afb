import type { App } from "tenuto";
import type { StepMetricsSource, TaskLinks, TenutoClient } from "tenuto/client";
import type { Catalogue } from "./catalogue.ts";
import type { Principal } from "./guard/principal.ts";
import type { ServerEvent } from "./event-stream.ts";
import type { Sessions } from "./guard/sessions.ts";
import type { ApiMetrics } from "./metrics.ts";
import type { Readiness } from "./readiness.ts";
import type { Webhooks } from "./webhooks.ts";

/** Where the API writes what it did; a pino logger is one. */
export interface ApiLogger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What handlers work with. */
export interface Context {
  readonly client: TenutoClient;
  readonly app: App;
  readonly catalogue: Catalogue;
  readonly readiness: Readiness;
  readonly metrics: ApiMetrics;
  readonly principal: Principal;
  /** Absent when nobody signs in. */
  readonly sessions?: Sessions | undefined;
  /** Absent where no links answer tasks. */
  readonly taskLinks?: TaskLinks | undefined;
  /** Absent where no events are posted. */
  readonly webhooks?: Webhooks | undefined;
  /** Absent where nobody knows the numbers of steps. */
  readonly stepMetrics?: StepMetricsSource | undefined;
  /** As the answer and the log have it. */
  readonly requestId: string;
  /** Aborted when the answer is no longer awaited, or the process is to end. */
  readonly signal: AbortSignal;
}

/** What a handler answers. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** Of a body that is a text. @default JSON */
  readonly contentType?: string;
  /** Sent instead of the body, as they come. */
  readonly events?: AsyncIterable<ServerEvent>;
}

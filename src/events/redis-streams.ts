import { type Duration, type EventTransport, InvalidDefinition, parseDuration } from "tenuto";
import { secretNames } from "./signatures/secret-names.ts";

/** Events that are entries of a Redis stream. */
export interface RedisStreamTransport extends EventTransport {
  readonly kind: "redisStream";
  readonly stream: string;
  readonly group: string;
  /** The name of the variable with the address. */
  readonly url: string;
  readonly prefetch: number;
  readonly claimAfterMs: number;
}

/** Which stream, and how it is read. */
export interface RedisStreamOptions {
  readonly stream: string;
  /** The NAME of the environment variable with the address, as in `TENUTO_REDIS_URL`, never the address: it has the password. */
  readonly url: string;
  /** The consumer group, which is made when it isn't there, from the stream's beginning. @default "tenuto" */
  readonly group?: string;
  /** How many entries one process has under way, 1 to 1000. @default 10 */
  readonly prefetch?: number;
  /** For how long an entry was not touched whose consumer is taken for dead, one second or more. @default "30s" */
  readonly claimAfter?: Duration;
}

/**
 * Events from a Redis stream. An entry has the fields `type`, `data` (JSON) and, when the sender knows it again, `id`; without it
 * the entry's own id is the event's. What will never work is moved to the stream `{stream}:dead`, with why.
 *
 * @throws `InvalidDefinition`
 * @example
 * ```ts
 * const orders = redisStream({ stream: "orders", url: "TENUTO_REDIS_URL" });
 * ```
 */
export function redisStream(options: RedisStreamOptions): RedisStreamTransport {
  const { stream, url, group = "tenuto", prefetch = 10, claimAfter = "30s" } = options;
  const refuse = (what: string, got: unknown, remedy: string) => new InvalidDefinition({ what, got, remedy });
  if (stream === "") throw refuse("The stream of redisStream", stream, "Name the stream.");
  if (group === "") throw refuse("The group of redisStream", group, "Name the group.");
  if (!Number.isInteger(prefetch) || prefetch < 1 || prefetch > 1_000)
    throw refuse("The prefetch of redisStream", prefetch, "Give 1 to 1000.");
  const claimAfterMs = parseDuration(claimAfter, "The claimAfter of redisStream");
  if (claimAfterMs < 1_000) throw refuse("The claimAfter of redisStream", claimAfter, "Give one second or more.");
  secretNames({ secrets: url }, "redisStream");
  return { kind: "redisStream", stream, group, url, prefetch, claimAfterMs };
}

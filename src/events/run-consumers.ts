import { once } from "node:events";
import type { Consumers } from "./start-consumers.ts";
import { superviseConsumers, type SuperviseOptions } from "./supervise-consumers.ts";

/** What a process needs that takes the events of an app. */
export interface RunConsumersOptions extends SuperviseOptions {
  /** Ends it when it fires. */
  readonly signal: AbortSignal;
  /** For how long what is under way is waited for then, in milliseconds. @default 10000 */
  readonly withinMs?: number;
  /** Is given the consumers once they are there, such as for a health check. */
  readonly onConsumers?: (consumers: Consumers) => void;
}

/**
 * Takes the events of an app, as {@link superviseConsumers} does, until a signal fires; then what is under way is settled, and the
 * rest is left to the brokers, which bring it again.
 *
 * @throws `InvalidDefinition` when no adapter takes a source's kind.
 * @example
 * ```ts
 * const stop = new AbortController();
 * process.once("SIGTERM", () => stop.abort());
 * await runConsumers({ app, client, variables: process.env, signal: stop.signal });
 * ```
 */
export async function runConsumers({ signal, withinMs, onConsumers, ...options }: RunConsumersOptions): Promise<void> {
  const consumers = await superviseConsumers(options);
  onConsumers?.(consumers);
  const sources = consumers.all.map(({ source }) => source);
  options.logger?.info({ sources }, `taking the events of ${sources.length} event sources`);
  if (!signal.aborted) await once(signal, "abort");
  await consumers.stop(withinMs);
  options.logger?.info({ sources }, "taking no more events");
}

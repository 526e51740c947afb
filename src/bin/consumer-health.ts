import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { TenutoClient } from "tenuto/client";
import type { Consumers } from "tenuto/events";

type Standing = Consumers["all"][number];

/** How the consumers of a process are. */
export interface ConsumerReadiness {
  /** Whether Temporal answers, and each source that is not off is connected to its broker. */
  readonly ready: boolean;
  readonly temporal: { readonly ok: boolean; readonly detail?: string };
  /** Without those that are off. */
  readonly sources: readonly { readonly source: string; readonly state: string; readonly lastError?: string }[];
}

/** What a process that takes events tells its operators; `consumers` is `undefined` until they are there. */
export class ConsumerHealth {
  readonly #client: TenutoClient;
  readonly #registry = new Registry();
  #consumers: Consumers | undefined;

  constructor(client: TenutoClient) {
    this.#client = client;
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    const gauge = (name: string, help: string, valueOf: (consumer: Standing) => number) =>
      new Gauge({
        ...{ name, help, labelNames: ["source"], registers },
        collect: () => {
          for (const consumer of this.#all()) gauges[name]?.set({ source: consumer.source }, valueOf(consumer));
        },
      });
    const gauges: Readonly<Record<string, Gauge>> = Object.fromEntries(
      (
        [
          ["tenuto_events_in_flight", "Events that are under way.", (each) => each.status().inFlight],
          [
            "tenuto_events_settled",
            "Events that were settled, since the process began.",
            (each) => each.status().settled,
          ],
          ["tenuto_events_connected", "1 while the broker is there.", (each) => Number(isConnected(each))],
        ] satisfies [string, string, (consumer: Standing) => number][]
      ).map((each) => [each[0], gauge(...each)]),
    );
  }

  /** From now on it tells of these. */
  tellOf(consumers: Consumers): void {
    this.#consumers = consumers;
  }

  async readiness(): Promise<ConsumerReadiness> {
    const temporal = await this.#client.check();
    const sources = this.#all().map((consumer) => {
      const { state, lastError } = consumer.status();
      return { source: consumer.source, state, ...(lastError !== undefined && { lastError }) };
    });
    const isConnectedToAll = this.#all().every(isConnected);
    return { ready: this.#consumers !== undefined && temporal.ok && isConnectedToAll, temporal, sources };
  }

  async metrics(): Promise<{ readonly contentType: string; readonly text: string }> {
    return { contentType: this.#registry.contentType, text: await this.#registry.metrics() };
  }

  #all(): readonly Standing[] {
    return this.#consumers?.all ?? [];
  }
}

function isConnected(consumer: Standing): boolean {
  const { state } = consumer.status();
  return state !== "reconnecting" && state !== "stopped";
}

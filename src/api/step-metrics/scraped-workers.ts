// Numbers of steps from the workers themselves, where there is no Prometheus.
import { setTimeout as sleep } from "node:timers/promises";
import type { StepMetrics, StepMetricsRange, StepMetricsSource } from "tenuto/client";
import { parseExposition } from "./parse-exposition.ts";
import { isWanted, keptMs, ScrapeWindow } from "./scrape-window.ts";
import { numbersOf } from "./step-series.ts";
import { addressesOf } from "./worker-addresses.ts";

/** Which workers are asked, and how often. */
export interface ScrapedStepMetricsOptions {
  /** Base URLs of workers' `/metrics`; a name may stand for several workers. */
  readonly workers: readonly string[];
  /** Whose numbers: a worker's process may work for several. */
  readonly namespace: string;
  /** From one time to the next, in milliseconds. @default 10 seconds */
  readonly everyMs?: number;
  /** Ends it. */
  readonly signal: AbortSignal;
}

const answerWithinMs = 5_000;
const longestAnswer = 16 * 1024 * 1024;
const mostAddresses = 200;

/**
 * Asks workers again and again what they have counted, and keeps at most a day of it in memory, for `stepMetrics` of
 * {@link createApi}.
 *
 * @throws `TypeError` for a URL that is none.
 * @example
 * ```ts
 * const stepMetrics = scrapeStepMetrics({
 *   workers: ["http://127.0.0.1:9464"],
 *   namespace: "default",
 *   signal: new AbortController().signal,
 * });
 * ```
 */
export function scrapeStepMetrics(options: ScrapedStepMetricsOptions): StepMetricsSource {
  const { workers, namespace, everyMs = 10_000, signal } = options;
  const urls = workers.map((url) => new URL(url).href);
  const window = new ScrapeWindow(namespace, Date.now());
  /** Those that did not answer when they were asked last, and since when: milliseconds since the epoch. */
  const silent = new Map<string, number>();
  void scrapeUntil(signal, everyMs, () => scrapeAll(urls, { window, silent, signal }));
  return { read: (range) => Promise.resolve(read(window, silent, range)) };
}

async function scrapeUntil(signal: AbortSignal, everyMs: number, scrape: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await scrape();
    await sleep(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

interface Scraping {
  readonly window: ScrapeWindow;
  readonly silent: Map<string, number>;
  readonly signal: AbortSignal;
}

async function scrapeAll(urls: readonly string[], { window, silent, signal }: Scraping): Promise<void> {
  const asked = new Set<string>();
  const found = await Promise.all(urls.map(async (url) => addressesOf(url).catch((): readonly string[] => [url])));
  const addresses = [...new Set(found.flat())].slice(0, mostAddresses);
  await Promise.all(
    addresses.map(async (worker) => {
      asked.add(worker);
      try {
        const text = await textAt(new URL("metrics", worker.endsWith("/") ? worker : `${worker}/`), signal);
        window.add({ worker, atMs: Date.now(), samples: parseExposition(text, isWanted) });
        silent.delete(worker);
      } catch {
        if (!silent.has(worker)) silent.set(worker, Date.now());
      }
    }),
  );
  // What a name no longer stands for is gone, and not silent.
  for (const worker of silent.keys()) if (!asked.has(worker)) silent.delete(worker);
}

async function textAt(url: URL, signal: AbortSignal): Promise<string> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]);
  const answer = await fetch(url, { signal: within, redirect: "error" });
  if (!answer.ok || !answer.body) throw new Error(`It answers with ${answer.status}`);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of answer.body as ReadableStream<Uint8Array>) {
    length += part.length;
    if (length > longestAnswer) throw new Error("It answers with too much");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function read(window: ScrapeWindow, silent: ReadonlyMap<string, number>, { from, to }: StepMetricsRange): StepMetrics {
  const [askedMs, toMs] = [Date.parse(from), Math.min(Date.parse(to), Date.now())];
  const { fromMs, asOfMs, series, restarts, truncated } = window.read({ fromMs: askedMs, toMs });
  const away = [...silent].map(
    ([worker, sinceMs]) => `Worker ${new URL(worker).host} is silent since ${iso(sinceMs)}.`,
  );
  if (asOfMs === undefined) {
    const leavesOut = ["All numbers of steps: no worker has answered yet.", ...away];
    return { source: "workers", leavesOut, steps: [], scheduleToStart: [], slots: [] };
  }
  const left = [
    askedMs < toMs - keptMs && "What steps did more than a day ago: the API keeps no more of it without Prometheus.",
    fromMs > Math.max(askedMs, toMs - keptMs) &&
      `What steps did before ${iso(fromMs)}: nobody asked their workers then.`,
    restarts > 0 && "The last seconds of workers that have ended: nobody could ask them any more.",
    truncated && "Some numbers of steps: there are more of them than the API keeps.",
  ].filter((sentence) => sentence !== false);
  return {
    ...{ source: "workers", from: iso(Math.min(fromMs, toMs)), to: iso(toMs), asOf: iso(asOfMs) },
    leavesOut: [...left, ...away],
    ...numbersOf(series),
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

// What workers have counted within the last day, from what they tell again and again. Counters only grow within a process, so
// between two answers of the same one the difference counts; a process that is new has counted from zero since its start. What is
// kept is what was counted in each minute, of all workers together: a restart takes nothing away.
import type { Sample } from "./parse-exposition.ts";
import { growing, type Labeled, labelsOf, type SeriesKind, type SeriesRead, stepSeries } from "./step-series.ts";

/** What one worker told. */
export interface Scrape {
  /** The address that it was asked at. */
  readonly worker: string;
  readonly atMs: number;
  readonly samples: readonly Sample[];
}

/** What is known of a time. */
export interface WindowRead {
  readonly fromMs: number;
  readonly asOfMs: number | undefined;
  readonly series: SeriesRead;
  /** How many workers have begun anew within it. */
  readonly restarts: number;
  /** Whether there was more to keep than is kept. */
  readonly truncated: boolean;
}

/** What was counted from one time to another, by series. */
interface Stretch {
  fromMs: number;
  toMs: number;
  readonly counts: Map<string, number>;
}

/** A worker as it told last. */
interface Known {
  readonly startedMs: number | undefined;
  /** What is counted of it begins here. */
  readonly sinceMs: number;
  readonly atMs: number;
  readonly totals: ReadonlyMap<string, number>;
  readonly now: SeriesNow;
}

type SeriesNow = Readonly<Partial<Record<SeriesKind, readonly Labeled[]>>>;

const startTime = "process_start_time_seconds";
const minuteMs = 60_000;
export const keptMs = 24 * 3_600_000;
const mostStretches = 3_000;
const mostSeries = 20_000;
/** A worker that says nothing for longer has no slots. */
const freshMs = 60_000;

/** The samples that it takes in. */
export function isWanted(name: string): boolean {
  return name === startTime || kinds.some((kind) => stepSeries[kind] === name);
}

const kinds = Object.keys(stepSeries) as readonly SeriesKind[];

export class ScrapeWindow {
  readonly #namespace: string;
  readonly #beganMs: number;
  readonly #workers = new Map<string, Known>();
  readonly #series = new Set<string>();
  #stretches: Stretch[] = [];
  #restarts: number[] = [];
  #isTruncated = false;

  constructor(namespace: string, beganMs: number) {
    this.#namespace = namespace;
    this.#beganMs = beganMs;
  }

  add({ worker, atMs, samples }: Scrape): void {
    const startedAt = samples.find(({ name }) => name === startTime)?.value;
    const startedMs = startedAt === undefined ? undefined : startedAt * 1_000;
    const own = samples.filter(({ labels }) => labels["namespace"] === this.#namespace);
    const totals = this.#totalsOf(own);
    const before = this.#workers.get(worker);
    const isSame = before !== undefined && before.startedMs === startedMs;
    // Of one that does not say when it began, what it has counted before is not known.
    const sinceMs = isSame ? before.atMs : (startedMs ?? (before ? before.atMs : atMs));
    const isCounted = isSame || startedMs !== undefined;
    if (isCounted) this.#count(isSame ? before.totals : new Map(), { totals, fromMs: sinceMs, toMs: atMs });
    if (before && !isSame) this.#restarts.push(atMs);
    this.#workers.set(worker, { startedMs, sinceMs: isSame ? before.sinceMs : sinceMs, atMs, totals, now: nowOf(own) });
    this.#forget(atMs - keptMs);
  }

  read({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }): WindowRead {
    const earliest = Math.max(fromMs, toMs - keptMs);
    const touching = this.#stretches.filter((each) => each.toMs > earliest && each.fromMs < toMs);
    // A short one is counted whole; of a long one nobody knows which part of it is meant.
    const inside = touching.filter((each) => each.fromMs >= earliest || isShort(each));
    const outside = touching.filter((each) => each.fromMs < earliest && !isShort(each));
    const workers = [...this.#workers.values()];
    const firstMs = Math.min(this.#beganMs, ...workers.map(({ sinceMs }) => sinceMs));
    const summed = new Map<string, number>();
    for (const { counts } of inside) for (const [key, count] of counts) increase(summed, key, count);
    for (const key of emptyBuckets(summed, this.#series)) summed.set(key, 0);
    const answered = workers.map(({ atMs }) => atMs).filter((atMs) => atMs <= toMs + minuteMs);
    return {
      fromMs: Math.max(earliest, firstMs, ...outside.map((each) => each.toMs)),
      asOfMs: answered.length === 0 ? undefined : Math.max(...answered),
      series: { ...seriesIn(summed), ...slotsNow(workers, toMs) },
      restarts: this.#restarts.filter((atMs) => atMs >= earliest && atMs <= toMs).length,
      truncated: this.#isTruncated,
    };
  }

  #count(
    before: ReadonlyMap<string, number>,
    { totals, fromMs, toMs }: { readonly totals: ReadonlyMap<string, number>; fromMs: number; toMs: number },
  ): void {
    const counts = new Map<string, number>();
    for (const [key, total] of totals) {
      const known = before.get(key) ?? 0;
      const more = total < known ? total : total - known;
      if (more > 0) counts.set(key, more);
    }
    if (counts.size === 0) return;
    const minute = Math.floor(toMs / minuteMs);
    const same = this.#stretches.findLast((each) => Math.floor(each.toMs / minuteMs) === minute && isShort(each));
    if (toMs - fromMs > minuteMs || !same) this.#stretches.push({ fromMs, toMs, counts });
    else {
      same.fromMs = Math.min(same.fromMs, fromMs);
      same.toMs = Math.max(same.toMs, toMs);
      for (const [key, count] of counts) increase(same.counts, key, count);
    }
  }

  /** Of each series, what all that differ in other labels have together. */
  #totalsOf(samples: readonly Sample[]): ReadonlyMap<string, number> {
    const totals = new Map<string, number>();
    for (const { name, labels, value } of samples) {
      const kind = growing.find((each) => stepSeries[each] === name);
      if (!kind || !Number.isFinite(value)) continue;
      const key = JSON.stringify([kind, ...labelsOf[kind].map((label) => labels[label] ?? "")]);
      if (!this.#series.has(key) && this.#series.size >= mostSeries) this.#isTruncated = true;
      else {
        this.#series.add(key);
        increase(totals, key, value);
      }
    }
    return totals;
  }

  #forget(beforeMs: number): void {
    const kept = this.#stretches.filter(({ toMs }) => toMs >= beforeMs);
    if (kept.length > mostStretches) this.#isTruncated = true;
    this.#stretches = kept.slice(-mostStretches);
    this.#restarts = this.#restarts.filter((atMs) => atMs >= beforeMs).slice(-mostStretches);
    for (const [worker, { atMs }] of this.#workers) if (atMs < beforeMs) this.#workers.delete(worker);
  }
}

/** Those of several workers in the same minute are one, and may be a little longer together. */
function isShort({ fromMs, toMs }: Stretch): boolean {
  return toMs - fromMs <= 2 * minuteMs;
}

function increase(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

/** Where a histogram has counted, its buckets in which nothing fell: without them the next one would seem to begin lower. */
function emptyBuckets(summed: ReadonlyMap<string, number>, known: ReadonlySet<string>): readonly string[] {
  const isBucket = (key: string) => key.startsWith('["durations",') || key.startsWith('["waits",');
  const histogramOf = (key: string) => JSON.stringify((JSON.parse(key) as readonly string[]).slice(0, -1));
  const counting = new Set([...summed.keys()].filter(isBucket).map(histogramOf));
  return [...known].filter((key) => isBucket(key) && !summed.has(key) && counting.has(histogramOf(key)));
}

function nowOf(samples: readonly Sample[]): SeriesNow {
  const named = (kind: SeriesKind) => samples.filter(({ name }) => name === stepSeries[kind]);
  return { used: named("used"), available: named("available"), slots: named("slots") };
}

function slotsNow(workers: readonly Known[], toMs: number): Pick<SeriesRead, "used" | "available" | "slots"> {
  const fresh = workers.filter(({ atMs }) => atMs >= toMs - freshMs);
  return {
    used: fresh.flatMap(({ now }) => now.used ?? []),
    available: fresh.flatMap(({ now }) => now.available ?? []),
    slots: fresh.flatMap(({ now }) => now.slots ?? []),
  };
}

function seriesIn(summed: ReadonlyMap<string, number>): SeriesRead {
  const found = Object.fromEntries(kinds.map((kind) => [kind, [] as Labeled[]])) as Record<SeriesKind, Labeled[]>;
  for (const [key, value] of summed) {
    const [kind, ...values] = JSON.parse(key) as [SeriesKind, ...string[]];
    found[kind].push({ labels: Object.fromEntries(labelsOf[kind].map((name, at) => [name, values[at] ?? ""])), value });
  }
  return found;
}

// What the overview shows of a load whose numbers are known: every one is held against what the script did, never against the API.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { defineEventSource, onEvent } from "tenuto";
import { rabbitMq } from "tenuto/events";
import { z } from "zod";
import { plain } from "../metrics/fixtures/counted.contract.ts";
import { closedRuns, fates, type Fates, loadRig, recorded, slasMs, startLoad } from "../metrics/fixtures/load-rig.ts";
import { ownStepMetrics } from "../metrics/fixtures/own-step-metrics.ts";
import { browser, chromium, type Tab } from "../rig/browser.ts";
import { eventually } from "../rig/eventually.ts";
import { assertSound, phone } from "./fixtures/dashboard-rig.ts";
import {
  durationsTold,
  durationTold,
  type OverviewPage,
  percentTold,
  readOverview,
  type Row,
  sumOf,
} from "./fixtures/overview-page.ts";

const skip = chromium === undefined && "There is no Chromium here: on Debian, apt-get install chromium";

/** Rollups count twice a second; what is open may be shown for half a minute before it is asked anew. */
const settledWithinMs = 90_000;

type Type = keyof typeof fates;
const types = Object.keys(fates) as readonly Type[];
const windows = ["24h", "1h", "7d", "30d"] as const;

/** How long a window is at most, and how much shorter it may be: its first part, and what is not counted yet. */
const hours = { "1h": [1, 1 / 30], "24h": [24, 0.3], "7d": [168, 1.1], "30d": [720, 6.1] } as const;

const orders = defineEventSource("orders", {
  from: rabbitMq({ queue: "orders", url: "RABBIT" }),
  on: { "order.new": onEvent(z.object({}), { start: plain, input: () => ({}) }) },
});

/** As Core tells it: of 20 steps on a queue, 19 waited for 50 to 100 ms, and one for up to a second. */
const waitsTold = (namespace: string) =>
  [
    ["0.05", 0],
    ["0.1", 19],
    ["1", 20],
    ["+Inf", 20],
  ]
    .map(([le, count]) => {
      const labels = `namespace="${namespace}",task_queue="told",le="${le}"`;
      return `temporal_activity_schedule_to_start_latency_seconds_bucket{${labels}} ${count}`;
    })
    .join("\n");

describe("the numbers of a load of known outcome, on the dashboard", { skip, timeout: 540_000 }, () => {
  const load = loadRig({ sources: [orders] });
  const { open } = browser();
  const { namespace } = load.rig;
  const stepMetrics = ownStepMetrics(namespace, waitsTold(namespace));
  let api: Awaited<ReturnType<typeof load.startApi>>;
  let stopWorker: () => Promise<void>;
  let tab: Tab;
  before(async () => {
    [api, stopWorker] = [await load.startApi({ stepMetrics }), await load.startWorker()];
    await startLoad(load, api.client);
    await reportSource();
    const inAll = sumOver(types, (type) => closedIn(fates[type]));
    await eventually("all has closed that closes", async () => (await closedOf(types)).length === inAll);
    tab = await open({ width: 1_280 });
    await signIn(tab);
  });

  const reportSource = () =>
    api.client.reportEventSources({
      ...{ process: "a process", at: new Date().toISOString(), nextWithinMs: 600_000 },
      sources: [{ source: "orders", state: "consuming", inFlight: 0, settled: 9, settledLastMinute: 9, backlog: 7 }],
    });
  const signIn = async (by: Tab) => {
    await by.goTo(`${api.url}/dashboard/`);
    await by.shows("API key or token");
    await by.fill("API key or token", "key-of-all");
    await by.press("Sign in");
    await by.shows("By workflow type");
  };

  /** Opens the overview, and waits until it says what is expected. */
  async function reads(query: string, of: readonly Type[]): Promise<OverviewPage> {
    await tab.goTo(`${api.url}/dashboard/?${query}`);
    const expected = await numbersOf(of);
    const deadline = Date.now() + settledWithinMs;
    for (;;) {
      await tab.shows("By workflow type");
      const page = await readOverview(tab);
      try {
        assert.deepEqual(numbersOn(page), expected, query);
        return page;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await sleep(250);
      }
    }
  }

  const closedOf = async (of: readonly Type[]) =>
    (await Promise.all(of.map(async (type) => (await closedRuns(load, type)).map((run) => ({ ...run, type }))))).flat();

  /** What the script has done, as the page should write it. */
  async function numbersOf(of: readonly Type[]) {
    const sum = (fate: keyof Fates) => of.reduce((all, type) => all + fates[type][fate], 0);
    const closed = await closedOf(of);
    const late = (type: Type) =>
      closed.filter((run) => run.type === type && run.tookMs > (slasMs[type] ?? Infinity)).length;
    const judged = of.filter((type) => slasMs[type] !== undefined);
    const [judgedRuns, lateRuns] = [
      judged.reduce((all, type) => all + closedIn(fates[type]), 0),
      sumOver(judged, late),
    ];
    const has = (type: Type) => Number(of.includes(type));
    const openLetters = 2 * has("counted") + has("worked");
    return {
      tiles: {
        Completed: String(sum("completed")),
        Failed: String(sum("failed")),
        ...ifAny("Timed out", sum("timedOut")),
        ...ifAny("Canceled", sum("canceled")),
        ...ifAny("Terminated", sum("terminated")),
        "Failure rate": rateTold(of),
        "Average time": averageTold(closed),
        ...(judged.length > 0 && { "Kept their SLA": shareTold(judgedRuns - lateRuns, judgedRuns) }),
      },
      sla: judged.length > 0 ? `${judgedRuns - lateRuns} in time, ${lateRuns} late` : undefined,
      recorded: Object.fromEntries(
        of.flatMap((type) =>
          Object.entries(recorded[type] ?? {}).map(([name, { count, sum: value }]) => [name, [value, count]]),
        ),
      ),
      types: of
        .map((type) => {
          const { completed, failed, timedOut, canceled, terminated, running } = fates[type];
          const own = closed.filter((run) => run.type === type);
          const hasSla = slasMs[type] !== undefined;
          return {
            ...{ Type: type, Running: running, Completed: completed, Failed: failed, "Timed out": timedOut },
            ...{ Canceled: canceled, Terminated: terminated, "Failure rate": rateTold([type]) },
            Average: averageTold(own),
            "In SLA": hasSla ? String(closedIn(fates[type]) - late(type)) : "–",
            Late: hasSla ? String(late(type)) : "–",
            // Both that run have, by now, and nothing else with an SLA does.
            "Running past it": String(type === "counted" ? running : 0),
          };
        })
        .map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)])))
        .toSorted(byType),
      runs: { ...zeros("Paused", "Partial", "Waiting", "Stuck"), Running: sum("running"), Parked: has("worked") },
      tasks: { ...zeros(...ages), Open: has("asking"), Overdue: has("asking"), "Up to an hour old": has("asking") },
      letters: { ...zeros(...ages), Open: openLetters, "Up to an hour old": openLetters },
      errors: [
        ...Array<string>(2 * has("counted")).fill("counted: 1"),
        ...Array<string>(has("worked")).fill("worked: 1"),
      ],
      failuresByHour: openLetters,
      steps: [stepsDone()],
      ends: {
        ...{ Completed: sum("completed"), Failed: sum("failed"), "Timed out": sum("timedOut"), Late: lateRuns },
        "Canceled or terminated": sum("canceled") + sum("terminated"),
      },
      queues: [load.app.name, "tenuto-system"].map((name) => ({ name, waiting: "0", isPolled: true })),
      sources: [{ Source: "orders", State: "Consuming", "Behind by": "7", "Per minute": "9" }],
    };
  }

  /** One step was retried and succeeded; one was retried, and is parked. */
  function stepsDone(): Row {
    const attempts = [...load.attempts.values()].reduce((all, each) => all + each, 0);
    return {
      ...{ Activity: "work.do", Succeeded: "1", Failed: "0", Parked: "1", "Success rate": "100 %" },
      ...{ Attempts: String(attempts), Retries: String(attempts - load.attempts.size) },
    };
  }

  test("in every window, each number is that of the script", async () => {
    for (const window of windows) {
      const page = await reads(`window=${window}`, types);
      assertTimes(page, await closedOf(types));
      assertPerHour(page, window);
    }
  });

  test("of each type alone too", async () => {
    for (const type of types) {
      for (const window of windows) await reads(`window=${window}&type=${type}`, [type]);
    }
  });

  test("what is about steps and their workers is there, with the waits that Core tells", async () => {
    const page = await reads("window=1h", types);
    const waits = page.tables["How long steps wait for a worker"] ?? [];
    const told = waits.find((row) => row["Task queue"] === "told");
    // The median is the tenth of those in its bucket; the others are in theirs.
    assert.deepEqual([told?.["Wait, 50 %"], told?.["Slots in use"]], ["76 ms", "–"]);
    assertWithin(told?.["Wait, 95 %"], { aboveMs: 50, upToMs: 100 });
    assertWithin(told?.["Wait, 99 %"], { aboveMs: 100, upToMs: 1_000 });
    const own = waits.find((row) => row["Task queue"] === load.app.name);
    assert.match(own?.["Slots in use"] ?? "", /^activity 0 of \d+$/);
    const [step] = page.tables["Steps by their activity"] ?? [];
    for (const title of ["50 %", "95 %", "99 %"]) assertWithin(step?.[title], { aboveMs: 0, upToMs: 10_000 });
  });

  test("a load that is known is sound to look at, in both themes and at both widths", async () => {
    for (const [theme, width] of [
      ["light", 1_280],
      ["dark", 1_280],
      ["light", phone],
      ["dark", phone],
    ] as const) {
      const other = await open({ theme, width });
      await signIn(other);
      await other.goTo(`${api.url}/dashboard/?window=1h`);
      await other.shows("By workflow type");
      await other.shows("As a table");
      // Before somebody has signed in, the API says so, which browsers note.
      const complaints = other.complaints.filter((complaint) => !complaint.includes("/v1/session"));
      await assertSound({ ...other, complaints }, `numbers-${theme}-${width}`);
    }
  });

  test("after the worker and the API were started again nothing is lower, and nothing counts twice", async () => {
    await Promise.all([stopWorker(), api.stop()]);
    [api, stopWorker] = [await load.startApi({ stepMetrics }), await load.startWorker()];
    await signInIfAsked();
    for (const window of windows) assertTimes(await reads(`window=${window}`, types), await closedOf(types));
    for (const type of types) await reads(`window=24h&type=${type}`, [type]);
  });

  async function signInIfAsked(): Promise<void> {
    await tab.goTo(`${api.url}/dashboard/`);
    const isThere = (selector: string) =>
      tab.read<boolean>(`document.querySelector(${JSON.stringify(selector)}) !== null`);
    while (!(await isThere("input[type=password]")) && !(await isThere("[data-number]"))) await sleep(50);
    if (await isThere("input[type=password]")) await signIn(tab);
  }
});

const ages = ["Up to a day", "Up to a week", "Older"] as const;

/** What the page tells of all that {@link numbersOf} has, without percentiles and rates. */
function numbersOn({ tiles, notes, tables, open, trends }: OverviewPage) {
  const custom = Object.entries(tiles).filter(([name]) => /^(orders\.value|links)$/.test(name));
  const wanted = Object.entries(tiles).filter(
    ([name]) => !/take at most$|per hour$/.test(name) && !custom.some(([each]) => each === name),
  );
  const long = tables["How long runs of each workflow type take"] ?? [];
  const types = (tables["How many runs of each workflow type"] ?? []).map((row) => {
    const {
      Average,
      "In SLA": inTime,
      Late,
      "Running past it": past,
    } = long.find((each) => each["Type"] === row["Type"]) ?? {};
    return { ...row, Average, "In SLA": inTime, Late, "Running past it": past } as Row;
  });
  const ends = tables["Runs that closed"];
  const top = tables["The error groups with the most failures"] ?? [];
  return {
    tiles: Object.fromEntries(wanted),
    sla: "Kept their SLA" in tiles ? notes["Kept their SLA"] : undefined,
    recorded: Object.fromEntries(
      custom.map(([name, value]) => [name, [Number(value), Number(/\d+/.exec(notes[name] ?? "")?.[0])]]),
    ),
    types: types.toSorted(byType),
    runs: numbersIn(open["Runs"]),
    tasks: numbersIn(open["Tasks"]),
    letters: numbersIn(open["Dead letters"]),
    errors: top.map((row) => `${row["Type"]}: ${row["Failures"]}`).toSorted(),
    failuresByHour: trends.flatMap((trend) => trend.match(/\d+/g) ?? []).reduce((sum, each) => sum + Number(each), 0),
    steps: (tables["Steps by their activity"] ?? []).map(({ "50 %": _, "95 %": __, "99 %": ___, ...counts }) => counts),
    ends: Object.fromEntries(
      ["Completed", "Failed", "Timed out", "Late", "Canceled or terminated"].map((title) => [
        title,
        sumOf(ends, title),
      ]),
    ),
    queues: (tables["Task queues"] ?? []).map((row) => ({
      ...{ name: row["Task queue"], waiting: row["Waiting"], isPolled: Number(row["Pollers"]) > 0 },
    })),
    sources: tables["Event sources"] ?? [],
  };
}

interface ClosedRun {
  readonly type: Type;
  readonly tookMs: number;
  readonly isCompleted: boolean;
}

/** Runs by the hours that are counted, as far as a page with one digit after the point tells them. */
function assertPerHour({ tiles }: OverviewPage, window: (typeof windows)[number]): void {
  const [most, less] = hours[window];
  const completed = sumOver(types, (type) => fates[type].completed);
  const told = Number(tiles["Completed per hour"]);
  const isSo = told >= completed / most - 0.06 && told <= completed / (most - less) + 0.06;
  assert.ok(isSo, `${told} in an hour of ${window}`);
}

/** Each percentile of what completed is within its bucket, which is 9 % wide. */
function assertTimes({ tiles, tables }: OverviewPage, closed: readonly ClosedRun[]): void {
  const completed = closed.filter(({ isCompleted }) => isCompleted);
  const held = (runs: readonly ClosedRun[], share: number, text: string | undefined) => {
    const sorted = runs.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b);
    const exact = sorted[Math.ceil(share * sorted.length) - 1];
    if (exact === undefined) assert.equal(text, "–");
    else assertWithin(text, { aboveMs: exact, upToMs: exact * 1.0906 + 1 });
  };
  for (const [title, share] of [
    ["50 %", 0.5],
    ["95 %", 0.95],
    ["99 %", 0.99],
  ] as const) {
    held(completed, share, tiles[`${title} take at most`]);
    for (const row of tables["How long runs of each workflow type take"] ?? [])
      held(
        completed.filter(({ type }) => type === row["Type"]),
        share,
        row[title],
      );
  }
}

/** What is written so may be a time in a range. */
function assertWithin(
  text: string | undefined,
  { aboveMs, upToMs }: { readonly aboveMs: number; readonly upToMs: number },
) {
  const { fromMs, toMs } = durationsTold(text);
  assert.ok(toMs >= aboveMs && fromMs <= upToMs, `${text} is not from ${aboveMs} to ${upToMs} ms`);
}

function closedIn({ completed, failed, timedOut, canceled, terminated }: Fates): number {
  return completed + failed + timedOut + canceled + terminated;
}

function sumOver(of: readonly Type[], count: (type: Type) => number): number {
  return of.reduce((all, type) => all + count(type), 0);
}

function ifAny(title: string, count: number): Row {
  return count > 0 ? { [title]: String(count) } : {};
}

function rateTold(of: readonly Type[]): string {
  return shareTold(
    sumOver(of, (type) => fates[type].failed + fates[type].timedOut),
    sumOver(of, (type) => closedIn(fates[type])),
  );
}

function shareTold(part: number, all: number): string {
  return all === 0 ? "–" : percentTold(part / all);
}

function averageTold(closed: readonly ClosedRun[]): string {
  const completed = closed.filter(({ isCompleted }) => isCompleted);
  if (completed.length === 0) return "–";
  return durationTold(completed.reduce((sum, { tookMs }) => sum + tookMs, 0) / completed.length);
}

function zeros(...names: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(names.map((name) => [name, 0]));
}

function numbersIn(counts: Row | undefined): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(counts ?? {}).map(([name, count]) => [name, Number(count)]));
}

function byType(one: Row, other: Row): number {
  return (one["Type"] ?? "") < (other["Type"] ?? "") ? -1 : 1;
}

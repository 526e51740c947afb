import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { EventSourceState, ProcessReport, SourceReport } from "tenuto";
import type { EventSource } from "tenuto";
import { eventSourceStatus } from "../../src/sdk/core/event-source-status.ts";
import {
  changeIssues,
  noEventSources,
  sourceLimits,
  withPause,
  withReport,
  withResume,
} from "../../src/sdk/core/event-sources-state.ts";
import type { EventSourcesRecord } from "../../src/sdk/core/event-sources.ts";

const start = Date.parse("2026-11-26T12:00:00.000Z");
const at = (seconds: number) => new Date(start + seconds * 1_000).toISOString();
const told = (state: EventSourceState, more: Partial<SourceReport> = {}): SourceReport => ({
  ...{ source: "orders", state, inFlight: 0, settled: 0, settledLastMinute: 0 },
  ...more,
});
const report = (process: string, seconds: number, ...sources: readonly SourceReport[]): ProcessReport => ({
  ...{ process, at: at(seconds), nextWithinMs: 30_000 },
  sources,
});
const source: EventSource = {
  ...{ kind: "eventSource", unmatched: "deadLetter", name: "orders", description: "", on: {} },
  from: { kind: "rabbitmq" },
};
const after = (...reports: readonly ProcessReport[]) =>
  reports.reduce((state, each) => withReport(state, each, Date.parse(each.at)), noEventSources);
const statusOf = (record: EventSourcesRecord, seconds: number) =>
  eventSourceStatus(source, record, start + seconds * 1_000);

describe("pausing an event source", () => {
  const why = { source: "orders", by: "ada", reason: "we move" };

  test("is kept with who, why and when; once more changes nothing", () => {
    const paused = withPause(noEventSources, why, at(0));
    assert.deepEqual(paused.paused, { orders: { by: "ada", reason: "we move", at: at(0) } });
    assert.equal(withPause(paused, { ...why, by: "bob" }, at(9)), paused);
    const resumed = withResume(paused, why);
    assert.deepEqual(resumed.paused, {});
    assert.equal(withResume(resumed, why), resumed);
  });

  test("needs a source, a name and a reason of a length that fits", () => {
    const pointers = (change: object) => changeIssues({ ...why, ...change }).map(({ pointer }) => pointer);
    assert.deepEqual(pointers({}), []);
    assert.deepEqual(pointers({ source: "", by: undefined, reason: " " }), ["/source", "/by", "/reason"]);
    assert.deepEqual(pointers({ reason: "x".repeat(1_001) }), ["/reason"]);
  });
});

describe("reports of processes", () => {
  test("take the place of what the same process told before, also when they overtake each other", () => {
    const state = after(report("a", 0, told("consuming")), report("b", 1, told("consuming")));
    const next = withReport(state, report("a", 5, told("holding")), start + 5_000);
    assert.deepEqual(
      next.processes.map(({ process, at: when }) => [process, when]),
      [
        ["b", at(1)],
        ["a", at(5)],
      ],
    );
    assert.equal(withReport(next, report("a", 3, told("consuming")), start + 6_000), next);
  });

  test("of a process that was silent for ten minutes are forgotten", () => {
    const state = after(report("a", 0, told("consuming")), report("b", 599, told("consuming")));
    assert.equal(state.processes.length, 2);
    assert.deepEqual(
      withReport(state, report("b", 600, told("consuming")), start + 600_000).processes.map(({ process }) => process),
      ["b"],
    );
    assert.equal(statusOf(after(report("a", 0, told("consuming"))), 601).state, "unknown");
  });

  test("are no younger than they are when a clock is ahead, and bounded in every way", () => {
    const many = Array.from({ length: 1_000 }, (_, n) => told("consuming", { source: `s${n}` }));
    const long = told("holding", { lastError: "x".repeat(10_000) });
    const [kept] = withReport(noEventSources, report("a", 900, long, ...many), start).processes;
    assert.equal(kept?.at, at(0));
    assert.equal(kept.sources.length, sourceLimits.sources);
    assert.equal(kept.sources[0]?.lastError?.length, sourceLimits.error);
    let state = noEventSources;
    for (let n = 0; n < 300; n += 1) state = withReport(state, report(`p${n}`, n / 10, long, ...many), start + n * 100);
    assert.ok(JSON.stringify(state).length <= sourceLimits.characters + 1_000);
    assert.equal(state.processes.at(-1)?.process, "p299");
  });
});

describe("the status of an event source", () => {
  const cases: readonly (readonly [readonly EventSourceState[], string])[] = [
    [[], "unknown"],
    [["consuming"], "consuming"],
    [["consuming", "holding"], "holding"],
    [["reconnecting", "consuming"], "reconnecting"],
    [["stopped", "consuming"], "consuming"],
    [["off", "consuming"], "consuming"],
    [["off"], "off"],
    [["stopped"], "stopped"],
  ];
  for (const [states, expected] of cases) {
    test(`is ${expected} when its processes are [${states.join(", ")}]`, () => {
      const record = after(...states.map((state, n) => report(`p${n}`, n, told(state))));
      assert.equal(statusOf(record, 10).state, expected);
    });
  }

  test("is paused when nobody consumes; a process that has not looked yet is told as it is", () => {
    const pausedBy = (record: EventSourcesRecord) =>
      withPause(record, { source: "orders", by: "ada", reason: "r" }, at(0));
    assert.equal(statusOf(pausedBy(noEventSources), 1).state, "paused");
    assert.equal(statusOf(pausedBy(after(report("a", 0, told("stopped")))), 1).state, "paused");
    assert.equal(statusOf(pausedBy(after(report("a", 0, told("consuming")))), 1).state, "consuming");
    assert.equal(statusOf(pausedBy(after(report("a", 0, told("paused")))), 1).paused?.by, "ada");
  });

  test("adds up its processes, but for the backlog, which all see the same; and says how old that is", () => {
    const numbers = { inFlight: 2, settled: 100, settledLastMinute: 30 };
    const record = after(
      report("a", 0, told("consuming", { ...numbers, backlog: 50, lastEventAt: at(-3) })),
      report(
        "b",
        5,
        told("consuming", { ...numbers, backlog: 44, lastEventAt: at(4), lastError: "e", lastErrorAt: at(1) }),
      ),
    );
    const { processes, inFlight, ratePerMinute, backlog, backlogAt, asOf, lastEventAt, lastError } = statusOf(
      record,
      10,
    );
    assert.deepEqual([inFlight, ratePerMinute, backlog, backlogAt, asOf], [4, 60, 44, at(5), at(0)]);
    assert.deepEqual([lastEventAt, lastError], [at(4), "e"]);
    assert.deepEqual(
      processes.map(({ process, ageMs }) => [process, ageMs]),
      [
        ["b", 5_000],
        ["a", 10_000],
      ],
    );
  });

  test("knows nothing of a process whose next report is overdue; one that said goodbye is not", () => {
    const record = after(report("a", 0, told("consuming", { inFlight: 3 })));
    assert.deepEqual([statusOf(record, 60).state, statusOf(record, 60).inFlight], ["consuming", 3]);
    const { state, inFlight, asOf, processes } = statusOf(record, 61);
    assert.deepEqual([state, inFlight, asOf, processes[0]?.isLate], ["unknown", undefined, undefined, true]);
    const goodbye = after({ ...report("a", 0, told("stopped")), nextWithinMs: 0 });
    assert.equal(statusOf(goodbye, 500).state, "stopped");
  });
});

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import type { MetricsSummary, MetricsTimeseries, StepMetrics } from "tenuto/client";
import { tenuto } from "../cli/fixtures/tenuto-command.ts";
import { eventually } from "../rig/eventually.ts";
import { problemOf } from "../api/fixtures/http.ts";
import { loadRig, startLoad } from "./fixtures/load-rig.ts";

type Summary = MetricsSummary & { readonly steps: StepMetrics };

describe("the numbers of a load of known outcome", { timeout: 300_000 }, () => {
  const load = loadRig();
  let api: Awaited<ReturnType<typeof load.startApi>>;
  let stopWorker: () => Promise<void>;
  before(async () => {
    [api, stopWorker] = [await load.startApi(), await load.startWorker()];
    await startLoad(load, api.client);
  });

  const summary = async (query = "", who: "all" | "acme" = "all") => {
    const { status, body } = await api.get(`/v1/metrics/summary${query}`, who);
    assert.equal(status, 200, JSON.stringify(body));
    return body as unknown as Summary;
  };
  const series = async (query = "", who: "all" | "acme" = "all") =>
    (await api.get(`/v1/metrics/timeseries${query}`, who)).body as unknown as MetricsTimeseries;
  /** When all that closes has closed, and is counted. */
  const settled = (query = "", closed = 18) =>
    eventually(`${closed} runs have closed, and the others wait`, async () => {
      const now = await summary(query);
      const { open, tasks, deadLetters } = now;
      const isOpen = open.running === 4 && open.parked === 1 && tasks.overdue === 1 && deadLetters.open === 3;
      return (
        now.total.now.closed === closed &&
        isOpen &&
        lateNow(now) === 2 &&
        ofType(now, "worked").open?.running === 1 &&
        now
      );
    });
  const ofType = ({ types }: Summary, type: string) => {
    const found = types.find((each) => each.type === type);
    assert.ok(found, type);
    return found;
  };
  const lateNow = (now: Summary) => ofType(now, "counted").open?.late;
  const fatesOf = ({ closed, completed, failed, canceled, terminated, timedOut }: Summary["total"]["now"]) => [
    ...[closed, completed, failed, canceled, terminated, timedOut],
  ];
  /** How long runs took, as the server tells it. */
  const tookMs = async (query: string) => {
    const took: number[] = [];
    for await (const { startTime, closeTime } of load.rig.client.workflow.list({ query }))
      took.push((closeTime?.getTime() ?? NaN) - startTime.getTime());
    return took.toSorted((a, b) => a - b);
  };

  test("each number equals the script's count, by type and in all, in every window", async () => {
    for (const window of ["24h", "1h", "7d", "30d"]) {
      const now = await settled(`?window=${window}`);
      assert.deepEqual(fatesOf(now.total.now), [18, 13, 2, 1, 1, 1], window);
      assert.deepEqual(fatesOf(now.total.before), [0, 0, 0, 0, 0, 0]);
      const types = Object.fromEntries(now.types.map(({ type, now: numbers }) => [type, fatesOf(numbers)]));
      assert.deepEqual(types, {
        counted: [13, 8, 2, 1, 1, 1],
        plain: [3, 3, 0, 0, 0, 0],
        chained: [1, 1, 0, 0, 0, 0],
        worked: [1, 1, 0, 0, 0, 0],
        asking: [0, 0, 0, 0, 0, 0],
      });
    }
  });

  test("times, late runs and recorded values are those that the server and the script know", async () => {
    const now = await settled();
    const { averageMs, longestMs, p50Ms, p95Ms, p99Ms, sla, metrics, failureRate } = ofType(now, "counted").now;
    const completed = await tookMs("WorkflowType = 'counted' AND ExecutionStatus = 'Completed'");
    const closed = await tookMs("WorkflowType = 'counted' AND ExecutionStatus != 'Running'");
    const late = closed.filter((each) => each > 2_000).length;
    assert.deepEqual(sla, { targetMs: 2_000, judged: 13, inTime: 13 - late, late });
    assert.deepEqual(metrics, { "orders.value": { count: 5, sum: 133 } });
    assert.equal(failureRate, Number((3 / 13).toFixed(6)));
    assert.equal(longestMs, completed.at(-1));
    const average = completed.reduce((sum, each) => sum + each, 0) / completed.length;
    assert.ok(Math.abs((averageMs ?? NaN) - average) < 0.001, `${averageMs} is not ${average}`);
    for (const [share, upToMs] of [
      [0.5, p50Ms],
      [0.95, p95Ms],
      [0.99, p99Ms],
    ] as const) {
      const exact = completed[Math.ceil(share * completed.length) - 1] ?? NaN;
      assert.ok(upToMs !== null && exact <= upToMs && upToMs < exact * 1.0906 + 1, `${share}: ${exact} in ${upToMs}`);
    }
    const chain = ofType(now, "chained").now;
    assert.deepEqual(
      [chain.sla, chain.metrics],
      [{ targetMs: 1_000, judged: 1, inTime: 0, late: 1 }, { links: { count: 3, sum: 3 } }],
    );
    assert.equal(ofType(now, "plain").now.sla, undefined);
  });

  test("what is open is told with its age, and so is what the numbers leave out", async () => {
    const now = await settled();
    const { asOf: _, ...open } = now.open;
    assert.deepEqual(open, { running: 4, parked: 1, paused: 0, waiting: 0, partial: 0, stuck: 0 });
    assert.deepEqual(ofType(now, "counted").open, { running: 2, late: 2 });
    assert.deepEqual(ofType(now, "worked").open, { running: 1, late: 0 });
    assert.deepEqual([now.tasks.open, now.tasks.byAge], [1, { hour: 1, day: 0, week: 0, older: 0 }]);
    assert.deepEqual(now.deadLetters.byAge, { hour: 3, day: 0, week: 0, older: 0 });
    const queue = now.queues.find(({ name }) => name === load.app.name);
    assert.ok(queue && queue.pollers > 0 && queue.backlog === 0, JSON.stringify(now.queues));
    assert.deepEqual([now.steps.source, now.sources], ["none", []]);
    assert.ok(now.leavesOut.some((sentence) => sentence.includes(now.asOf)));
    const ages = [now.asOf, now.open.asOf, now.tasks.asOf, now.deadLetters.asOf].map(
      (at) => Date.now() - Date.parse(at),
    );
    assert.ok(Math.max(...ages) < 60_000, JSON.stringify(ages));
    const groups = await eventually("the failures are grouped", async () => {
      const { top } = (await summary()).errorGroups;
      return top.length === 3 && top;
    });
    assert.deepEqual(
      groups.map(({ count, trend }) => [count, trend.length, trend.reduce((sum, each) => sum + each)]),
      [
        ...[
          [1, 24, 1],
          [1, 24, 1],
          [1, 24, 1],
        ],
      ],
    );
  });

  test("the parts of a series add up to the summary; a part of which nothing is known says so", async () => {
    for (const [window, parts] of [
      ["1h", 60],
      ["24h", 96],
      ["7d", 168],
      ["30d", 120],
    ] as const) {
      const [{ points, stepMs, from }, { total, from: same }] = [
        await series(`?window=${window}`),
        await settled(`?window=${window}`),
      ];
      assert.equal(from, same);
      assert.deepEqual(
        [points.length, Date.parse(points[1]?.at ?? "") - Date.parse(points[0]?.at ?? "")],
        [parts, stepMs],
      );
      const known = points.flatMap((point) => ("missing" in point ? [] : point));
      const sum = (name: "closed" | "completed" | "failed" | "timedOut" | "late") =>
        known.reduce((all, point) => all + point[name], 0);
      const { closed, completed, failed, timedOut, sla } = total.now;
      assert.deepEqual(
        [sum("closed"), sum("completed"), sum("failed"), sum("timedOut"), sum("late")],
        [closed, completed, failed, timedOut, sla?.late],
      );
    }
    // The namespace keeps what has closed for a day, and a rollup three days more.
    const [oldest] = (await series("?window=30d")).points;
    assert.ok(oldest && "missing" in oldest);
    assert.deepEqual(
      (await series("?type=plain")).points
        .flatMap((point) => ("closed" in point ? point.closed : []))
        .reduce((a, b) => a + b),
      3,
    );
  });

  test("a type alone has its own numbers, of open things, too", async () => {
    const now = await eventually("they are there", async () => {
      const found = await summary("?type=worked");
      return found.open.parked === 1 && found.deadLetters.open === 1 && found;
    });
    assert.deepEqual([now.types.map(({ type }) => type), now.total.now.closed, now.tasks.open], [["worked"], 1, 0]);
    const unknown = await summary("?type=nobody%27s%22");
    assert.deepEqual([unknown.types, unknown.total.now.closed, unknown.open.running], [[], 0, 0]);
  });

  test("a tenant sees its own", async () => {
    await settled();
    const now = await eventually("its runs are counted", async () => {
      const found = await summary("", "acme");
      return found.total.now.closed === 2 && ofType(found, "counted").open?.late === 1 && found;
    });
    assert.deepEqual(fatesOf(now.total.now), [2, 2, 0, 0, 0, 0]);
    assert.deepEqual([now.open.running, now.open.parked, now.tasks.open, now.deadLetters.open], [1, 0, 0, 0]);
    assert.deepEqual(now.errorGroups.top, []);
    const { points } = await series("", "acme");
    assert.equal(
      points.reduce((sum, point) => sum + ("closed" in point ? point.closed : 0), 0),
      2,
    );
    assert.equal(now.steps.source, "none");
  });

  test("the numbers are the same after the worker and the API were started again", async () => {
    const { total } = await settled();
    await Promise.all([stopWorker(), api.stop()]);
    [api, stopWorker] = [await load.startApi(), await load.startWorker()];
    const { perHour: _, ...now } = total.now;
    const { perHour: __, ...again } = (await settled()).total.now;
    assert.deepEqual(again, now);
  });

  test("`tenuto metrics` tells them", async () => {
    await settled();
    const cli = (...args: readonly string[]) =>
      tenuto(["metrics", ...args], { env: { TENUTO_URL: api.url, TENUTO_API_KEY: "key-of-all" } });
    const { stdout, stderr } = await cli("--window", "7d");
    assert.match(stdout, /^Completed +13 \(7d before: 0\)$/m, stderr);
    assert.match(stdout, /^TYPE +COMPLETED +FAILED +TIMED OUT /m);
    assert.match(stdout, /^counted +8 +2 +1 /m);
    const json = JSON.parse((await cli("--json", "--type", "plain")).stdout) as Summary;
    assert.equal(json.total.now.completed, 3);
    assert.equal((await cli("--window", "2h")).code, 2);
  });

  for (const [query, pointer] of [
    ["window=2h", "/query/window"],
    ["type=", "/query/type"],
    [`type=${"x".repeat(256)}`, "/query/type"],
    ["from=2026-01-01T00:00:00Z", "/query/from"],
  ] as const) {
    test(`${query.slice(0, 12)} is a 400 that points at it`, async () => {
      for (const path of ["summary", "timeseries", "stream"]) {
        const problem = problemOf(await api.get(`/v1/metrics/${path}?${query}`));
        assert.deepEqual(problem, { status: 400, code: "INVALID_REQUEST", isProblem: true, pointers: [pointer] });
      }
    });
  }
});

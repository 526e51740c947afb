import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Cron } from "croner";
import { calendar, defineSchedule, every, type ScheduleTime } from "tenuto";
import { dueTimes } from "../../src/sdk/client/schedule-calls.ts";
import { scheduleRig } from "./fixtures/schedule-rig.ts";
import { tick } from "./fixtures/tick.contract.ts";

/** In both zones the clock skips an hour in March, and shows one twice in autumn. */
const [from, to] = [new Date("2026-01-01T00:00:00Z"), new Date("2027-01-01T00:00:00Z")];
const change = { reason: "a test" };

describe("the due times of a year with two changes of the clock", () => {
  const rig = scheduleRig();

  /** All of a year; the server gives 1,000 at once. */
  const ofServer = async (at: ScheduleTime, timeZone: string): Promise<readonly string[]> => {
    const client = await rig.client();
    await client.putSchedule("year", { at: [at], timeZone, type: "tick", input: {} }, change);
    const found: string[] = [];
    let after = new Date(from.getTime() - 1);
    for (;;) {
      const page = await dueTimes(rig.temporal(), "year", { from: after, to });
      found.push(...page.map((time) => time.toISOString()));
      if (page.length < 1_000) return found;
      after = page.at(-1) ?? to;
    }
  };
  const ofCroner = (expression: string, timeZone: string): readonly string[] => {
    const cron = new Cron(expression, { timezone: timeZone, paused: true });
    const found: string[] = [];
    for (let time = cron.nextRun(new Date(from.getTime() - 1)); time && time <= to; time = cron.nextRun(time))
      found.push(time.toISOString());
    return found;
  };

  const zones = ["Europe/Berlin", "America/New_York"] as const;
  const crons = [
    "0 3 * * *",
    "30 9 * * mon-fri",
    "0 0 1 * *",
    "15 23 * * sun",
    "0 12 29 2 *",
    "0 0,6,12,18 * * *",
    "*/20 8-17 * 3,10,11 *",
    "59 23 31 dec *",
  ];
  for (const timeZone of zones)
    test(`are those of a cron library in ${timeZone}`, async () => {
      for (const cron of crons)
        assert.deepEqual(await ofServer({ kind: "cron", cron }, timeZone), ofCroner(cron, timeZone), cron);
    });

  /** What only the server has, and what only the library. */
  const apart = async (cron: string, timeZone: string) => {
    const [server, library] = [await ofServer({ kind: "cron", cron }, timeZone), ofCroner(cron, timeZone)];
    return {
      server: server.filter((time) => !library.includes(time)),
      library: library.filter((time) => !server.includes(time)),
    };
  };

  // Where the library and the server differ, the server does what its messages say ("an action that fires at 2:30am will
  // not be triggered on the day that has no 2:30am"), but for the last test.
  test("in the hour that a clock skips: none; the library makes up for it after the hour", async () => {
    assert.deepEqual(await apart("30 2 * * *", "America/New_York"), {
      server: [],
      library: ["2026-03-08T07:00:00.000Z"],
    });
    const { server, library } = await apart("30 2 28-30 3 *", "Europe/Berlin");
    assert.deepEqual([server, library], [[], ["2026-03-29T01:00:00.000Z"]]);
  });

  test("in the hour that a clock west of Greenwich shows twice: two; the library has the first", async () => {
    const onlyServer = { server: ["2026-11-01T06:30:00.000Z"], library: [] };
    assert.deepEqual(await apart("30 1 * * *", "America/New_York"), onlyServer);
    assert.deepEqual(await apart("*/30 * 1 11 *", "America/New_York"), { server: [], library: [] });
  });

  test("in the hour that a clock east of Greenwich shows twice: the second alone, against the server's own word", async () => {
    // Go's time.Date, by which the server makes a time of a clock, is there always that of the second hour.
    const second = { server: ["2026-10-25T01:30:00.000Z"], library: ["2026-10-25T00:30:00.000Z"] };
    assert.deepEqual(await apart("30 2 24-26 10 *", "Europe/Berlin"), second);
    const lost = { server: [], library: ["2026-10-25T00:30:00.000Z", "2026-10-25T01:00:00.000Z"] };
    assert.deepEqual(await apart("*/30 * 25 10 *", "Europe/Berlin"), lost);
  });

  test("of a calendar and of an interval are what they say", async () => {
    const fridays = await ofServer({ kind: "calendar", hour: 9, dayOfMonth: 13, dayOfWeek: "fri" }, "UTC");
    assert.deepEqual(fridays, ["2026-02-13T09:00:00.000Z", "2026-03-13T09:00:00.000Z", "2026-11-13T09:00:00.000Z"]);
    const intervals = await ofServer({ kind: "every", every: "12h", offset: "5m" }, "Europe/Berlin");
    assert.deepEqual(
      [intervals.length, ...intervals.slice(0, 2)],
      [730, "2026-01-01T00:05:00.000Z", "2026-01-01T12:05:00.000Z"],
    );
  });

  test("of several times, without exceptions, are those of all, each once", async () => {
    const { spec } = defineSchedule("s", {
      at: [calendar({ hour: [9, 10] }), every("1d", { offset: "9h" })],
      except: [
        calendar({ second: "*", minute: "*", hour: "*", dayOfMonth: "2-31" }),
        calendar({ hour: 10, month: "jan" }),
      ],
      start: tick,
      input: {},
    });
    const client = await rig.client();
    await client.putSchedule("several", spec, change);
    const times = await dueTimes(rig.temporal(), "several", { from, to: new Date("2026-03-01T23:00:00Z") });
    assert.deepEqual(
      times.map((time) => time.toISOString()),
      [
        "2026-01-01T09:00:00.000Z",
        "2026-02-01T09:00:00.000Z",
        "2026-02-01T10:00:00.000Z",
        "2026-03-01T09:00:00.000Z",
        "2026-03-01T10:00:00.000Z",
      ],
    );
  });
});

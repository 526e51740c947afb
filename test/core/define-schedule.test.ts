import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { calendar, cron, defineApp, defineSchedule, defineWorkflow, every, InvalidDefinition } from "tenuto";
import { z } from "zod";

const greet = defineWorkflow("greet", { input: z.object({ name: z.string() }), output: z.string() });
const start = { start: greet, input: { name: "x" } };
const refused = (define: () => unknown): string => {
  try {
    define();
  } catch (error) {
    assert.ok(error instanceof InvalidDefinition, String(error));
    return error.message;
  }
  return assert.fail("It was taken");
};

describe("a schedule in code", () => {
  test("is plain data in one spelling, with the defaults told", () => {
    const { spec } = defineSchedule("s", { at: cron("0  3 * * *", { timeZone: "Europe/Berlin" }), ...start });
    assert.deepEqual(spec, {
      at: [{ kind: "cron", cron: "0 3 * * *" }],
      timeZone: "Europe/Berlin",
      type: "greet",
      input: { name: "x" },
      overlap: "skip",
      catchUpWindow: "365d",
      pauseOnFailure: false,
      description: "",
    });
  });

  test("may be due by several times of one zone, with exceptions", () => {
    const zone = { timeZone: "America/New_York" };
    const { spec } = defineSchedule("s", {
      at: [calendar({ hour: [9, 17], dayOfWeek: ["mon-fri"], ...zone }), every("90m", { offset: "60s" })],
      except: [calendar({ month: 12, dayOfMonth: "24-26", hour: "*", minute: "*", second: "*", ...zone })],
      ...start,
    });
    assert.deepEqual(spec.at, [
      { kind: "calendar", hour: "9,17", dayOfWeek: "mon-fri" },
      { kind: "every", every: "90m", offset: "1m" },
    ]);
    const allDay = { second: "*", minute: "*", hour: "*" };
    assert.deepEqual(spec.except, [{ kind: "calendar", ...allDay, dayOfMonth: "24-26", month: "dec" }]);
    assert.equal(spec.timeZone, "America/New_York");
  });

  test("has each field in one spelling, however it is written", () => {
    const same = [
      ["dayOfWeek", "1-5", "mon-fri"],
      ["dayOfWeek", "Monday,tue,wed-FRI", "mon-fri"],
      ["dayOfWeek", "5-7", "sun,fri-sat"],
      ["dayOfWeek", "0-7", undefined],
      ["minute", "0,15,30,45", "*/15"],
      ["minute", "3/15", "3-48/15"],
      ["minute", "*/1", "*"],
      ["month", "january,12", "jan,dec"],
      ["year", "2027-2029", "2027-2029"],
    ] as const;
    for (const [field, written, kept] of same) {
      const { spec } = defineSchedule("s", { at: calendar({ hour: 1, [field]: written }), ...start });
      assert.equal((spec.at[0] as unknown as Record<string, unknown>)[field], kept, written);
    }
  });

  test("that can't be used says where, what was got, and what to do", () => {
    const cases: readonly (readonly [() => unknown, RegExp])[] = [
      [() => cron("0 3 * *"), /cron expression is not usable: got "0 3 \* \*". Five fields/],
      [() => cron("0 0 3 * * *"), /What six mean differs.*use a calendar/],
      [() => cron("60 3 * * *"), /Its minute "60": Write values from 0 to 59/],
      [() => cron("0 3 * * moonday"), /Its day of week "moonday".*names such as sun, mon/],
      [() => cron("0 3 13 * 5"), /For either, give two; for both, use a calendar/],
      [() => cron("0 3 L * *"), /Its day of month "L"/],
      [() => cron("0 3 * * 5#1"), /Its day of week "5#1"/],
      [() => cron("0 5-3 * * *"), /Its hour "5-3"/],
      [() => cron("*/0 3 * * *"), /Its minute "\*\/0"/],
      [() => calendar({}), /Name one of second, minute/],
      [() => calendar({ hour: 24 }), /A calendar is not usable: got \{"hour":24\}/],
      [() => every("500ms"), /An interval is not usable: got \{"every":"500ms"\}/],
      [() => every("1h", { offset: "1h" }), /shorter than `every`/],
      [
        () => defineSchedule("s", { at: cron("0 3 * * *", { timeZone: "Mars/Base" }), ...start }),
        /"s", at \/timeZone, is not usable: got "Mars\/Base".*IANA/,
      ],
      [
        () => defineSchedule("s", { at: cron("0 3 * * *", { timeZone: "europe/berlin" }), ...start }),
        /Capitals count: write "Europe\/Berlin"/,
      ],
      [() => defineSchedule("s", { at: cron("0 3 * * *", { timeZone: "+01:00" }), ...start }), /IANA/],
      [
        () => defineSchedule("s", { at: [cron("0 3 * * *"), calendar({ hour: 1, timeZone: "Asia/Tokyo" })], ...start }),
        /time zones UTC and Asia\/Tokyo.*a schedule for each/,
      ],
      [() => defineSchedule("s", { at: [], ...start }), /at \/at, is not usable: got \[\]. 1 to 50 times/],
      [() => defineSchedule("s", { at: every("1h"), catchUpWindow: "5s", ...start }), /10s at least/],
      [() => defineSchedule("s", { at: every("1h"), startAt: "2026-01-01", ...start }), /A time with its zone/],
      [
        () =>
          defineSchedule("s", {
            at: every("1h"),
            startAt: "2027-01-01T00:00:00Z",
            endAt: "2026-01-01T00:00:00Z",
            ...start,
          }),
        /A time after `startAt`/,
      ],
      [
        () => defineSchedule("s", { at: every("1h"), pauseOnFailure: true, overlap: "allowAll", ...start }),
        /choose one/,
      ],
      [() => defineSchedule("tenutoOwn", { at: every("1h"), ...start }), /reserved/],
      [() => defineSchedule("a b", { at: every("1h"), ...start }), /The name of a schedule/],
    ];
    for (const [define, message] of cases) assert.match(refused(define), message);
  });

  test("belongs to an app that has its workflow, under a name of its own", () => {
    const nightly = defineSchedule("nightly", { at: every("1h"), ...start });
    const parts = { name: "shop", workflows: [greet], activities: [] };
    assert.deepEqual(defineApp({ ...parts, schedules: [nightly] }).schedules, [nightly]);
    assert.match(
      refused(() => defineApp({ ...parts, schedules: [nightly, nightly] })),
      /nightly.* twice/,
    );
    assert.match(
      refused(() => defineApp({ ...parts, workflows: [], schedules: [nightly] })),
      /List the workflow/,
    );
  });
});

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { cron, defineSchedule } from "tenuto";
import { createAuthentication, parseApiKeys } from "tenuto/api";
import type { TenutoClient } from "tenuto/client";
import { eventually } from "../rig/eventually.ts";
import { scheduleRig } from "../schedules/fixtures/schedule-rig.ts";
import { tick } from "../schedules/fixtures/tick.contract.ts";
import { type Calls, problemOf, useApi } from "./fixtures/http.ts";

const reason = "a test";
const nightly = defineSchedule("nightly", {
  at: cron("0 3 * * *", { timeZone: "Europe/Berlin" }),
  start: tick,
  input: {},
});
const schedule = {
  at: [{ kind: "cron", cron: "0 3 * * *" }],
  timeZone: "Europe/Berlin",
  type: "tick",
  input: { secret: "s3cr3t" },
};
const keys = "ada:admin:key-admin,olga:operator:key-operator,vic:viewer:key-viewer,acme:admin@acme:key-acme";
const authentication = createAuthentication({ apiKeys: parseApiKeys(keys) });

describe("schedules over HTTP", () => {
  const rig = scheduleRig({ hasWorker: true });
  let client: TenutoClient | undefined;
  before(async () => {
    client = await rig.client([nightly]);
  });
  const api = useApi(() => client as TenutoClient, { authentication });
  const as =
    (key: string) =>
    (method: string, path: string, body?: unknown): ReturnType<Calls["send"]> =>
      api().send(`/v1/schedules${path}`, {
        method,
        headers: { authorization: `Bearer key-${key}`, "content-type": "application/json" },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
  const [admin, operator, viewer, acme] = [as("admin"), as("operator"), as("viewer"), as("acme")];

  test("an admin puts one, everybody sees it, and it is deleted", async () => {
    const put = await admin("PUT", "/mine", { ...schedule, reason });
    assert.equal(put.status, 200, JSON.stringify(put.body));
    const { body } = await viewer("GET", "/mine");
    assert.deepEqual(body["spec"], {
      ...schedule,
      input: { secret: "[redacted]" },
      overlap: "skip",
      catchUpWindow: "365d",
      pauseOnFailure: false,
      description: "",
    });
    const { at: _, ...changed } = body["changed"] as Record<string, unknown>;
    assert.deepEqual([body["origin"], body["isEdited"], changed], ["api", false, { by: "ada", reason }]);
    const next = body["nextAt"] as readonly string[];
    assert.equal(next.length, 10);
    await eventually("it is listed", async () => {
      const { items } = (await viewer("GET", "")).body as { items: readonly { id: string }[] };
      return items.some(({ id }) => id === "mine");
    });
    assert.deepEqual((await admin("DELETE", "/mine", { reason })).body, { id: "mine", deleted: true });
    const gone = { status: 404, code: "SCHEDULE_NOT_FOUND", isProblem: true };
    assert.deepEqual(problemOf(await viewer("GET", "/mine")), gone);
    for (const [method, path] of [
      ["DELETE", "/mine"],
      ["POST", "/mine/pause"],
      ["POST", "/mine/resume"],
      ["POST", "/mine/trigger"],
    ] as const)
      assert.deepEqual(problemOf(await admin(method, path, { reason })), gone, path);
  });

  test("what can't be used is refused with pointers to it", async () => {
    const cases = [
      [{ at: [] }, ["/at"]],
      [{ at: [{ kind: "moon" }] }, ["/at/0/kind"]],
      [{ at: [{ kind: "cron", cron: "61 * * * *" }] }, ["/at/0/cron"]],
      [{ at: [{ kind: "calendar", hour: 25 }] }, ["/at/0/hour"]],
      [{ at: [{ kind: "every", every: "often" }] }, ["/at/0/every"]],
      [{ at: [{ kind: "every", every: "1ms" }] }, ["/at/0/every"]],
      [{ timeZone: "Mars/Base" }, ["/timeZone"]],
      [{ type: "nope" }, ["/type"]],
      [{ input: { note: 5 } }, ["/input/note"]],
      [{ input: { secret: "[redacted]" } }, ["/input"]],
      [{ overlap: "allowAll", pauseOnFailure: true }, ["/pauseOnFailure"]],
      [{ catchUpWindow: "1s" }, ["/catchUpWindow"]],
      [{ startAt: "tomorrow" }, ["/startAt"]],
      [{ more: 1 }, ["/more"]],
      [{ reason: "" }, ["/reason"]],
    ] as const;
    for (const [wrong, pointers] of cases) {
      const answer = problemOf(await admin("PUT", "/x", { ...schedule, reason, ...wrong })) as {
        status: number;
        pointers?: unknown;
      };
      assert.deepEqual([answer.status, answer.pointers], [422, pointers], JSON.stringify(wrong));
    }
    for (const id of ["a%20b", "tenuto-x", "1st"])
      assert.deepEqual(
        (problemOf(await admin("PUT", `/${id}`, { ...schedule, reason })) as { pointers?: unknown }).pointers,
        ["/id"],
        id,
      );
    const ranges = [
      { from: "2026-01-02T00:00:00Z", to: "2026-01-01T00:00:00Z" },
      { from: "2026-01-02T00:00:00Z", to: "2099-01-01T00:00:00Z" },
    ];
    await admin("PUT", "/mine", { ...schedule, reason });
    for (const range of ranges) {
      const refused = problemOf(await operator("POST", "/mine/backfill", { ...range, reason })) as {
        pointers?: unknown;
      };
      assert.deepEqual(refused.pointers, ["/to"]);
    }
    await admin("DELETE", "/mine", { reason });
  });

  test("one of the code is deployed, edited and brought back, and not deleted", async () => {
    const dry = await operator("POST", "/deploy", { dryRun: true, reason });
    assert.deepEqual(dry.body, {
      dryRun: true,
      changes: [{ id: "nightly", change: "create", differences: [], why: "It is new in the code" }],
    });
    assert.equal((await viewer("GET", "/nightly")).status, 404);
    assert.equal((await operator("POST", "/deploy", { reason })).status, 200);
    const refused = problemOf(await admin("DELETE", "/nightly", { reason }));
    assert.deepEqual(refused, { status: 409, code: "SCHEDULE_IN_CODE", isProblem: true });
    const edited = await admin("PUT", "/nightly", { ...schedule, overlap: "bufferAll", input: {}, reason });
    assert.deepEqual([edited.body["origin"], edited.body["isEdited"]], ["code", true]);
    const { changes } = (await operator("POST", "/deploy", { reason })).body as { changes: readonly object[] };
    const differences = [{ field: "overlap", server: "bufferAll", code: "skip" }];
    assert.deepEqual(changes, [{ id: "nightly", change: "kept", differences, why: "It was edited by hand, by ada" }]);
    const { back } = (await admin("DELETE", "/nightly", { reason })).body as { back: Record<string, unknown> };
    assert.deepEqual([back["isEdited"], (back["spec"] as typeof nightly.spec).overlap], [false, "skip"]);
  });

  test("operators pause, resume, trigger and backfill one, and the audit has who and why", async () => {
    await admin("PUT", "/steered", { at: [{ kind: "every", every: "1d" }], type: "tick", input: {}, reason });
    const paused = await operator("POST", "/steered/pause", { reason: "a holiday" });
    assert.deepEqual(paused.body["paused"], { note: "olga: a holiday" });
    assert.equal((await operator("POST", "/steered/resume", { reason })).body["paused"], undefined);
    const triggered = await operator("POST", "/steered/trigger", { reason });
    assert.equal(triggered.body["outcome"], "started");
    const to = new Date(Date.now() - 1_000).toISOString();
    const from = new Date(Date.now() - 3 * 24 * 3_600_000).toISOString();
    const { starting } = (await operator("POST", "/steered/backfill", { from, to, reason })).body as {
      starting: readonly string[];
    };
    assert.equal(starting.length, 3);
    const actions = await eventually("all of it is in the audit", async () => {
      const { items } = await (client as TenutoClient).audit({ actor: "olga" });
      const own = items.filter(({ target, outcome }) => target["id"] === "steered" && outcome === "done");
      return own.length === 4 && own.map(({ action }) => action).toSorted();
    });
    assert.deepEqual(actions, ["backfillSchedule", "pauseSchedule", "resumeSchedule", "triggerSchedule"]);
    await admin("DELETE", "/steered", { reason });
  });

  test("only operators steer, only admins change, and a tenant has its own", async () => {
    const answers = [
      await operator("PUT", "/x", { ...schedule, reason }),
      await operator("DELETE", "/x", { reason }),
      await viewer("POST", "/x/pause", { reason }),
      await viewer("POST", "/deploy", { dryRun: true, reason }),
      await acme("POST", "/deploy", { reason }),
    ];
    const forbidden = { status: 403, code: "FORBIDDEN", isProblem: true };
    assert.deepEqual(
      answers.map((reply) => problemOf(reply)),
      answers.map(() => forbidden),
    );
    await acme("PUT", "/own", { ...schedule, reason });
    assert.equal((await acme("GET", "/own")).body["id"], "own");
    assert.equal((await admin("GET", "/own")).status, 404);
    assert.equal((await acme("GET", "/nightly")).status, 404);
    assert.equal((await acme("DELETE", "/own", { reason })).status, 200);
  });
});

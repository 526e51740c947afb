import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createEncryption, type ScheduleDetails } from "tenuto/client";
import { eventually } from "../rig/eventually.ts";
import { scheduleRig } from "./fixtures/schedule-rig.ts";

const reason = "a test";
const everySecond = { at: [{ kind: "every", every: "1s" }], type: "tick" } as const;
const daily = { at: [{ kind: "every", every: "1d" }], type: "tick" } as const;
const day = 24 * 3_600_000;
/** The last of this many days that are over. */
const daysBack = (days: number) => new Date(Math.floor(Date.now() / day) * day - days * day);

describe("a schedule on the server", () => {
  const rig = scheduleRig({ hasWorker: true });
  const runsOf = async (id: string) => {
    const found: { readonly due: string; readonly workflowId: string }[] = [];
    for await (const { workflowId } of rig.raw.workflow.list({ query: `TemporalScheduledById = '${id}'` }))
      found.push({ workflowId, due: new Date(workflowId.slice(id.length + 1)).toISOString() });
    return found.sort((a, b) => (a.due < b.due ? -1 : 1));
  };
  const until = async (id: string, what: string, holds: (now: ScheduleDetails) => boolean) => {
    const client = await rig.client();
    return eventually(what, async () => {
      const now = await client.schedule(id);
      return holds(now) && now;
    });
  };

  test("starts runs that parse their input, tells of them, and is paused and resumed", async () => {
    const client = await rig.client();
    await client.putSchedule("seconds", { ...everySecond, input: { note: "tick" } }, { by: "ada", reason });
    const { recent } = await until("seconds", "two runs are started", ({ counts }) => counts.started > 1);
    const run = recent.at(-1);
    assert.match(run?.workflowId ?? "", /^seconds-\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.equal(run?.links.self, `/v1/runs/${encodeURIComponent(run?.workflowId ?? "")}?runId=${run?.runId}`);
    const { result } = (await client.result<never>(run?.workflowId ?? "", { waitMs: 5_000 })) as { result?: unknown };
    assert.deepEqual(result, { note: "tick" });

    const paused = await client.pauseSchedule("seconds", { by: "ada", reason: "enough" });
    assert.deepEqual(paused.paused, { note: "ada: enough" });
    const items = await eventually("the list has it paused", async () => {
      const page = await client.schedules();
      const own = page.items.find(({ id }) => id === "seconds");
      return own?.paused && [own];
    });
    assert.deepEqual(
      items.map(({ id, at, timeZone, type }) => ({ id, at, timeZone, type })),
      [{ id: "seconds", at: everySecond.at, timeZone: "UTC", type: "tick" }],
    );
    const { counts } = await client.schedule("seconds");
    const resumed = await client.resumeSchedule("seconds", { by: "ada", reason: "more" });
    assert.equal(resumed.paused, undefined);
    await until("seconds", "runs are started again", (now) => now.counts.started > counts.started);
    await client.deleteSchedule("seconds", { reason });
    await assert.rejects(client.schedule("seconds"), { code: "SCHEDULE_NOT_FOUND" });
  });

  test("is backfilled with one run for each due time, and asked again with none", async () => {
    const client = await rig.client();
    await client.putSchedule("daily", { ...daily, input: {} }, { reason });
    const asked = { from: daysBack(11), to: daysBack(0), reason };
    const due = Array.from({ length: 12 }, (_, n) => daysBack(11 - n).toISOString());
    assert.deepEqual((await client.backfillSchedule("daily", { ...asked, dryRun: true })).starting, due);
    assert.deepEqual(await runsOf("daily"), []);
    // A double click: the server takes one of them.
    await Promise.all([
      client.backfillSchedule("daily", asked),
      client.backfillSchedule("daily", asked).catch(() => undefined),
    ]);
    await until(
      "daily",
      "all have ended",
      ({ counts, running }) => counts.started >= 12 && counts.buffered === 0 && running.length === 0,
    );
    const runs = await eventually("all are listed", async () => {
      const found = await runsOf("daily");
      return found.length >= 12 && found;
    });
    assert.deepEqual(
      runs.map((run) => run.due),
      due,
    );
    assert.deepEqual(
      runs.map(({ workflowId }) => workflowId),
      due.map((time) => `daily-${time.replace(".000Z", "Z")}`),
    );

    const again = await client.backfillSchedule("daily", { ...asked, from: daysBack(13) });
    assert.deepEqual(
      [again.starting, again.existing],
      [[daysBack(13), daysBack(12)].map((time) => time.toISOString()), due],
    );
    await until("daily", "what was missing is there", ({ counts }) => counts.started === 14);
    assert.equal((await client.schedule("daily")).counts.overlapSkipped, 0);

    const once = { from: daysBack(3), to: daysBack(3), isAgain: true, reason };
    await client.backfillSchedule("daily", once);
    await until("daily", "it has run again", ({ counts }) => counts.started === 15);
    await client.deleteSchedule("daily", { reason });
  });

  test("refuses a backfill of too much, of nothing, or of the future", async () => {
    const client = await rig.client();
    await client.putSchedule(
      "seconds",
      { ...everySecond, at: [{ kind: "every", every: "1h" }], endAt: daysBack(0).toISOString(), input: {} },
      { reason },
    );
    const now = new Date();
    for (const [from, to] of [
      [new Date(now.getTime() - 60 * day), now],
      [now, new Date(now.getTime() - 1)],
      [now, new Date(now.getTime() + day)],
    ] as const)
      await assert.rejects(client.backfillSchedule("seconds", { from, to, reason }), { code: "INVALID_INPUT" });
    await assert.rejects(client.backfillSchedule("nope", { from: now, to: now, reason }), {
      code: "SCHEDULE_NOT_FOUND",
    });
    await client.deleteSchedule("seconds", { reason });
  });

  test("is triggered, and says what became of it by its overlap policy", async () => {
    const client = await rig.client();
    const lasting = { ...daily, input: { lastsMs: 2_500 } };
    await client.putSchedule("lasting", lasting, { reason });
    const first = await client.triggerSchedule("lasting", { by: "ada", reason });
    assert.equal(first.outcome, "started");
    assert.equal((await client.describe(first.run?.workflowId ?? "")).status, "running");
    assert.equal((await client.triggerSchedule("lasting", { reason })).outcome, "skipped");
    assert.equal((await client.triggerSchedule("lasting", { reason, overlap: "bufferOne" })).outcome, "buffered");
    await assert.rejects(client.backfillSchedule("lasting", { from: daysBack(2), to: daysBack(1), reason }), {
      code: "SCHEDULE_BUSY",
    });
    const both = await Promise.all(
      [1, 2].map(() => client.triggerSchedule("lasting", { reason, overlap: "allowAll" })),
    );
    assert.deepEqual(
      both.map(({ outcome }) => outcome),
      ["started", "started"],
    );
    await until(
      "lasting",
      "the one that waited has run",
      ({ counts }) => counts.buffered === 0 && counts.started === 4,
    );
    await client.deleteSchedule("lasting", { reason });
  });

  test("skips what is due while a run lasts, or keeps one of it", async () => {
    const client = await rig.client();
    for (const [id, overlap] of [
      ["skips", "skip"],
      ["keeps", "bufferOne"],
    ] as const)
      await client.putSchedule(id, { ...everySecond, overlap, input: { lastsMs: 3_000 } }, { reason });
    await until("skips", "some are skipped", ({ counts }) => counts.overlapSkipped > 1 && counts.started > 0);
    const kept = await until(
      "keeps",
      "one waits and others are skipped",
      ({ counts }) => counts.buffered > 0 && counts.overlapSkipped > 0,
    );
    assert.equal(kept.counts.buffered, 1);
    for (const id of ["skips", "keeps"]) await client.deleteSchedule(id, { reason });
  });

  test("is paused by a run that fails, if it says so", async () => {
    const client = await rig.client();
    await client.putSchedule(
      "breaks",
      { ...everySecond, type: "breakDown", input: {}, pauseOnFailure: true },
      { reason },
    );
    const { paused, counts } = await until("breaks", "it is paused", (now) => now.paused !== undefined);
    assert.match(paused?.note ?? "", /^paused due to workflow failure: breaks-/);
    assert.ok(counts.started <= 2);
    await client.deleteSchedule("breaks", { reason });
  });

  test("belongs to its tenant, with the runs that it starts", async () => {
    const [client, other] = [await rig.client(), await rig.client()];
    const [acme, globex] = [client.forTenant("acme"), other.forTenant("globex")];
    await acme.putSchedule("own", { ...daily, input: { note: "acme" } }, { by: "ada", reason });
    await globex.putSchedule("own", { ...daily, input: { note: "globex" } }, { by: "eve", reason });
    const { run } = await acme.triggerSchedule("own", { reason });
    const workflowId = run?.workflowId ?? "";
    assert.match(workflowId, /^own-/);
    assert.deepEqual(((await acme.result(workflowId, { waitMs: 5_000 })) as { result?: unknown }).result, {
      note: "acme",
    });
    await assert.rejects(globex.describe(workflowId), { code: "RUN_NOT_FOUND" });
    const known = await rig.raw.workflow.getHandle(`acme:${workflowId}`).describe();
    assert.equal(known.memo?.["tenutoTenant"], "acme");
    await eventually("it is known as this tenant's", async () => (await runsOf("acme:own")).length === 1);

    const listed = await eventually("both lists have one", async () => {
      const pages = await Promise.all([acme.schedules(), globex.schedules()]);
      return pages.every(({ items }) => items.length === 1) && pages.map(({ items }) => items[0]?.id);
    });
    assert.deepEqual(listed, ["own", "own"]);
    const asked = { from: daysBack(2), to: daysBack(1), reason };
    await acme.backfillSchedule("own", asked);
    await eventually("its backfill is done", async () => (await acme.schedule("own")).counts.started === 3);
    await eventually(
      "its runs are found",
      async () => (await acme.backfillSchedule("own", asked)).existing.length === 2,
    );
    assert.equal((await globex.schedule("own")).counts.started, 0);

    const edited = await acme.putSchedule("own", { ...daily, input: { note: "new" } }, { by: "ada", reason });
    assert.deepEqual(edited.spec.input, { note: "new" });
    assert.equal((await acme.triggerSchedule("own", { reason })).run?.workflowId.startsWith("own-"), true);
    await globex.deleteSchedule("own", { reason });
    assert.equal((await acme.schedule("own")).id, "own");
    await acme.deleteSchedule("own", { reason });
    await assert.rejects(acme.deploySchedules(), { code: "INVALID_INPUT" });
  });
});

describe("a schedule with encryption", () => {
  const rig = scheduleRig({
    hasWorker: true,
    encryption: createEncryption(`k1:${Buffer.alloc(32, 7).toString("base64")}`),
  });

  test("has its input, and what is kept with it, nowhere in clear, and runs by it", async () => {
    const client = await rig.client();
    const input = { note: "very-secret-note" };
    await client.putSchedule(
      "hidden",
      { ...daily, input, description: "a-secret-description" },
      { reason: "secret-reason" },
    );
    const { run } = await client.triggerSchedule("hidden", { reason });
    const done = await client.result(run?.workflowId ?? "", { waitMs: 5_000 });
    assert.deepEqual((done as { result?: unknown }).result, input);
    assert.deepEqual((await client.schedule("hidden")).spec.input, input);
    const { connection, namespace } = rig;
    const raw = await connection.workflowService.describeSchedule({ namespace, scheduleId: "hidden" });
    const history = await connection.workflowService.getWorkflowExecutionHistory({
      namespace,
      execution: { workflowId: run?.workflowId ?? "" },
    });
    const seen = Buffer.from(
      JSON.stringify([raw, history], (_, value: unknown) =>
        value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value,
      ),
    ).toString();
    assert.ok(!/very-secret|a-secret|secret-reason/.test(seen));
    await client.deleteSchedule("hidden", { reason });
  });
});

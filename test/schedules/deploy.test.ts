import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ConnectionLike } from "@temporalio/client";
import { cron, defineSchedule, every, InvalidInput, type Schedule } from "tenuto";
import type { ScheduleDeploy, TenutoClient } from "tenuto/client";
import { deploySchedules } from "../../src/sdk/client/deploy-schedules.ts";
import { eventually } from "../rig/eventually.ts";
import { watchWorkerLog } from "../rig/worker-log.ts";
import { scheduleRig } from "./fixtures/schedule-rig.ts";
import { tick } from "./fixtures/tick.contract.ts";

const reason = "a test";
const nightly = (hour = 3): Schedule =>
  defineSchedule("nightly", {
    at: cron(`0 ${hour} * * *`, { timeZone: "Europe/Berlin" }),
    start: tick,
    input: { note: "night", secret: "hush" },
  });
const hourly = defineSchedule("hourly", { at: every("1h"), start: tick, input: {} });
const changesOf = ({ changes }: ScheduleDeploy) => changes.map(({ id, change }) => `${id}: ${change}`);

describe("a deploy of schedules", () => {
  const rig = scheduleRig();
  let apps = 0;
  /** Clients of versions of one app that nobody else deploys. */
  const versions = () => {
    const app = `app-${String(++apps)}`;
    return (schedules: readonly Schedule[] = []): Promise<TenutoClient> => rig.client(schedules, { app });
  };
  const all = async (client: TenutoClient, ids: readonly string[]) => {
    const found = await Promise.allSettled(ids.map((id) => client.schedule(id)));
    return found.map((each) => (each.status === "fulfilled" ? each.value : undefined));
  };
  const clear = async (version: (schedules?: readonly Schedule[]) => Promise<TenutoClient>) => {
    const none = await version();
    for (const id of ["nightly", "hourly"])
      await rig.raw.schedule
        .getHandle(id)
        .delete()
        .catch(() => undefined);
    await none.deploySchedules();
  };

  test("makes what is new, updates what has changed, deletes what is gone, and then does nothing", async () => {
    const version = versions();
    const first = await version([nightly(), hourly]);
    assert.deepEqual(changesOf(await first.deploySchedules()), ["hourly: create", "nightly: create"]);
    const made = await first.schedule("nightly");
    assert.deepEqual(
      [made.origin, made.isEdited, made.spec],
      ["code", false, { ...nightly().spec, input: { note: "night", secret: "[redacted]" } }],
    );
    assert.deepEqual(changesOf(await first.deploySchedules()), ["hourly: unchanged", "nightly: unchanged"]);

    const second = await version([nightly(4)]);
    const dry = await second.deploySchedules({ dryRun: true });
    assert.deepEqual(changesOf(dry), ["hourly: delete", "nightly: update"]);
    assert.deepEqual(dry.changes[1]?.differences, [
      { field: "at", server: [{ kind: "cron", cron: "0 3 * * *" }], code: [{ kind: "cron", cron: "0 4 * * *" }] },
    ]);
    assert.deepEqual(
      (await all(second, ["nightly", "hourly"])).map((each) => each?.isEdited),
      [false, false],
    );
    assert.deepEqual(changesOf(await second.deploySchedules()), ["hourly: delete", "nightly: update"]);
    const [now, gone] = await all(second, ["nightly", "hourly"]);
    assert.deepEqual([now?.spec.at, now?.isEdited, gone], [[{ kind: "cron", cron: "0 4 * * *" }], false, undefined]);
    await clear(version);
  });

  test("keeps what was edited over the API, also when the code changes, until the edit is deleted", async () => {
    const version = versions();
    const first = await version([nightly()]);
    await first.deploySchedules();
    const edited = await first.putSchedule(
      "nightly",
      { ...nightly().spec, overlap: "bufferOne" },
      { by: "ada", reason },
    );
    assert.deepEqual([edited.isEdited, edited.changed?.by, edited.code?.overlap], [true, "ada", "skip"]);

    const second = await version([nightly(4)]);
    const { changes } = await second.deploySchedules();
    assert.deepEqual(
      changes.map(({ change, why, differences }) => [change, why, differences.map(({ field }) => field)]),
      [["kept", "It was edited by hand, by ada", ["at", "overlap"]]],
    );
    assert.equal((await second.schedule("nightly")).spec.overlap, "bufferOne");

    const back = await second.deleteSchedule("nightly", { reason });
    assert.deepEqual([back?.isEdited, back?.spec.at, back?.spec.overlap], [false, nightly(4).spec.at, "skip"]);
    assert.deepEqual(changesOf(await second.deploySchedules()), ["nightly: unchanged"]);
    await assert.rejects(second.deleteSchedule("nightly", { reason }), { code: "SCHEDULE_IN_CODE" });
    await clear(version);
  });

  test("keeps what was edited with Temporal's own tools, whether they keep the mark or drop it", async () => {
    const version = versions();
    const client = await version([nightly(), hourly]);
    await client.deploySchedules();
    await rig.raw.schedule.getHandle("nightly").update((before) => ({
      ...before,
      policies: { ...before.policies, overlap: "ALLOW_ALL" },
    }));
    await rig.raw.schedule.getHandle("hourly").update(({ state }) => ({
      spec: { intervals: [{ every: "2h" }] },
      action: { type: "startWorkflow", workflowType: "tick", taskQueue: "elsewhere", args: [{}] },
      state,
    }));
    await eventually("both are changed", async () =>
      (await all(client, ["nightly", "hourly"])).every((each) => each?.isEdited),
    );
    const { changes } = await client.deploySchedules();
    assert.deepEqual(
      changes.map(({ id, change, why, differences }) => [id, change, why, differences.map(({ field }) => field)]),
      [
        ["hourly", "kept", "It was edited by hand outside of Tenuto", ["at", "taskQueue", "workflowId"]],
        ["nightly", "kept", "It was edited by hand outside of Tenuto", ["overlap"]],
      ],
    );
    const gone = await (await version()).deploySchedules();
    assert.deepEqual(changesOf(gone), ["hourly: kept", "nightly: kept"]);
    await clear(version);
  });

  test("takes a pause for no edit, and leaves it", async () => {
    const version = versions();
    const first = await version([nightly()]);
    await first.deploySchedules();
    await first.pauseSchedule("nightly", { by: "ada", reason: "a holiday" });
    const second = await version([nightly(4)]);
    assert.deepEqual(changesOf(await second.deploySchedules()), ["nightly: update"]);
    const { paused, isEdited } = await second.schedule("nightly");
    assert.deepEqual([paused, isEdited], [{ note: "ada: a holiday" }, false]);
    await clear(version);
  });

  test("touches nothing that it did not make", async () => {
    const version = versions();
    const client = await version([nightly(), hourly]);
    await client.putSchedule("nightly", { ...nightly(5).spec }, { reason });
    await client.putSchedule("by-hand", { ...nightly(5).spec }, { reason });
    await rig.raw.schedule.create({
      scheduleId: "hourly",
      spec: { intervals: [{ every: "3h" }] },
      action: { type: "startWorkflow", workflowType: "tick", taskQueue: "elsewhere", args: [{}] },
    });
    const { changes } = await client.deploySchedules();
    assert.deepEqual(
      changes.map(({ id, change, why }) => [id, change, why]),
      [
        ["hourly", "kept", "There is one of this id that Tenuto has not made"],
        ["nightly", "kept", "There is one of this id that was put over the API"],
      ],
    );
    await (await version()).deploySchedules();
    const there = await all(client, ["nightly", "by-hand", "hourly"]);
    assert.deepEqual(
      there.map((each) => each?.origin),
      ["api", "api", "foreign"],
    );
    await client.deleteSchedule("by-hand", { reason });
    await clear(version);
  });

  test("makes again what somebody has deleted on the server, and says so", async () => {
    const version = versions();
    const client = await version([nightly()]);
    await client.deploySchedules();
    await rig.raw.schedule.getHandle("nightly").delete();
    const { changes } = await client.deploySchedules();
    assert.deepEqual(
      changes.map(({ change, why }) => [change, why]),
      [["create", "It is in the code, and somebody has deleted it on the server"]],
    );
    await clear(version);
  });

  test("that is cut off after any of its writes is done by the next one", async () => {
    const version = versions();
    const old = [nightly(), hourly];
    const next = [nightly(4), defineSchedule("weekly", { at: cron("@weekly"), start: tick, input: {} })];
    const ids = ["nightly", "hourly", "weekly"];
    const app = `app-${String(apps)}`;
    let writes = 0;
    for (let allowed = 0; allowed < 8; allowed++) {
      await (await version(old)).deploySchedules();
      const temporal = rig.temporal(cutOffAfter(rig.connection, allowed));
      const reach = { temporal, app: rig.appWith(next, app) };
      const isCut = await deploySchedules(reach).then(
        () => false,
        () => true,
      );
      if (isCut) writes = allowed + 1;
      const client = await version(next);
      await client.deploySchedules();
      const found = await all(client, ids);
      assert.deepEqual(
        found.map((each) => each && [each.isEdited, each.spec.at]),
        [[false, nightly(4).spec.at], undefined, [false, next[1]?.spec.at]],
        `cut off after ${allowed} writes`,
      );
      assert.deepEqual(changesOf(await client.deploySchedules()), ["nightly: unchanged", "weekly: unchanged"]);
    }
    // What is about to be made, an update, a deletion, a creation, and what is there then.
    assert.equal(writes, 5);
    await rig.raw.schedule.getHandle("weekly").delete();
    await clear(version);
  });

  test("at the same time as another one ends as one of them, with nothing twice and no edit lost", async () => {
    const version = versions();
    for (let round = 0; round < 3; round++) {
      const [a, b] = [await version([nightly(round + 5), hourly]), await version([nightly(round + 15)])];
      await Promise.all([a.deploySchedules(), b.deploySchedules()]);
      const [one, other] = await all(a, ["nightly", "hourly"]);
      const isA = other !== undefined;
      assert.deepEqual([one?.spec.at, one?.isEdited], [nightly(round + (isA ? 5 : 15)).spec.at, false]);
      const again = await (isA ? a : b).deploySchedules({ dryRun: true });
      assert.ok(
        again.changes.every(({ change }) => change === "unchanged"),
        JSON.stringify(again),
      );
    }
    const client = await version([nightly(20)]);
    const put = (n: number) =>
      client.putSchedule("nightly", { ...nightly(21).spec, description: String(n) }, { reason });
    await Promise.all([client.deploySchedules(), put(1), put(2), client.deploySchedules()]);
    assert.match((await client.schedule("nightly")).spec.description, /^[12]$/);
    await clear(version);
  });

  test("with input that its workflow does not take says where, and changes nothing", async () => {
    const bad = defineSchedule("bad", { at: every("1h"), start: tick, input: { note: 5 as unknown as string } });
    const client = await versions()([bad, hourly]);
    await assert.rejects(client.deploySchedules(), (error) => {
      assert.ok(error instanceof InvalidInput);
      assert.deepEqual(
        error.issues.map(({ pointer }) => pointer),
        ["/input/note"],
      );
      return true;
    });
    assert.deepEqual(await all(client, ["bad", "hourly"]), [undefined, undefined]);
  });

  test("is done by a worker that starts, but not by an old one that starts again", async () => {
    const logged: string[] = [];
    const stopWatching = watchWorkerLog(({ level, message }) => level === "WARN" && logged.push(message));
    const client = await rig.client();
    const hourOf = async () => (await client.schedule("nightly").catch(() => undefined))?.spec.at[0];
    const isAt = (hour: number) => async () =>
      JSON.stringify(await hourOf()) === JSON.stringify(nightly(hour).spec.at[0]);

    const stopOld = await rig.startWorker([nightly(3)]);
    await eventually("the first worker has deployed", isAt(3));
    await stopOld();
    const stopNew = await rig.startWorker([nightly(4)]);
    await eventually("the newer one has deployed", isAt(4));
    await stopNew();
    const stopAgain = await rig.startWorker([nightly(3)]);
    const isTold = () => logged.some((message) => /newer code was deployed at .*tenuto schedules deploy/.test(message));
    await eventually("the old one says that it leaves it", isTold);
    assert.ok(await isAt(4)());

    const back = await (await rig.client([nightly(3)])).deploySchedules();
    assert.deepEqual(changesOf(back), ["nightly: update"]);
    await client.putSchedule("nightly", { ...nightly(9).spec }, { by: "ada", reason });
    await stopAgain();
    const stopThird = await rig.startWorker([nightly(3)]);
    const kept = /Schedule "nightly" is not as the code of app .* says \(at\)\. It was edited by hand, by ada/;
    await eventually("it warns of what is edited", () => logged.some((message) => kept.test(message)));
    await stopThird();
    stopWatching();
  });
});

/** A connection whose process dies after so many writes: none of the later ones comes to the server. */
function cutOffAfter(connection: ConnectionLike, allowed: number): ConnectionLike {
  let writes = 0;
  const workflowService = new Proxy(connection.workflowService, {
    get(target, name) {
      const method = Reflect.get(target, name) as unknown;
      if (typeof method !== "function") return method;
      if (!/^(create|update|delete)Schedule$/.test(String(name))) return method.bind(target) as unknown;
      return async (request: unknown) => {
        if (++writes > allowed) throw new Error("The process is gone");
        return (method as (request: unknown) => Promise<unknown>).call(target, request);
      };
    },
  });
  return new Proxy(connection, {
    get: (target, name) => {
      if (name === "workflowService") return workflowService;
      const member = Reflect.get(target, name) as unknown;
      return typeof member === "function" ? (member.bind(target) as unknown) : member;
    },
  });
}

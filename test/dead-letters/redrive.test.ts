// Each mode with each kind of dead letter: done or refused as DESIGN's table says, judged by the ledger.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { createClient, type TenutoClient } from "tenuto/client";
import type { RedriveMode } from "tenuto";
import { reportSignal, systemTaskQueue } from "../../src/sdk/core/dead-letter.ts";
import { eventually } from "../rig/eventually.ts";
import { judge, type Line, type Verdict } from "../sagas/fixtures/judge.ts";
import { anOrder, OutsideWorld } from "../sagas/fixtures/outside-world.ts";
import { workerRig } from "../workflow/fixtures/worker-rig.ts";
import { openLetterOf } from "./fixtures/open-letter.ts";
import { redriveActivities } from "./fixtures/redrive-activities.ts";
import { redriveApp } from "./fixtures/redrive.contract.ts";
import { replayLetters } from "./fixtures/replay-letters.ts";

/** A run that has failed in one way, and its dead letter. */
interface Failed {
  readonly id: string;
  readonly letterId: string;
}

const modes: readonly RedriveMode[] = ["continue", "restart", "compensate", "fail"];

describe("redrive", { concurrency: 8 }, () => {
  const app = redriveApp("redrive");
  const world = new OutsideWorld();
  // Before the rig's own, which closes the connection.
  after(async () => {
    await replayLetters(rig);
    await world.close();
  });
  const rig = workerRig(new URL("./fixtures/redrive-workflows.ts", import.meta.url));
  let client: TenutoClient;
  before(async () => {
    await world.open();
    client = await createClient(app, { connection: rig.connection, namespace: rig.namespace, identity: "ada" });
    await rig.startWorker({ app, activities: [redriveActivities(world.proxyUrl)] });
  });

  const start = async (input: object = {}, fault?: Parameters<typeof world.proxy.plan>[1]) => {
    const order = anOrder(input);
    const { orderId: id } = order;
    world.proxy.plan(id, fault ?? {});
    await client.start("trip", order, { workflowId: id });
    return id;
  };
  const result = (id: string) => client.result(id, { waitMs: 60_000 });
  const heal = (id: string) => {
    world.proxy.plan(id, {});
  };
  const withLetter = async (id: string): Promise<Failed> => ({ id, letterId: await openLetterOf(rig, id) });
  const letterIs = (letterId: string, status: string) =>
    eventually(
      `letter ${letterId} is ${status}`,
      async () => {
        const letter = await client.deadLetter(letterId);
        return letter.status === status && letter;
      },
      { withinMs: 240_000 },
    );
  const failed = async (input: object, step = 2) => {
    const id = await start(input, { step, fault: "fails" });
    assert.equal((await result(id)).status, "failed");
    return withLetter(id);
  };
  const waiting = async (input: object, effects: number) => {
    const id = await start(input);
    for (let n = 1; n <= effects; n++) await world.effectOf(id, n);
    await eventually("it waits", async () => {
      const { pendingSteps, account } = await client.describe(id);
      return pendingSteps.length === 0 && account && account.steps.every(({ state }) => state === "done");
    });
    return id;
  };
  const terminated = async (input: object, effects: number) => {
    const id = await waiting(input, effects);
    await client.terminate(id, { reason: "test" });
    return withLetter(id);
  };
  const goOn = async (id: string) => {
    await eventually("it takes the signal", async () => {
      try {
        await client.signal(id, "go", {});
        return true;
      } catch {
        return false;
      }
    });
  };

  /** The ways to fail, and for each mode that is sound what is in the ledger afterwards. */
  const kinds: Readonly<
    Record<string, { readonly make: () => Promise<Failed>; readonly sound: Partial<Record<RedriveMode, Verdict>> }>
  > = {
    "failed without undo": {
      make: () => failed({ isSaga: false }),
      sound: { continue: { stay: [1, 2, 3], undone: [] } },
    },
    "failed and undone": {
      make: () => failed({}),
      sound: { restart: { stay: [1, 2, 3], undone: [] } },
    },
    "terminated in a saga": {
      make: () => terminated({ waitBefore: 3 }, 2),
      sound: { continue: { stay: [1, 2, 3], undone: [] }, compensate: { stay: [], undone: [1, 2] } },
    },
    "terminated before any step": {
      make: () => terminated({ waitBefore: 1 }, 0),
      sound: { continue: { stay: [1, 2, 3], undone: [] }, restart: { stay: [1, 2, 3], undone: [] } },
    },
    "timed out in a saga": {
      make: async () => {
        const order = anOrder({ waitBefore: 3 });
        const { orderId: id } = order;
        world.proxy.plan(id, {});
        const options = { taskQueue: app.name, workflowId: id, args: [order], workflowRunTimeout: "25s" } as const;
        await rig.client.workflow.start("trip", options);
        await world.effectOf(id, 2);
        assert.equal((await result(id)).status, "timedOut");
        return withLetter(id);
      },
      sound: { continue: { stay: [1, 2, 3], undone: [] }, compensate: { stay: [], undone: [1, 2] } },
    },
    "terminated while undoing": {
      make: async () => {
        const id = await start({ waitBefore: 3 }, { step: 1, undoFault: "fails for good" });
        await world.effectOf(id, 2);
        await client.cancel(id, { reason: "test" });
        await eventually("an undo is parked", async () => (await client.describe(id)).incidents.length > 0);
        await client.terminate(id, { reason: "test" });
        return withLetter(id);
      },
      sound: { compensate: { stay: [], undone: [1, 2] } },
    },
    partial: {
      make: async () => {
        const id = await start({ waitBefore: 3 }, { step: 1, undoFault: "fails for good" });
        await world.effectOf(id, 2);
        await client.cancel(id, { reason: "test" });
        await eventually("an undo is parked", async () => (await client.describe(id)).incidents.length > 0);
        await client.decide(id, { action: "fail", reason: "test" });
        assert.equal((await result(id)).status, "canceled");
        const { items } = await client.deadLetters({ limit: 200, kind: "partial" });
        return { id, letterId: items.find((letter) => letter.workflowId === id)?.id ?? "" };
      },
      sound: { compensate: { stay: [], undone: [1, 2] } },
    },
  };

  for (const [kind, { make, sound }] of Object.entries(kinds)) {
    test(`${kind}: refused are all modes but ${Object.keys(sound).join(" and ")}; nothing changes`, async () => {
      const { id, letterId } = await make();
      const before = await world.ledger(id);
      for (const mode of modes.filter((each) => !(each in sound))) {
        await assert.rejects(client.redrive(letterId, { mode, reason: "test" }), {
          code: "REDRIVE_UNSOUND",
          modes: Object.keys(sound),
        });
      }
      const letter = await client.deadLetter(letterId);
      assert.deepEqual([letter.status, letter.count], ["open", 1]);
      assert.deepEqual(await world.ledger(id), before);
    });

    for (const [mode, verdict] of Object.entries(sound)) {
      test(`${kind}: ${mode} is done, each effect once`, async () => {
        const { id, letterId } = await make();
        heal(id);
        const dry = await client.redrive(letterId, { mode: mode as RedriveMode, reason: "test", dryRun: true });
        assert.equal((await client.deadLetter(letterId)).status, "open");
        const done = await client.redrive(letterId, { mode: mode as RedriveMode, reason: "test" });
        assert.deepEqual(done, { ...dry, dryRun: false });
        if (mode !== "compensate") await goOn(id);
        const letter = await letterIs(letterId, "resolved");
        assert.equal(letter.closed?.by, "ada");
        assert.equal((await result(id)).status, mode === "compensate" ? "canceled" : "completed");
        judge(mode === "restart" ? left(await world.ledger(id)) : await world.ledger(id), verdict);
      });
    }
  }

  test("stuck: compensate undoes what was done, without the code that is broken", async () => {
    const id = await start({ bugAfter: 2 });
    await world.effectOf(id, 2);
    const { letterId } = await eventually("its task has failed", () => withLetter(id).catch(() => undefined));
    assert.equal((await client.deadLetter(letterId)).kind, "stuck");
    await assert.rejects(client.redrive(letterId, { mode: "restart", reason: "test" }), { code: "REDRIVE_UNSOUND" });
    const { again } = await client.redrive(letterId, { mode: "continue", reason: "test", dryRun: true });
    assert.deepEqual(
      again?.map(({ step, ended }) => [step, ended]),
      [["travel.charge", true]],
    );
    await client.redrive(letterId, { mode: "compensate", reason: "test" });
    await letterIs(letterId, "resolved");
    judge(await world.ledger(id), { stay: [], undone: [1, 2] });
  });

  test("a step under way when its run was terminated is undone by its key", async () => {
    const id = await start({}, { step: 2, fault: "no answer" });
    await world.effectOf(id, 2);
    await client.terminate(id, { reason: "test" });
    const { letterId } = await withLetter(id);
    heal(id);
    await client.redrive(letterId, { mode: "compensate", reason: "test" });
    await letterIs(letterId, "resolved");
    judge(await world.ledger(id), { stay: [], undone: [1, 2] });
  });

  test("poison: every mode is refused", async () => {
    const letterId = randomUUID().replaceAll("-", "");
    const report = { kind: "poison", workflowId: "w", runId: randomUUID(), originalRunId: "r", type: "trip" };
    const rest = { error: { type: "InvalidInput", message: "no" }, openEffects: [], at: new Date().toISOString() };
    await rig.client.workflow.signalWithStart("tenutoDeadLetter", {
      workflowId: `tenuto-dead-letter-${letterId}`,
      taskQueue: systemTaskQueue,
      signal: reportSignal,
      signalArgs: [{ id: letterId, report: { ...report, ...rest } }],
    });
    await eventually("it is open", () => client.deadLetter(letterId).catch(() => undefined));
    for (const mode of modes)
      await assert.rejects(client.redrive(letterId, { mode, reason: "test" }), { code: "REDRIVE_UNSOUND", modes: [] });
    await client.discard(letterId, { reason: "test" });
  });

  test("a run that fails again opens the same dead letter, with a count; the keys are the same in all runs", async () => {
    const { id, letterId } = await failed({ isSaga: false });
    await client.redrive(letterId, { reason: "too early" });
    const again = await eventually("it is open again", async () => {
      const letter = await client.deadLetter(letterId);
      return letter.count === 2 && letter;
    });
    assert.deepEqual([again.status, again.modes, again.step], ["open", ["continue"], "travel.charge"]);
    heal(id);
    await client.redrive(letterId, { reason: "healed" });
    await letterIs(letterId, "resolved");
    judge(await world.ledger(id), { stay: [1, 2, 3], undone: [] });
    const keys = new Map<string, Set<string>>();
    for await (const { runId } of rig.client.workflow.list({ query: `WorkflowId = '${id}'` })) {
      for (const { step, key } of (await client.describe(id, { runId })).account?.steps ?? [])
        keys.set(step, (keys.get(step) ?? new Set()).add(key ?? ""));
    }
    assert.ok([...keys.values()].every((each) => each.size === 1));
  });

  test("a restarted run that fails again opens the same dead letter, too", async () => {
    const { id, letterId } = await failed({});
    await client.redrive(letterId, { reason: "too early" });
    const again = await eventually("it is open again", async () => {
      const letter = await client.deadLetter(letterId);
      return letter.count === 2 && letter;
    });
    assert.deepEqual([again.status, again.modes], ["open", ["restart"]]);
    heal(id);
    await client.redrive(letterId, { reason: "healed" });
    await letterIs(letterId, "resolved");
    judge(left(await world.ledger(id)), { stay: [1, 2, 3], undone: [] });
  });

  test("other input that its contract does not take is refused, and nothing changes; what it takes is used", async () => {
    const { id, letterId } = await failed({});
    const restart = { mode: "restart", reason: "test" } as const;
    await assert.rejects(client.redrive(letterId, { ...restart, input: { orderId: 5 } }), {
      code: "INVALID_INPUT",
      issues: [{ pointer: "/input/orderId", message: "Invalid input: expected string, received number" }],
    });
    await assert.rejects(client.redrive(letterId, { ...restart, output: {} }), { code: "INVALID_INPUT" });
    const letter = await client.deadLetter(letterId);
    assert.deepEqual([letter.status, letter.count], ["open", 1]);
    heal(id);
    await client.redrive(letterId, { ...restart, input: { orderId: id, isSaga: false } });
    await letterIs(letterId, "resolved");
    const account = await eventually("a worker tells of it", async () => (await client.describe(id)).account);
    assert.deepEqual(account.steps, [], "without a saga, as the other input says");
  });

  test("one that is redriven, resolved or discarded says what it is now", async () => {
    const { id, letterId } = await terminated({ waitBefore: 3 }, 2);
    const ask = () => client.redrive(letterId, { mode: "continue", reason: "test" });
    const answers = await Promise.allSettled([ask(), ask()]);
    assert.equal(answers.filter(({ status }) => status === "fulfilled").length, 1, "of two, one");
    await assert.rejects(ask(), {
      code: "DEAD_LETTER_NOT_OPEN",
      message: /is being redriven with continue by "ada" since/,
    });
    await goOn(id);
    await letterIs(letterId, "resolved");
    await assert.rejects(ask(), {
      code: "DEAD_LETTER_NOT_OPEN",
      message: /it was resolved by "ada" at .* \(completed: test\)/,
    });
    judge(await world.ledger(id), { stay: [1, 2, 3], undone: [] });

    const other = await terminated({ waitBefore: 1 }, 0);
    await client.discard(other.letterId, { reason: "nobody wants it" });
    await assert.rejects(client.redrive(other.letterId, { reason: "test" }), {
      code: "DEAD_LETTER_NOT_OPEN",
      message: /it was discarded by "ada" at .* \(nobody wants it\)/,
    });
  });

  test("a deadline does not count the time in which there was no run", async () => {
    const order = anOrder({ waitBefore: 3 });
    const { orderId: id } = order;
    world.proxy.plan(id, {});
    const begun = Date.now();
    await client.start("shortTrip", order, { workflowId: id });
    await world.effectOf(id, 2);
    await client.terminate(id, { reason: "test" });
    const { letterId } = await withLetter(id);
    await eventually("its deadline would be over", () => Date.now() - begun > 16_000);
    await client.reset(id, { reason: "test" });
    await goOn(id);
    await letterIs(letterId, "resolved");
    assert.equal((await result(id)).status, "completed");
    judge(await world.ledger(id), { stay: [1, 2, 3], undone: [] });
  });

  test("a reset of a run that is fine is refused", async () => {
    const id = await waiting({ waitBefore: 3 }, 2);
    await assert.rejects(client.reset(id, { reason: "test" }), {
      code: "REDRIVE_UNSOUND",
      message: /its run is running/,
    });
    await goOn(id);
    assert.equal((await result(id)).status, "completed");
    await assert.rejects(client.reset(id, { reason: "test" }), {
      code: "REDRIVE_UNSOUND",
      message: /its run is completed/,
    });
  });
});

/** What the runs before a restart have undone is of no account to it. */
function left(lines: readonly Line[]): readonly Line[] {
  const undone = new Set(lines.map(({ undoes }) => undoes));
  return lines.filter(({ key, undoes }) => undoes === undefined && !undone.has(key));
}

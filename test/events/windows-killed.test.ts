import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, test } from "node:test";
import { Client, Connection } from "@temporalio/client";
import { createClient, type TenutoClient } from "tenuto/client";
import { deliver } from "tenuto/events";
import { createTestRig } from "tenuto/testing";
import { systemTaskQueue } from "../../src/sdk/core/dead-letter.ts";
import { eventWindowWorkflow, windowIdOf } from "../../src/sdk/core/window-record.ts";
import { defaultMemory } from "../../src/sdk/core/window-state.ts";
import { eventually } from "../rig/eventually.ts";
import { testServer } from "../rig/stack.ts";
import { editSource } from "./fixtures/edits-app.ts";
import { app } from "./fixtures/edits-worker.ts";
import { replayWindows, startedLists } from "./fixtures/started-lists.ts";

const keys = Array.from({ length: 10 }, (_, index) => `key-${index}`);
const eventsOfKey = 20;

describe("windows of events whose workers are killed", { timeout: 300_000 }, () => {
  test("200 events, brought by four clients at once and more than once, are each in one run's list, in order", async (t) => {
    const address = testServer();
    const rig = await createTestRig({
      server: "real",
      address,
      worker: { module: new URL("./fixtures/edits-worker.ts", import.meta.url) },
    });
    t.after(() => rig.close());
    const { namespace } = rig;
    const own = await Connection.connect({ address });
    t.after(() => own.close());
    // Not the rig's, which replays what is started by it as the app's.
    const temporal = new Client({ connection: own, namespace });
    const source = editSource();
    // Short histories, so that each window continues as new again and again.
    for (const key of keys) {
      const subject = { app: app.name, source: source.name, type: "edit.batch", key };
      await temporal.workflow.start(eventWindowWorkflow, {
        workflowId: windowIdOf(subject),
        taskQueue: systemTaskQueue,
        args: [subject, undefined, { ...defaultMemory, eventsPerRun: 30 }],
      });
    }
    const clients = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const connection = await Connection.connect({ address });
        t.after(() => connection.close());
        return createClient(app, { connection, namespace });
      }),
    );
    const clientOf = (place: number) => clients[place % clients.length] as TenutoClient;
    const bring = async (client: TenutoClient, of: string, n: number) => {
      const event = { id: `${of}-${n}`, type: "edit.batch", data: { of, n } };
      assert.equal((await deliver(client, source, event)).outcome, "accepted");
    };
    let isOver = false;
    const kills = (async () => {
      for (let kill = 0; kill < 3 && !isOver; kill += 1) {
        await sleep(700);
        await rig.killWorker();
        await rig.startWorker();
      }
    })();
    // One client brings a key's events in order; another one brings each second of them at the same time.
    await Promise.all(
      keys.map(async (of, place) => {
        for (let n = 1; n <= eventsOfKey; n += 1) {
          const twice = n % 2 === 0 ? [bring(clientOf(place + 1), of, n)] : [];
          await Promise.all([bring(clientOf(place), of, n), ...twice]);
          await sleep(100);
        }
      }),
    );
    const all = keys.length * eventsOfKey;
    const lists = await eventually(
      "all events are in runs",
      async () => {
        const found = await startedLists(temporal, "digest");
        return found.flatMap(({ numbers }) => numbers).length >= all && found;
      },
      { withinMs: 180_000, everyMs: 500 },
    );
    isOver = true;
    await kills;
    for (const of of keys) {
      const own = lists.filter((list) => list.of === of).toSorted((a, b) => (a.numbers[0] ?? 0) - (b.numbers[0] ?? 0));
      const numbers = own.flatMap((list) => list.numbers);
      assert.deepEqual(
        numbers,
        Array.from({ length: eventsOfKey }, (_, index) => index + 1),
        of,
      );
    }
    // What comes again now changes nothing, wherever the window has gone on.
    for (const of of keys) await bring(clientOf(1), of, 7);
    await eventually("the repeats are counted", async () => {
      const records = await Promise.all(
        keys.map((key) => {
          const subject = { app: app.name, source: source.name, type: "edit.batch", key };
          return clientOf(0).eventWindow(windowIdOf(subject));
        }),
      );
      return records.every(({ counts }) => counts.events === eventsOfKey && counts.duplicates === eventsOfKey / 2 + 1);
    });
    assert.equal((await startedLists(temporal, "digest")).flatMap(({ numbers }) => numbers).length, all);
    const { runs, longest } = await replayWindows(temporal);
    assert.ok(runs >= 2 * keys.length && longest < 200, `${runs} runs of windows, the longest of ${longest} events`);
  });
});

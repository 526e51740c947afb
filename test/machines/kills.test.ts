import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import type { MachineAnswer } from "tenuto";
import { createTestRig, killWorkerAt } from "tenuto/testing";
import { eventually } from "../rig/eventually.ts";
import { testServer } from "../rig/stack.ts";
import { openLedger } from "../testing/fixtures/ledger.ts";

const module = new URL("./fixtures/kill-worker.ts", import.meta.url);

const cases = [
  {
    what: "killed before a step did anything, and after one had its effect",
    full: [],
    kills: [
      killWorkerAt("agency.book", { when: "before-effect" }),
      killWorkerAt("agency.book", { when: "after-effect" }),
    ],
    state: ["booked"],
    effects: ["book flight", "book hotel"],
  },
  {
    what: "killed when one region was done and the other can't be, and once more when it is undone",
    full: ["flight"],
    kills: [
      killWorkerAt("agency.unbook", { when: "after-effect" }),
      killWorkerAt("agency.unbook", { when: "before-effect" }),
    ],
    state: ["manual"],
    effects: ["book hotel", "unbook hotel"],
  },
] as const;

describe("a machine whose worker is killed by rule between two lines", { timeout: 600_000, concurrency: 2 }, () => {
  for (const { what, full, kills, state, effects } of cases) {
    test(`${what}: it is in one state or the other, never half, and the ledger has each effect once`, async (t) => {
      const folder = await mkdtemp(join(tmpdir(), "tenuto-machines-"));
      t.after(() => rm(folder, { recursive: true }));
      const path = join(folder, "ledger.jsonl");
      const rig = await createTestRig({
        server: "real",
        address: testServer(),
        worker: { module, data: { ledger: path, full } },
        faults: kills,
        openRuns: "allow",
      });
      t.after(() => rig.close().catch(() => undefined)); // Told by the test already.
      const id = randomUUID();
      await rig.client.start("trip", { tripId: id }, { workflowId: id });
      const answer = await eventually(
        "the event is answered",
        async () => {
          const { result, status } = await rig.client
            .update(id, "book", {}, { updateId: "book-1", waitMs: 20_000 })
            .catch(() => ({ result: undefined, status: "running" }));
          return status === "completed" && (result as MachineAnswer);
        },
        { withinMs: 240_000 },
      );
      const settled = await eventually("it is at rest", async () => {
        const { moving, context, ...rest } = await rig.client.machineState(id);
        return context !== undefined && !moving && rest;
      });
      await rig.close();
      assert.deepEqual([settled.state, answer.status], [state, "active"]);
      const lines = openLedger(path).lines();
      const done = lines.filter(({ isEffect }) => isEffect).map(({ operation }) => operation);
      assert.deepEqual(
        done.filter((line) => effects.includes(line as never) || line.startsWith("book")).toSorted(),
        effects,
      );
      // The undo of what never was writes nothing but its own line.
      assert.equal(new Set(done).size, done.length);
    });
  }
});

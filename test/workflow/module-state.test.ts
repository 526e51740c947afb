import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { defineApp } from "tenuto";
import { remembers } from "./fixtures/module-state.contract.ts";
import { workerRig } from "./fixtures/worker-rig.ts";

describe("module state of workflow code", () => {
  const rig = workerRig(new URL("./fixtures/module-state-workflows.ts", import.meta.url));

  test("200 interleaved runs in one worker never see each other's", async () => {
    const taskQueue = `module-state-${randomUUID()}`;
    await rig.startWorker({
      app: defineApp({ name: taskQueue, workflows: [remembers], activities: [] }),
      activities: [],
    });
    const names = Array.from({ length: 200 }, (_, index) => `run ${index}`);
    const runs = await Promise.all(
      names.map(async (name) => ({
        name,
        run: await rig.client.workflow.start("remembers", { taskQueue, workflowId: randomUUID(), args: [{ name }] }),
      })),
    );
    await Promise.all(runs.map(({ name, run }) => run.signal("also", `${name} again`)));
    for (const { name, run } of runs) assert.deepEqual(await run.result(), [name, `${name} again`]);
  });
});

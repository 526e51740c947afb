import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createClient } from "tenuto/client";
import { app } from "../../src/app.ts";
import { eventually } from "../rig/eventually.ts";
import { type Stack, startStack } from "../rig/stack.ts";

let stack: Stack;
before(async () => {
  stack = await startStack();
  await stack.startWorker();
});
after(() => stack.close());

test("the shop's worker brings its schedule, whose run sends one mail about the day before", async () => {
  const { connection, namespace } = stack;
  const client = await createClient(app, { connection, namespace });
  const schedule = await eventually("it is there", () => client.schedule("dailyDigest").catch(() => undefined));
  assert.deepEqual([schedule.origin, schedule.app, schedule.spec.timeZone], ["code", "shop", "Europe/Berlin"]);
  const { run } = await client.triggerSchedule("dailyDigest", { reason: "a test" });
  const { status } = await client.result(run?.workflowId ?? "", { waitMs: 20_000 });
  assert.equal(status, "completed");
  const day = new Date(Date.now() - 24 * 3_600_000).toISOString().slice(0, 10);
  assert.deepEqual(await stack.effects(`digest-${day}`), ["mail.send"]);
  await stack.client.schedule.getHandle("dailyDigest").delete();
});

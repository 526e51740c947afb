import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { freePort } from "../../src/sdk/worker/free-port.ts";
import { startEmbeddedServer } from "../../src/dev/embedded-server.ts";
import { eventually } from "../rig/eventually.ts";
import { anOrder, startOrder } from "../rig/orders.ts";
import { effectOf, startStack } from "../rig/stack.ts";

const onceEach = ["stock.reserve", "payments.charge", "shipping.book", "mail.send"];

test("the worker is killed between effect and answer: the order finishes, each effect once", async (t) => {
  const stack = await startStack();
  t.after(() => stack.close());
  const first = await stack.startWorker();
  const order = anOrder({ card: "slow-3" });
  const run = await startOrder(stack, order);
  await effectOf(stack, order.id, "payments.charge");
  await first.crash();
  await stack.startWorker();
  await run.result();
  assert.deepEqual(await stack.effects(order.id), onceEach);
  const { events } = await run.fetchHistory();
  const attempts = (events ?? []).map((event) => event.activityTaskStartedEventAttributes?.attempt ?? 0);
  assert.equal(Math.max(...attempts), 2, "the charge was attempted twice, with one effect");
});

test("the worker is asked to stop in the middle of a step: the step ends first, the next worker does the rest", async (t) => {
  const stack = await startStack();
  t.after(() => stack.close());
  const first = await stack.startWorker();
  const order = anOrder({ card: "slow-2" });
  const run = await startOrder(stack, order);
  await effectOf(stack, order.id, "payments.charge");
  assert.equal(await first.stop(), 0);
  await stack.startWorker();
  await run.result();
  assert.deepEqual(await stack.effects(order.id), onceEach);
  const { events } = await run.fetchHistory();
  const attempts = (events ?? []).map((event) => event.activityTaskStartedEventAttributes?.attempt ?? 0);
  assert.equal(Math.max(...attempts), 1, "no attempt was lost");
});

test("the server is killed and started again: nothing is lost, the worker and its runs go on", async (t) => {
  const binary = process.env["TEMPORAL_CLI_PATH"];
  assert.ok(binary, "npm test gives the server's path");
  const directory = await mkdtemp(join(tmpdir(), "tenuto-crash-"));
  const options = { binary, dbFile: join(directory, "temporal.db"), port: await freePort() };
  let server = await startEmbeddedServer(options);
  t.after(async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  });
  const stack = await startStack(server.address);
  const worker = await stack.startWorker();
  try {
    const approval = anOrder({ lines: [{ sku: "sofa", quantity: 1, unitCents: 60_000 }] });
    const inStep = anOrder({ card: "slow-4" });
    const runs = [await startOrder(stack, approval), await startOrder(stack, inStep)];
    await effectOf(stack, approval.id, "payments.charge");
    await effectOf(stack, inStep.id, "payments.charge");
    server.kill("SIGKILL");
    await server.exited;
    server = await startEmbeddedServer(options);
    await eventually("the server takes the approval", () =>
      stack.client.workflow
        .getHandle(`order-${approval.id}`)
        .signal("approve", { approved: true, by: "grace" })
        .then(
          () => true,
          () => false,
        ),
    );
    await Promise.all(runs.map((run) => run.result()));
    assert.deepEqual(await stack.effects(approval.id), onceEach);
    assert.deepEqual(await stack.effects(inStep.id), onceEach);
    assert.equal(await worker.stop(), 0);
  } finally {
    await stack.close();
  }
});

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { scrapeStepMetrics } from "tenuto/api";
import type { StepMetrics, StepMetricsSource } from "tenuto/client";
import { freePort } from "../../src/sdk/worker/free-port.ts";
import { eventually } from "../rig/eventually.ts";
import { anOrder, startOrder } from "../rig/orders.ts";
import { type Stack, startStack } from "../rig/stack.ts";

describe("numbers of steps from the workers themselves", { timeout: 240_000 }, () => {
  const ended = new AbortController();
  let stack: Stack;
  let ports: readonly string[];
  let source: StepMetricsSource;
  before(async () => {
    stack = await startStack();
    ports = [String(await freePort()), String(await freePort())];
    const workers = ports.map((port) => `http://127.0.0.1:${port}`);
    source = scrapeStepMetrics({ workers, namespace: stack.namespace, everyMs: 200, signal: ended.signal });
  });
  after(async () => {
    ended.abort();
    await stack.close();
  });

  const startWorker = (port: string | undefined) => stack.startWorker({ TENUTO_METRICS_PORT: port ?? "" });
  const read = () =>
    source.read({ from: new Date(Date.now() - 3_600_000).toISOString(), to: new Date().toISOString() });
  const chargedIn = ({ steps }: StepMetrics) => steps.find(({ activity }) => activity === "payments.chargeCard");
  const charged = (count: number) =>
    eventually(`${count} charges are counted`, async () => {
      const found = await read();
      return (chargedIn(found)?.succeeded ?? 0) >= count && found;
    });

  test("before any worker has answered, all is left out, and which workers are silent", async () => {
    const {
      source: by,
      steps,
      leavesOut,
    } = await eventually("they were asked", async () => {
      const found = await read();
      return found.leavesOut.length === 3 && found;
    });
    assert.deepEqual([by, steps, leavesOut[0]], ["workers", [], "All numbers of steps: no worker has answered yet."]);
    assert.ok(ports.every((port) => leavesOut.some((text) => text.includes(`127.0.0.1:${port} is silent since`))));
  });

  test("are those of all workers together, and a crash takes nothing away", async () => {
    const first = await startWorker(ports[0]);
    for (let n = 0; n < 2; n += 1) await startOrder(stack, anOrder()).then((run) => run.result());
    const before = await charged(2);
    assert.deepEqual([chargedIn(before)?.succeeded, chargedIn(before)?.failed, chargedIn(before)?.attempts], [2, 0, 2]);
    const charge = chargedIn(before);
    const [p50, p99] = [charge?.p50Ms ?? NaN, charge?.p99Ms ?? NaN];
    assert.ok(p50 > 0 && p50 <= p99, `${p50} ${p99}`);
    assert.ok(before.scheduleToStart.some(({ queue, p50Ms }) => queue === "shop" && p50Ms !== null));
    assert.ok(
      before.slots.some(({ queue, kind, available }) => queue === "shop" && kind === "activity" && available > 0),
      JSON.stringify(before.slots),
    );

    await first.crash();
    await startWorker(ports[0]);
    await startWorker(ports[1]);
    await startOrder(stack, anOrder({ card: "flaky-1" })).then((run) => run.result());
    const after = await charged(3);
    assert.deepEqual(
      [chargedIn(after)?.succeeded, chargedIn(after)?.attempts, chargedIn(after)?.successRate],
      [3, 4, 1],
    );
    assert.ok(after.leavesOut.includes("The last seconds of workers that have ended: nobody could ask them any more."));
    assert.ok(Date.parse(after.from ?? "") < Date.now() && Date.now() - Date.parse(after.asOf ?? "") < 30_000);
  });

  test("a worker that has been there for longer than the API has told all that it did", async () => {
    const signal = ended.signal;
    const workers = ports.map((port) => `http://127.0.0.1:${port}`);
    const later = scrapeStepMetrics({ workers, namespace: stack.namespace, everyMs: 200, signal });
    const found = await eventually("it knows what the workers that run have done", async () => {
      const range = { from: new Date(Date.now() - 3_600_000).toISOString(), to: new Date().toISOString() };
      const numbers = await later.read(range);
      return (chargedIn(numbers)?.succeeded ?? 0) > 0 && numbers;
    });
    assert.equal(chargedIn(found)?.succeeded, 1);
    assert.match(found.leavesOut.join(), /^What steps did before .*: nobody asked their workers then\.$/);
  });
});

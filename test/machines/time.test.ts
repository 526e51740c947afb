import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { tsToMs } from "@temporalio/common/lib/time.js";
import type { temporal } from "@temporalio/proto";
import type { Duration } from "tenuto";
import { createTestRig, type TestRig } from "tenuto/testing";

type Event = temporal.api.history.v1.IHistoryEvent;

const day = 86_400_000;

describe("a timeout of 30 days, by the server's clock", { timeout: 600_000 }, () => {
  let rig: TestRig;
  before(async () => {
    rig = await createTestRig({ worker: { module: new URL("./fixtures/time-worker.ts", import.meta.url) } });
  });
  after(() => rig.close());

  /** What happens on the way: time goes by, so many events come, the worker is killed, or is away for a while. */
  type Step = Duration | number | "a kill" | { readonly awayFor: Duration };
  const cases: Readonly<Record<string, readonly Step[]>> = {
    "nothing else happens": ["29d", "2d"],
    "the worker is killed on the way": ["10d", "a kill", "19d", "a kill", "2d"],
    "120 events come, and it continues as new after every 50; the worker is killed in between": [
      ...(["1d", 49, "a kill", 1, "a kill", "12d", 30, "a kill", "8d", 40, "a kill"] as const),
      ...(["8d", "a kill", "2d"] as const),
    ],
    "the worker is away when it is due, and for longer than it takes": ["5d", 55, { awayFor: "40d" }],
  };
  for (const [what, steps] of Object.entries(cases)) {
    test(`${what}: it passes once, on time`, async () => {
      const workflowId = randomUUID();
      await rig.client.start("longTrip", { tripId: workflowId }, { workflowId });
      let sent = 0;
      for (const step of steps) {
        if (typeof step === "number")
          for (const until = sent + step; sent < until; sent += 1) await note(workflowId, sent);
        else await go(step);
      }
      const { status, result } = await rig.client.result(workflowId, { waitMs: 60_000 });
      assert.deepEqual([status, result], ["completed", "too late"]);

      const runs = await chainOf(workflowId);
      assert.equal(runs.length, 1 + Math.floor(sent / 50));
      const taken = runs.flat().filter(({ workflowExecutionUpdateAcceptedEventAttributes: update }) => update);
      assert.equal(taken.length, sent);
      const begun = msOf(runs[0]?.[0]);
      const fired = runs.flat().filter(({ timerFiredEventAttributes: timer }) => timer);
      assert.deepEqual(
        fired.map((event) => Math.round((msOf(event) - begun) / day)),
        [30],
      );
      const { transitions, context } = await rig.client.machineState(workflowId);
      assert.equal(transitions.filter(({ cause }) => cause.kind === "timeout").length, 1);
      assert.deepEqual(transitions.at(-1)?.cause, { kind: "timeout", state: "open", after: "patience" });
      assert.equal((context as { readonly notes: number }).notes, sent);
    });
  }

  async function note(workflowId: string, number: number): Promise<void> {
    const { status } = await rig.client.update(
      workflowId,
      "note",
      { text: "n" },
      { updateId: `n-${number}`, waitMs: 30_000 },
    );
    assert.equal(status, "completed");
  }

  async function go(step: Exclude<Step, number>): Promise<void> {
    if (typeof step === "string" && step !== "a kill") return rig.advance(step);
    await rig.killWorker();
    // The server's clock stands still while what a timer has begun waits for a worker.
    const passed = typeof step === "object" ? rig.advance(step.awayFor) : undefined;
    await rig.startWorker();
    await passed;
  }

  /** The histories of a run and of those that continue it, the first one first. */
  async function chainOf(workflowId: string): Promise<readonly (readonly Event[])[]> {
    const chain: (readonly Event[])[] = [];
    for (let runId: string | undefined = await firstRunOf(workflowId); runId;) {
      const { events } = await rig.temporal.workflow.getHandle(workflowId, runId).fetchHistory();
      chain.push(events ?? []);
      runId = events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? undefined;
    }
    return chain;
  }

  async function firstRunOf(workflowId: string): Promise<string | undefined> {
    const { events } = await rig.temporal.workflow.getHandle(workflowId).fetchHistory();
    return events?.[0]?.workflowExecutionStartedEventAttributes?.firstExecutionRunId ?? undefined;
  }
});

function msOf(event: Event | undefined): number {
  return tsToMs(event?.eventTime);
}

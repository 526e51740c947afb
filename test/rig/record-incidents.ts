// Run by `npm run histories`: plays what operators do to parked, paused and late runs, for test/workflow/histories/incidents.
import { randomUUID } from "node:crypto";
import { Client, Connection } from "@temporalio/client";
import { NativeConnection } from "@temporalio/worker";
import { defineApp } from "tenuto";
import { createClient, type TenutoClient } from "tenuto/client";
import { historyFixture } from "tenuto/testing";
import { createWorker } from "tenuto/worker";
import { setUpNamespace } from "../../src/sdk/client/set-up-namespace.ts";
import { IncidentWorld } from "../workflow/fixtures/incident-world.ts";
import {
  branches,
  patientPayment,
  payment,
  provider,
  rounds,
  timedPayment,
} from "../workflow/fixtures/incidents.contract.ts";
import { eventually } from "./eventually.ts";
import type { HistoryFolder } from "./history-folder.ts";

/** What a path of an incident works with. */
interface Scene {
  readonly client: TenutoClient;
  readonly world: IncidentWorld;
  readonly workflowId: string;
  /** Waits until so many incidents are open. */
  readonly parked: (count?: number) => Promise<void>;
}

interface Path {
  readonly type?: "payment" | "timedPayment" | "branches";
  readonly input: object;
  /** What operators do to the run. */
  readonly then?: (scene: Scene) => Promise<unknown>;
}

/** What operators do to runs, by the name of its file. */
export const incidentPaths: Readonly<Record<string, Path>> = {
  "parked-then-retried": {
    input: { card: "broken-1" },
    then: async ({ client, world, workflowId, parked }) => {
      await parked();
      world.heal("broken-1");
      await client.decide(workflowId, { action: "retry", by: "grace", reason: "the provider is back" });
    },
  },
  "retried-with-other-input": {
    input: { card: "broken-2", then: "fails" },
    then: async ({ client, workflowId, parked }) => {
      await parked();
      const input = { card: "ok", amountCents: 1_200 };
      const reason = "the card was mistyped, nothing was charged";
      await client.decide(workflowId, { action: "retry", input, confirmNoEffect: true, by: "grace", reason });
    },
  },
  "completed-by-hand": {
    input: { card: "broken-3" },
    then: async ({ client, workflowId, parked }) => {
      await parked();
      const output = { chargeId: "by hand" };
      await client.decide(workflowId, { action: "complete", output, by: "grace", reason: "charged by phone" });
    },
  },
  "undo-retried": {
    input: { then: "fails", refund: "broken-4" },
    then: async ({ client, world, workflowId, parked }) => {
      await parked();
      world.heal("broken-4");
      await client.decide(workflowId, { action: "retry", by: "grace", reason: "the provider is back" });
    },
  },
  "undo-given-up": {
    input: { then: "fails", refund: "broken-5" },
    then: async ({ client, workflowId, parked }) => {
      await parked();
      await client.decide(workflowId, { action: "fail", by: "grace", reason: "paid back in cash" });
    },
  },
  "answer-lost": {
    input: { card: "silent" },
    then: async ({ client, workflowId, parked }) => {
      await parked();
      await client.decide(workflowId, { action: "fail", by: "grace", reason: "the customer has left" });
    },
  },
  parallel: {
    type: "branches",
    input: { cards: ["ok", "broken-6", "fine"] },
    then: async ({ client, world, workflowId, parked }) => {
      await parked();
      await eventually("the others have charged", () => world.effectsOf(workflowId).length === 2);
      await client.decide(workflowId, { action: "fail", by: "grace", reason: "all or nothing" });
    },
  },
  "paused-and-skipped": {
    input: { waitMs: 1 },
    then: async ({ client, workflowId }) => {
      await client.pause(workflowId, { by: "grace", reason: "the provider is down for an hour" });
      const held = await eventually("a step is held", async () =>
        (await client.describe(workflowId)).account?.steps.find(({ state }) => state === "held"),
      );
      const output = held.step === "provider.charge" ? { chargeId: "by hand" } : "by hand";
      await client.skip(workflowId, { step: held.step, output, by: "grace", reason: "done by hand" });
      await client.resume(workflowId, { by: "ada", reason: "it is back" });
    },
  },
  "canceled-while-parked": {
    input: { card: "broken-7" },
    then: async ({ client, workflowId, parked }) => {
      await parked();
      await client.cancel(workflowId, { reason: "not needed any more" });
    },
  },
  deadline: { type: "timedPayment", input: { waitMs: 60_000 } },
};

/** Plays those paths on a server, and writes what it recorded. */
export async function recordIncidents(address: string, names: readonly string[], folder: HistoryFolder): Promise<void> {
  const namespace = `incidents-${randomUUID()}`;
  const connection = await Connection.connect({ address });
  await setUpNamespace(connection, { namespace, retentionDays: 1 });
  const native = await NativeConnection.connect({ address });
  const app = defineApp({
    name: "incidents",
    workflows: [payment, timedPayment, patientPayment, branches, rounds],
    activities: [provider],
  });
  const world = new IncidentWorld();
  const worker = await createWorker({
    app,
    workflows: new URL("../workflow/fixtures/incident-workflows.ts", import.meta.url),
    activities: [world.activities()],
    connection: native,
    namespace,
  });
  const running = worker.run();
  try {
    const client = await createClient(app, { connection, namespace, identity: "ada" });
    const raw = new Client({ connection, namespace });
    for (const name of names) {
      const { type = "payment", input = {}, then } = incidentPaths[name] ?? {};
      const workflowId = name;
      await client.start(type, input, { workflowId });
      const parked = async (count = 1) => {
        const isParked = async () => (await client.describe(workflowId)).incidents.length === count;
        await eventually(`${count} incidents of ${name} are open`, isParked);
      };
      await then?.({ client, world, workflowId, parked });
      const run = raw.workflow.getHandle(workflowId);
      await run.result().catch(() => undefined);
      await folder.write(name, historyFixture({ namespace, workflowId, history: await run.fetchHistory() }));
    }
  } finally {
    worker.shutdown();
    await running;
    await native.close();
    await connection.close();
  }
}

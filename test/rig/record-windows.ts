// Run by `npm run histories`: plays what becomes of windows of events, for test/events/histories.
import { randomUUID } from "node:crypto";
import { Client, Connection } from "@temporalio/client";
import { NativeConnection } from "@temporalio/worker";
import { createClient, deliver, type TenutoClient } from "tenuto/client";
import { historyFixture } from "tenuto/testing";
import { createWorker } from "tenuto/worker";
import { setUpNamespace } from "../../src/sdk/client/set-up-namespace.ts";
import { systemTaskQueue } from "../../src/sdk/core/dead-letter.ts";
import { eventWindowWorkflow, windowIdOf } from "../../src/sdk/core/window-record.ts";
import { defaultMemory } from "../../src/sdk/core/window-state.ts";
import { editsApp, editSource } from "../events/fixtures/edits-app.ts";
import { buildingActivities } from "../events/fixtures/edits-worker.ts";
import { eventually } from "./eventually.ts";
import type { HistoryFolder } from "./history-folder.ts";

interface Scene {
  readonly client: TenutoClient;
  readonly window: string;
  readonly send: (...numbers: readonly number[]) => Promise<void>;
}

interface Path {
  readonly type: string;
  readonly then: (scene: Scene) => Promise<unknown>;
}

const counted = ({ client, window }: Scene, count: "started" | "refused", most: number) =>
  eventually(`${count} ${most}`, async () => {
    // One that has no event yet tells nothing.
    const record = await client.eventWindow(window).catch(() => undefined);
    return record && record.counts[count] >= most;
  });
const isFree = ({ client, window }: Scene) =>
  eventually("no run is under way", async () => (await client.eventWindow(window)).run === undefined);

/** What comes to a window, by the name of its file. The last run of each is kept. */
export const windowPaths: Readonly<Record<string, Path>> = {
  "window-debounced": {
    type: "edit.quiet",
    then: async (scene) => {
      await scene.send(1, 2, 2);
      await counted(scene, "started", 1);
      await scene.send(3);
      await counted(scene, "started", 2);
    },
  },
  "window-continued": {
    type: "edit.batch",
    then: async (scene) => {
      for (let n = 1; n <= 20; n += 1) await scene.send(n);
      await counted(scene, "started", 4);
    },
  },
  "window-singleton": {
    type: "edit.one",
    then: async (scene) => {
      await scene.send(1, 2, 3);
      for (const most of [1, 2]) {
        await counted(scene, "started", most);
        const { run } = await scene.client.eventWindow(scene.window);
        await scene.client.signal(run?.workflowId ?? "", "go", { on: "end" });
      }
      await isFree(scene);
    },
  },
  "window-latest": {
    type: "edit.latest",
    then: async (scene) => {
      await scene.send(1);
      await counted(scene, "started", 1);
      await scene.send(2, 3);
      await counted(scene, "started", 2);
      const { run } = await scene.client.eventWindow(scene.window);
      await scene.client.signal(run?.workflowId ?? "", "go", { on: "end" });
      await isFree(scene);
    },
  },
  "window-refused": {
    type: "edit.strict",
    then: async (scene) => {
      await scene.send(-1, 2);
      await counted(scene, "refused", 2);
    },
  },
};

/** Plays the paths of these names, and writes what the server has recorded of their windows. */
export async function recordWindows(
  address: string,
  names: readonly string[],
  histories: HistoryFolder,
): Promise<void> {
  const namespace = `windows-${randomUUID()}`;
  const connection = await Connection.connect({ address });
  await setUpNamespace(connection, { namespace, retentionDays: 1 });
  const native = await NativeConnection.connect({ address });
  const app = editsApp("edits");
  const workflows = new URL("../events/fixtures/edits-workflows.ts", import.meta.url);
  const activities = [buildingActivities()];
  const worker = await createWorker({
    app,
    workflows,
    activities,
    connection: native,
    namespace,
    reconcileEvery: "never",
  });
  const running = worker.run();
  const client = await createClient(app, { connection, namespace });
  const { workflow } = new Client({ connection, namespace });
  for (const name of names) {
    const { type, then } = windowPaths[name] as Path;
    const subject = { app: app.name, source: "edits", type, key: name };
    const window = windowIdOf(subject);
    const send = async (...numbers: readonly number[]) => {
      for (const n of numbers) await deliver(client, editSource(), { id: `${n}`, type, data: { of: name, n } });
    };
    const limits = { ...defaultMemory, eventsPerRun: name === "window-continued" ? 40 : 1_500 };
    const args = [subject, undefined, limits];
    await workflow.start(eventWindowWorkflow, { workflowId: window, taskQueue: systemTaskQueue, args });
    await then({ client, window, send });
    const history = await workflow.getHandle(window).fetchHistory();
    await histories.write(name, historyFixture({ namespace, workflowId: window, history }));
  }
  worker.shutdown();
  await running;
  await native.close();
  await connection.close();
}

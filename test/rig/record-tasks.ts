// Run by `npm run histories`: plays what people and time do to human tasks, for test/workflow/histories/tasks.
import { randomUUID } from "node:crypto";
import { Client, Connection } from "@temporalio/client";
import { NativeConnection } from "@temporalio/worker";
import { defineHumanTask } from "tenuto";
import { createClient, type Task, type TaskRequest, type TenutoClient } from "tenuto/client";
import { historyFixture } from "tenuto/testing";
import { createWorker } from "tenuto/worker";
import { setUpNamespace } from "../../src/sdk/client/set-up-namespace.ts";
import { approver, askingApp, askingWorkflows, bank } from "../tasks/fixtures/asking-rig.ts";
import { approveInTime, approveOrFail, approveSpend, approveTogether } from "../tasks/fixtures/tasks.contract.ts";
import { eventually } from "./eventually.ts";
import type { HistoryFolder } from "./history-folder.ts";

/** What a path of a task works with. */
interface Scene {
  readonly client: TenutoClient;
  readonly workflowId: string;
  /** The open tasks of the run, once there are so many. */
  readonly opened: (count?: number) => Promise<readonly Task[]>;
  readonly act: (task: Task | undefined, request: TaskRequest) => Promise<unknown>;
}

interface Path {
  readonly type?: "ask" | "spend" | "askEither" | "askTwice" | "askAndLeave";
  readonly input?: object;
  /** What people do to the run's tasks. */
  readonly then?: (scene: Scene) => Promise<unknown>;
  /** Which of the runs is kept. @default the last */
  readonly keeps?: "first";
}

const yes = (name: string): TaskRequest => ({ action: "complete", answer: { note: "yes" }, by: approver(name) });
const no = (name: string): TaskRequest => ({ action: "reject", text: "too dear", by: approver(name) });

/** What people do about tasks, by the name of its file. */
export const taskPaths: Readonly<Record<string, Path>> = {
  "claimed-and-answered": {
    then: async ({ opened, act }) => {
      const [task] = await opened();
      await act(task, { action: "claim", by: approver("grace") });
      await act(task, { action: "comment", text: "asked the board", by: approver("grace") });
      await act(task, yes("grace"));
    },
  },
  "task-rejected": { type: "spend", then: async ({ opened, act }) => act((await opened())[0], no("grace")) },
  "canceled-while-asked": {
    type: "spend",
    then: async ({ client, workflowId, opened }) => {
      await opened();
      await client.cancel(workflowId, { reason: "not needed any more" });
    },
  },
  quorum: {
    input: { task: "approveTogether" },
    then: async ({ opened, act }) => {
      const [task] = await opened();
      for (const request of [no("carol"), yes("grace"), yes("bo")]) await act(task, request);
    },
  },
  "quorum-lost": {
    input: { task: "approveTogether" },
    then: async ({ opened, act }) => {
      const [task] = await opened();
      for (const request of [yes("grace"), no("carol"), no("bo")]) await act(task, request);
    },
  },
  "first-answer": {
    type: "askEither",
    then: async ({ opened, act }) =>
      act(
        (await opened(2)).find(({ type }) => type === "approveOrFail"),
        yes("ada"),
      ),
  },
  "many-at-once": {
    input: { count: 25 },
    then: async ({ opened, act }) => {
      for (const task of await opened(25)) await act(task, yes("grace"));
    },
  },
  "continued-with-ended": {
    type: "askTwice",
    then: async ({ opened, act }) => {
      const [first] = await opened();
      await act(first, yes("grace"));
      const [second] = await eventually("the second is open", async () => {
        const open = await opened();
        return open[0]?.taskId !== first?.taskId && open;
      });
      await act(second, yes("grace"));
    },
  },
  "continued-with-open": {
    type: "askAndLeave",
    keeps: "first",
    then: async ({ opened, act }) =>
      act(
        (await opened(2)).find(({ type }) => type === "approveSpend"),
        yes("grace"),
      ),
  },
  "escalated-and-reassigned": {
    input: { task: "approveInTime" },
    then: async ({ opened, act }) => {
      const [task] = await opened();
      await act(task, { action: "escalate", text: "nobody is in", by: approver("grace") });
      const to = { roles: ["lead"], assignees: ["carol"] };
      await act(task, { action: "reassign", text: "hers", to, by: approver("grace") });
      await act(task, yes("carol"));
    },
  },
  "answered-by-time": { input: { task: "approveInTime", cents: 1 } },
  "timed-out": { input: { task: "approveOrFail" } },
};

/** The tasks of the fixtures, and time does its part within seconds. */
function soon() {
  const { question, answer } = approveInTime;
  const shared = { question, answer, title: "Decide in time", roles: ["approver"], channels: ["log"] };
  const times = { reminders: ["2s"], due: "3s", escalation: { after: "4s", roles: ["lead"] }, timeout: "5s" } as const;
  return [
    approveSpend,
    approveTogether,
    defineHumanTask("approveInTime", { ...shared, ...times, onTimeout: { answer: { note: "by default" } } }),
    { ...approveOrFail, timeout: "1s" as const },
  ];
}

/** Plays those paths on a server, and writes what it recorded. */
export async function recordTasks(address: string, names: readonly string[], folder: HistoryFolder): Promise<void> {
  const namespace = `tasks-${randomUUID()}`;
  const connection = await Connection.connect({ address });
  await setUpNamespace(connection, { namespace, retentionDays: 1 });
  const native = await NativeConnection.connect({ address });
  const app = askingApp({ name: "asking", tasks: soon() });
  const worker = await createWorker({
    app,
    workflows: askingWorkflows,
    activities: [bank(new Map())],
    connection: native,
    namespace,
  });
  const running = worker.run();
  try {
    const client = await createClient(app, { connection, namespace, identity: "ada" });
    const raw = new Client({ connection, namespace });
    for (const workflowId of names) {
      const { type = "ask", input = {}, then, keeps } = taskPaths[workflowId] ?? {};
      const { runId } = await client.start(type, input, { workflowId });
      const opened = (count = 1) =>
        eventually(`${count} tasks of ${workflowId} are open`, async () => {
          const { tasks } = await client.describe(workflowId);
          return tasks.length === count && tasks;
        });
      const act = (task: Task | undefined, request: TaskRequest) => client.actOnTask(task?.taskId ?? "", request);
      await then?.({ client, workflowId, opened, act });
      await raw.workflow
        .getHandle(workflowId)
        .result()
        .catch(() => undefined);
      const kept = raw.workflow.getHandle(workflowId, keeps === "first" ? runId : undefined);
      await folder.write(workflowId, historyFixture({ namespace, workflowId, history: await kept.fetchHistory() }));
    }
  } finally {
    worker.shutdown();
    await running;
    await native.close();
    await connection.close();
  }
}

import type { PriorityBacklog, QueueLimits, TaskQueueState } from "tenuto/client";
import type { Cli } from "./cli.ts";
import type { Column } from "./table.ts";

type QueueState = Omit<TaskQueueState, "pollers"> & { readonly pollers: number };

interface Queue {
  readonly name: string;
  readonly workflow: QueueState;
  readonly activity: QueueState;
}

interface Row extends QueueState {
  readonly name: string;
  readonly kind: string;
}

/** Lists the task queues, a line for each kind of task. */
export async function listQueues({ api, output, isJson }: Cli): Promise<undefined> {
  const queues = await api.get<{ readonly items: readonly Queue[] }>("/v1/task-queues");
  if (isJson) {
    output.json(queues);
    return;
  }
  const rows = queues.items.flatMap(({ name, workflow, activity }) => [
    { name, kind: "workflow", ...workflow },
    { name, kind: "activity", ...activity },
  ]);
  output.table(rows, columns);
}

const columns: readonly Column<Row>[] = [
  { title: "QUEUE", value: ({ name }) => name },
  { title: "KIND", value: ({ kind }) => kind },
  { title: "WAITING", value: ({ backlog }) => backlog },
  { title: "OLDEST", value: ({ backlog, backlogAgeMs }) => (backlog === 0 ? undefined : seconds(backlogAgeMs)) },
  { title: "POLLERS", value: ({ pollers }) => pollers },
  { title: "IN/S", value: ({ addedPerSecond }) => addedPerSecond, leaveOut: 2 },
  { title: "OUT/S", value: ({ dispatchedPerSecond }) => dispatchedPerSecond, leaveOut: 2 },
  { title: "LIMIT/S", value: ({ limits }) => limitOf(limits), leaveOut: 1 },
  { title: "BY PRIORITY", value: ({ byPriority }) => waitingBy(byPriority), leaveOut: 3 },
];

function limitOf({ perSecond, perKeyPerSecond }: QueueLimits = {}): string | undefined {
  const parts = [
    ...(perSecond === undefined ? [] : [String(perSecond)]),
    ...(perKeyPerSecond === undefined ? [] : [`${perKeyPerSecond} a key`]),
  ];
  return parts.join(", ") || undefined;
}

/** Those under which something waits, as in `1:20 5:480`. */
function waitingBy(byPriority: readonly PriorityBacklog[] = []): string | undefined {
  const waiting = byPriority.filter(({ backlog }) => backlog > 0);
  return waiting.map(({ priority, backlog }) => `${priority}:${backlog}`).join(" ") || undefined;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

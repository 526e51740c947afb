// What the server, or the plan that it is on, can do: as it says itself, or by a call that changes nothing, whose refusal tells.
import { isGrpcServiceError, type ConnectionLike } from "@temporalio/client";
import proto from "@temporalio/proto";
import { systemTaskQueue } from "../core/dead-letter.ts";
import { grpc, hasGrpcCode } from "./grpc-errors.ts";

const { TaskQueueType } = proto.temporal.api.enums.v1;

/** Something that Tenuto uses of a server. */
export interface Capability {
  readonly name: string;
  readonly has: boolean;
  /** Whether Tenuto can't work without it. */
  readonly isNeeded: boolean;
  /** What does not work without it. */
  readonly without: string;
}

type Service = ConnectionLike["workflowService"];

interface Place {
  readonly service: Service;
  readonly namespace: string;
  /** What the namespace is described as, asked for once. */
  readonly told: () => ReturnType<Service["describeNamespace"]>;
  /** What a task queue is described as, asked for once. */
  readonly queue: () => ReturnType<Service["describeTaskQueue"]>;
}

type Probe = (place: Place) => Promise<boolean>;

/** Each says whether the server has it; what it has to throw for is thrown. */
const probes: Readonly<Record<string, Omit<Capability, "name" | "has"> & { readonly probe: Probe }>> = {
  updates: {
    isNeeded: true,
    without: "updates of runs, operators' decisions, human tasks and state machines do not work",
    probe: async ({ told }) => (await told()).namespaceInfo?.capabilities?.syncUpdate ?? false,
  },
  "update-with-start": {
    isNeeded: false,
    without: "a start can't come with an update",
    probe: ({ service, namespace }) => isKnown(service.executeMultiOperation({ namespace, operations: [] })),
  },
  visibility: {
    isNeeded: true,
    without: "lists, counts, dead letters and the reconciler do not work",
    probe: ({ service, namespace }) => isKnown(service.countWorkflowExecutions({ namespace, query: "" })),
  },
  schedules: {
    isNeeded: false,
    without: "schedules do not work",
    probe: ({ service, namespace }) => isKnown(service.listSchedules({ namespace, maximumPageSize: 1 })),
  },
  "task queue statistics": {
    isNeeded: false,
    without: "backlogs and their age are not known",
    probe: async ({ queue }) => Boolean((await queue()).stats),
  },
  "statistics by priority": {
    isNeeded: false,
    without: "backlogs are not told by priority, and the server may not order by it",
    probe: async ({ queue }) => Object.keys((await queue()).statsByPriorityKey ?? {}).length > 0,
  },
  "task queue rates": {
    isNeeded: false,
    without: "rates of a queue and of fairness keys can't be set",
    // Refused for its name before anything is looked up.
    probe: ({ service, namespace }) => isKnown(service.updateTaskQueueConfig({ namespace, taskQueue: "" })),
  },
  "poller autoscaling": {
    isNeeded: false,
    without: "workers keep the number of their polls",
    probe: async ({ told }) => (await told()).namespaceInfo?.capabilities?.pollerAutoscaling ?? false,
  },
  "worker heartbeats": {
    isNeeded: false,
    without: "the slots of workers are not known to the server",
    probe: async ({ told }) => (await told()).namespaceInfo?.capabilities?.workerHeartbeats ?? false,
  },
  "eager start": {
    isNeeded: false,
    without: "the first task of a run is always polled for",
    probe: async ({ told }) => (await told()).namespaceInfo?.capabilities?.eagerWorkflowStart ?? false,
  },
};

/** @throws what the server answers when it can't be asked at all. */
export async function findCapabilities(
  connection: Pick<ConnectionLike, "workflowService" | "withDeadline">,
  namespace: string,
): Promise<readonly Capability[]> {
  const service = connection.workflowService;
  const place: Place = {
    ...{ service, namespace },
    told: once(() => service.describeNamespace({ namespace })),
    queue: once(() => anyQueue(service, namespace)),
  };
  return connection.withDeadline(Date.now() + 3_000, () =>
    Promise.all(
      Object.entries(probes).map(async ([name, { probe, ...told }]) => ({
        name,
        has: await answerOf(probe, place),
        ...told,
      })),
    ),
  );
}

/** The names of what is missing. */
function lackedOf(capabilities: readonly Capability[]): readonly string[] {
  return capabilities.filter(({ has }) => !has).map(({ name }) => name);
}

/** Asks for them once in a while, beside what else goes on. */
export class KnownCapabilities {
  readonly #find: () => Promise<readonly Capability[]>;
  #lacked: readonly string[] | undefined;
  #askAt = 0;

  constructor(find: () => Promise<readonly Capability[]>) {
    this.#find = find;
  }

  /** What was found to be missing last; `undefined` until the server was asked. */
  lacked(): readonly string[] | undefined {
    if (Date.now() >= this.#askAt) {
      this.#askAt = Date.now() + (this.#lacked ? 60_000 : 2_000);
      void this.#find().then(
        (found) => (this.#lacked = lackedOf(found)),
        () => undefined,
      );
    }
    return this.#lacked;
  }
}

function once<Value>(ask: () => Value): () => Value {
  let answer: Value | undefined;
  return () => (answer ??= ask());
}

function anyQueue(service: Service, namespace: string) {
  return service.describeTaskQueue({
    namespace,
    taskQueue: { name: systemTaskQueue },
    taskQueueType: TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    reportStats: true,
  });
}

async function answerOf(probe: Probe, place: Place): Promise<boolean> {
  try {
    return await probe(place);
  } catch (error) {
    if (isGrpcServiceError(error) && lacks.has(error.code)) return false;
    throw error;
  }
}

const permissionDenied = 7;
const lacks: ReadonlySet<number> = new Set([grpc.unimplemented, permissionDenied]);

/** Whether the server knows a call: it answers, or finds fault with what was sent. */
async function isKnown(call: Promise<unknown>): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (hasGrpcCode(error, grpc.invalidArgument)) return true;
    throw error;
  }
}

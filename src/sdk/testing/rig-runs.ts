import { Client, type Connection, type WorkflowClientInterceptor } from "@temporalio/client";
import type { temporal } from "@temporalio/proto";
import type { Encryption, TenutoClient } from "../client/index.ts";

/** A run of a rig with its history. */
export interface RigRun {
  readonly workflowId: string;
  readonly isOpen: boolean;
  readonly history: temporal.api.history.v1.IHistory;
}

/** Where the runs of a rig are. */
export interface RigPlace {
  readonly connection: Connection;
  readonly namespace: string;
  readonly encryption: Encryption | undefined;
}

/** Remembers every run that the clients of a rig start, because a time-skipping server can't list them. */
export class RigRuns {
  readonly #started = new Map<string, { readonly workflowId: string; readonly runId: string }>();

  add(workflowId: string, runId: string): void {
    this.#started.set(runId, { workflowId, runId });
  }

  /** Sees what Temporal's own client starts. */
  readonly interceptor: WorkflowClientInterceptor = {
    startWithDetails: async (input, next) => {
      const started = await next(input);
      this.add(input.options.workflowId, started.runId);
      return started;
    },
    signalWithStart: async (input, next) => {
      const runId = await next(input);
      this.add(input.options.workflowId, runId);
      return runId;
    },
  };

  /** The same client, seen when it starts a run. */
  watch(client: TenutoClient): TenutoClient {
    const start = async (workflow: never, input: never, options?: never) => {
      const run = await client.start(workflow, input, options);
      this.add(run.workflowId, run.runId);
      return run;
    };
    return { ...client, start };
  }

  /** The runs that were started, and those they continued as, were reset to or started as children. */
  async *read({ connection, namespace, encryption }: RigPlace): AsyncGenerator<RigRun> {
    const client = new Client({
      connection,
      namespace,
      ...(encryption && { dataConverter: encryption.dataConverter }),
    });
    const queue = [...this.#started.values()];
    const seen = new Set<string>();
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (seen.has(next.runId)) continue;
      seen.add(next.runId);
      const { workflowId, runId } = next;
      const handle = client.workflow.getHandle(workflowId, runId);
      const history = await handle.fetchHistory();
      const events = history.events ?? [];
      queue.push(...events.flatMap((event) => furtherRuns(workflowId, event)));
      const { raw } = await handle.describe();
      const resetRunId = raw.workflowExtendedInfo?.resetRunId;
      if (resetRunId) queue.push({ workflowId, runId: resetRunId });
      const isOpen = !events.some(isClosing);
      yield { workflowId, isOpen, history };
    }
  }
}

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

function furtherRuns(workflowId: string, event: HistoryEvent): { workflowId: string; runId: string }[] {
  const newRunId =
    event.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ??
    event.workflowExecutionFailedEventAttributes?.newExecutionRunId ??
    event.workflowExecutionCompletedEventAttributes?.newExecutionRunId;
  const child = event.childWorkflowExecutionStartedEventAttributes?.workflowExecution;
  return [
    ...(newRunId ? [{ workflowId, runId: newRunId }] : []),
    ...(child?.workflowId && child.runId ? [{ workflowId: child.workflowId, runId: child.runId }] : []),
  ];
}

function isClosing(event: HistoryEvent): boolean {
  return Boolean(
    event.workflowExecutionCompletedEventAttributes ??
    event.workflowExecutionFailedEventAttributes ??
    event.workflowExecutionCanceledEventAttributes ??
    event.workflowExecutionTerminatedEventAttributes ??
    event.workflowExecutionTimedOutEventAttributes ??
    event.workflowExecutionContinuedAsNewEventAttributes,
  );
}

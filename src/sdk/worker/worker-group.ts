// The workers of a process, one for each of its queues, as one: they run together, and end together.
import type { Worker } from "@temporalio/worker";
import type { AppQueue } from "../core/queue.ts";

/** Whether a worker asks for work, of each kind that comes to its queue. */
export function isWorkerPolling(worker: Worker, { hasWorkflows, hasActivities }: AppQueue): boolean {
  const { runState, workflowPollerState, activityPollerState } = worker.getStatus();
  const polls = (state: string, isWanted: boolean) => !isWanted || state === "POLLING";
  return (
    runState === "RUNNING" && polls(workflowPollerState, hasWorkflows) && polls(activityPollerState, hasActivities)
  );
}

/** Runs them until all have ended; when one ends by a failure, the others are shut down and the failure is thrown. */
export async function runWorkers(workers: readonly Worker[]): Promise<void> {
  const shutDown = () => {
    for (const worker of workers) if (worker.getState() === "RUNNING") worker.shutdown();
  };
  const running = workers.map((worker) =>
    worker.run().catch((error: unknown) => {
      shutDown();
      throw error;
    }),
  );
  const ends = await Promise.allSettled(running);
  const failed = ends.find((end) => end.status === "rejected");
  if (failed) throw failed.reason;
}

/** Ends workers that never ran: only one that runs can be shut down. */
export async function shutDownUnrun(workers: readonly Worker[]): Promise<void> {
  await Promise.all(
    workers.map(async (worker) => {
      const running = worker.run();
      worker.shutdown();
      await running;
    }),
  );
}

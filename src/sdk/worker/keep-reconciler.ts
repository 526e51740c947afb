import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "@temporalio/client";
import type { NativeConnection } from "@temporalio/worker";
import type { Encryption } from "../client/encryption.ts";
import { systemTaskQueue } from "../core/dead-letter.ts";
import { type Duration, parseDuration } from "../core/duration.ts";
import { reconcilerWorkflow, reconcilerWorkflowId, type ReconcilerState } from "../core/reconciler.ts";

/** How often the reconciler of a namespace looks for failures; `"never"` where nobody should. */
export type ReconcileEvery = Duration | "never";

interface Keeping {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly encryption: Encryption | undefined;
  readonly every: ReconcileEvery;
  readonly signal: AbortSignal;
}

/** One that somebody has ended is there again a minute later. */
const lookAgainMs = 60_000;
const tryAgainMs = 2_000;

/** Sees to it that the one reconciler of a namespace is there, until the signal fires. */
export async function keepReconciler({ connection, namespace, encryption, every, signal }: Keeping): Promise<void> {
  if (every === "never") return;
  const client = new Client({ connection, namespace, ...(encryption && { dataConverter: encryption.dataConverter }) });
  const state: ReconcilerState = { everyMs: parseDuration(every) };
  while (!signal.aborted) {
    const waitMs = await start(client, state).then(
      () => lookAgainMs,
      () => tryAgainMs,
    );
    await sleep(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

async function start(client: Client, state: ReconcilerState): Promise<void> {
  await client.workflow.start(reconcilerWorkflow, {
    workflowId: reconcilerWorkflowId,
    taskQueue: systemTaskQueue,
    args: [state],
    workflowIdConflictPolicy: "USE_EXISTING",
  });
}

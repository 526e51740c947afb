import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "@temporalio/client";
import type { NativeConnection } from "@temporalio/worker";
import type { Encryption } from "../client/encryption.ts";
import { systemTaskQueue } from "../core/dead-letter.ts";
import { type Duration, parseDuration } from "../core/duration.ts";
import { reconcilerWorkflow, reconcilerWorkflowId } from "../core/reconciler.ts";
import { rollupsWorkflow, rollupsWorkflowId } from "../core/rollup.ts";
import { watchWorkflow, watchWorkflowId } from "../core/watch.ts";

/** How often the reconciler of a namespace looks for failures; `"never"` where nobody should. */
export type ReconcileEvery = Duration | "never";

/** Those of which a namespace has one, for as long as it is there; each begins with how often it looks. */
const kept = {
  reconciler: { type: reconcilerWorkflow, workflowId: reconcilerWorkflowId },
  watch: { type: watchWorkflow, workflowId: watchWorkflowId },
  rollups: { type: rollupsWorkflow, workflowId: rollupsWorkflowId },
} as const;

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

/** Sees to it that one of Tenuto's own workflows is there, until the signal fires. */
export async function keepSystemWorkflow(
  which: keyof typeof kept,
  { connection, namespace, encryption, every, signal }: Keeping,
): Promise<void> {
  if (every === "never") return;
  const client = new Client({ connection, namespace, ...(encryption && { dataConverter: encryption.dataConverter }) });
  const everyMs = parseDuration(every);
  while (!signal.aborted) {
    const waitMs = await start(client, which, everyMs).then(
      () => lookAgainMs,
      () => tryAgainMs,
    );
    await sleep(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

async function start(client: Client, which: keyof typeof kept, everyMs: number): Promise<void> {
  const { type, workflowId } = kept[which];
  await client.workflow.start(type, {
    workflowId,
    taskQueue: systemTaskQueue,
    args: [{ everyMs }],
    workflowIdConflictPolicy: "USE_EXISTING",
  });
}

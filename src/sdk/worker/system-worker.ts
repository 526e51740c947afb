import { fileURLToPath } from "node:url";
import {
  bundleWorkflowCode,
  type NativeConnection,
  Worker,
  type WorkflowBundleWithSourceMap,
} from "@temporalio/worker";
import { systemTaskQueue } from "../core/dead-letter.ts";

const isSource = import.meta.url.endsWith(".ts");
let bundled: Promise<WorkflowBundleWithSourceMap> | undefined;

/** A worker of Tenuto's own workflows (dead letters), which have a task queue of their own. */
export async function systemWorker(connection: NativeConnection, namespace: string): Promise<Worker> {
  bundled ??= bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL(`../workflow/system/index.${isSource ? "ts" : "js"}`, import.meta.url)),
    logger: quiet,
  });
  return Worker.create({
    connection,
    namespace,
    taskQueue: systemTaskQueue,
    workflowBundle: await bundled,
    maxCachedWorkflows: 100,
  });
}

function ignore(): void {
  // The bundler reports sizes and timings that nobody asked for; its errors are thrown.
}

const quiet = { log: ignore, trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };

import { bundleWorkflows, type WorkflowBundle } from "../worker/index.ts";

const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";

/**
 * Bundles workflow code as the worker does, so that replays also tell the idempotency key of each step.
 *
 * @throws `WorkflowBuildFailed` when the code does not build.
 * @example
 * const bundle = await bundleForTests(new URL("../src/workflows/index.ts", import.meta.url));
 */
export function bundleForTests(workflows: URL | string): Promise<WorkflowBundle> {
  return bundleWorkflows(workflows, { interceptors: [new URL(`./step-keys.${extension}`, import.meta.url)] });
}

// Tells who counts runs how long those of an app's types may take, when a worker of it starts.
import { signalSystemWorkflow } from "../client/signal-system-workflow.ts";
import type { Temporal } from "../client/temporal.ts";
import type { App } from "../core/define-app.ts";
import { type Duration, parseDuration } from "../core/duration.ts";
import { rollupsWorkflow, rollupsWorkflowId, targetsSignal, type TypeTargets } from "../core/rollup.ts";
import { untilTold } from "./until-told.ts";

interface Deploying {
  readonly every: Duration;
  readonly signal: AbortSignal;
}

/** Tells it once; a server that is away is waited for, until the signal fires. */
export async function deployTargets(
  temporal: Temporal,
  workflows: App["workflows"],
  { every, signal }: Deploying,
): Promise<void> {
  const targets: TypeTargets = Object.fromEntries(
    workflows.map(({ name, sla }) => [name, sla === undefined ? {} : { slaMs: parseDuration(sla) }]),
  );
  const told = {
    workflowId: rollupsWorkflowId,
    type: rollupsWorkflow,
    signal: targetsSignal,
    value: targets,
    input: { everyMs: parseDuration(every) },
    memo: {},
    marks: [],
  };
  await untilTold(() => signalSystemWorkflow(temporal, told), signal);
}

import { randomUUID } from "node:crypto";
import proto, { type temporal as api } from "@temporalio/proto";
import { systemTaskQueue } from "../core/dead-letter.ts";
import { RunClosed } from "../core/errors/run-closed.ts";
import { RunNotFound } from "../core/errors/run-not-found.ts";
import { askSystemWorkflow } from "./ask-system-workflow.ts";
import { encode, encodeWithinLimit } from "./payloads.ts";
import type { Temporal } from "./temporal.ts";
import { updateRequest } from "./update-request.ts";

const { WorkflowIdConflictPolicy, WorkflowIdReusePolicy } = proto.temporal.api.enums.v1;

/** An update of one of Tenuto's own workflows of which a namespace, or an app, has one. */
interface SystemUpdate {
  readonly workflowId: string;
  readonly type: string;
  /** What the workflow is to who asks, such as "the alert rules". */
  readonly what: string;
  readonly name: string;
  readonly input: unknown;
  /** What the input is to who gives it, such as "The alert rule". */
  readonly inputIs: string;
  /** What it begins with where it is not there. @default nothing */
  readonly begin?: () => Promise<Beginning>;
}

/** What such a workflow begins with. */
interface Beginning {
  readonly input: unknown;
  /** So that it can be read before a worker has taken it up. */
  readonly memo: Readonly<Record<string, unknown>>;
}

/** Sends the update, and begins the workflow where it is not there, or somebody has ended it; answers with its outcome. */
export async function updateSystemWorkflow(
  temporal: Temporal,
  { name, input, inputIs, begin, ...workflow }: SystemUpdate,
): Promise<api.api.update.v1.IOutcome | undefined> {
  const { workflowId, type } = workflow;
  const run = { workflowId };
  const request = updateRequest(temporal, { run, name, payload: encodeWithinLimit(input, inputIs) });
  const { outcome } = await askSystemWorkflow(temporal, workflow, (deadline) => {
    const send = () => temporal.call((service) => service.updateWorkflowExecution(request), { run, deadline });
    return send().catch(async (error: unknown) => {
      if (!(error instanceof RunNotFound) && !(error instanceof RunClosed)) throw error;
      await start(temporal, { workflowId, type, beginning: await begin?.() });
      return send();
    });
  });
  return outcome ?? undefined;
}

interface Started {
  readonly workflowId: string;
  readonly type: string;
  readonly beginning: Beginning | undefined;
}

async function start(temporal: Temporal, { workflowId, type, beginning }: Started): Promise<void> {
  const { namespace, identity } = temporal;
  const memo = Object.entries(beginning?.memo ?? {}).map(([name, value]) => [name, encode(value)] as const);
  const request = {
    namespace,
    identity,
    requestId: randomUUID(),
    workflowId,
    workflowType: { name: type },
    taskQueue: { name: systemTaskQueue },
    ...(beginning && { input: { payloads: [encode(beginning.input)] }, memo: { fields: Object.fromEntries(memo) } }),
    workflowIdReusePolicy: WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE,
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING,
  };
  await temporal.call((service) => service.startWorkflowExecution(request));
}

import proto from "@temporalio/proto";
import { alertDeliveryWorkflow } from "../core/alert.ts";
import type { AlertDelivery } from "../core/alert-delivery.ts";
import { systemTaskQueue } from "../core/dead-letter.ts";
import { tenantMemo } from "../core/tenant.ts";
import { grpc, hasGrpcCode } from "./grpc-errors.ts";
import { idOfTenant } from "./id-of-tenant.ts";
import { encode } from "./payloads.ts";
import type { Temporal } from "./temporal.ts";

const { WorkflowIdReusePolicy } = proto.temporal.api.enums.v1;

/** A message to a channel, and by which ids it and the one before it are known. */
interface StartedDelivery extends AlertDelivery {
  /** Unique for the message and the channel. */
  readonly suffix: string;
  readonly tenant: string | undefined;
}

/** Begins to bring a message to a channel; one that was begun before is not begun again. */
export async function startDelivery(temporal: Temporal, { suffix, tenant, ...rest }: StartedDelivery): Promise<void> {
  const { namespace, identity } = temporal;
  const idOf = (own: string) => idOfTenant(temporal, tenant, `tenuto-${own}`);
  const { after, ...sent } = rest;
  const delivery: AlertDelivery = { ...sent, ...(after !== undefined && { after: idOf(after) }) };
  const request = {
    namespace,
    identity,
    requestId: suffix,
    workflowId: idOf(suffix),
    workflowType: { name: alertDeliveryWorkflow },
    taskQueue: { name: systemTaskQueue },
    workflowIdReusePolicy: WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE,
    input: { payloads: [encode(delivery)] },
    ...(tenant !== undefined && { memo: { fields: { [tenantMemo]: encode(tenant) } } }),
  };
  const isThere = (error: unknown) => hasGrpcCode(error, grpc.alreadyExists);
  try {
    await temporal.call((service) => service.startWorkflowExecution(request), { keep: isThere });
  } catch (error) {
    if (!isThere(error)) throw error;
  }
}

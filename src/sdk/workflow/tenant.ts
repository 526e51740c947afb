import { workflowInfo } from "@temporalio/workflow";
import { isTenantName, tenantMemo, tenantPrefix } from "../core/tenant.ts";

/** Whose run this is; continue-as-new and resets keep it. */
export function tenantOfRun(): string | undefined {
  const tenant = workflowInfo().memo?.[tenantMemo];
  return typeof tenant === "string" && isTenantName(tenant) ? tenant : undefined;
}

/** The workflow id of this run as its tenant knows it. */
export function localWorkflowId(): string {
  const { workflowId } = workflowInfo();
  const tenant = tenantOfRun();
  if (tenant === undefined) return workflowId;
  const prefix = tenantPrefix(tenant);
  return workflowId.startsWith(prefix) ? workflowId.slice(prefix.length) : workflowId;
}

/** What makes a child one of this run's tenant. */
export function inherited(workflowId: string): {
  readonly workflowId: string;
  readonly memo?: Record<string, unknown>;
} {
  const tenant = tenantOfRun();
  if (tenant === undefined) return { workflowId };
  return { workflowId: tenantPrefix(tenant) + workflowId, memo: { [tenantMemo]: tenant } };
}

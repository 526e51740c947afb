import { tenantPrefix } from "../core/tenant.ts";
import type { Temporal } from "./temporal.ts";

/** A workflow id of a tenant's, for who sees the server's ids; a tenant's client has the prefix anyway. */
export function idOfTenant({ idPrefix }: Temporal, tenant: string | undefined, workflowId: string): string {
  return (tenant === undefined ? "" : tenantPrefix(tenant).slice(idPrefix.length)) + workflowId;
}

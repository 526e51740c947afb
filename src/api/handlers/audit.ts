import type { z } from "zod";
import type { Context, Reply } from "../context.ts";
import { RequestRefused } from "../request-refused.ts";
import type { AuditQuery } from "../schemas.ts";

interface AuditRequest {
  readonly query: z.output<typeof AuditQuery>;
}

export async function audit({ query }: AuditRequest, { client, principal }: Context): Promise<Reply> {
  const { tenant, ...options } = query;
  const own = principal.tenant;
  if (own !== undefined && tenant !== undefined && tenant !== own) {
    throw new RequestRefused("FORBIDDEN", {
      detail: `"${principal.name}" may read the audit of its own tenant only. Leave \`tenant\` out.`,
    });
  }
  // The client of somebody with a tenant is that tenant's already.
  const audited = own === undefined && tenant !== undefined ? client.forTenant(tenant) : client;
  const { items, nextCursor = null } = await audited.audit(options);
  return { status: 200, body: { items, nextCursor } };
}

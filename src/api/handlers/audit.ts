import type { z } from "zod";
import type { Context, Reply } from "../context.ts";
import type { AuditQuery } from "../schemas.ts";
import { clientOfTenant } from "./client-of-tenant.ts";

interface AuditRequest {
  readonly query: z.output<typeof AuditQuery>;
}

export async function audit({ query }: AuditRequest, context: Context): Promise<Reply> {
  const { tenant, ...options } = query;
  const audited = clientOfTenant(context, { tenant, what: "read the audit" });
  const { items, nextCursor = null } = await audited.audit(options);
  return { status: 200, body: { items, nextCursor } };
}

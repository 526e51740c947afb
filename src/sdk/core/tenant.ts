/** The memo field by which a run knows its tenant, and its children too. */
export const tenantMemo = "tenutoTenant";

/** What the workflow ids of the audit begin with: no run of a tenant may, so that nobody reads or ends them as a run. */
export const auditIdPrefix = "audit:";

/** Whether a text can be a tenant's name: 1 to 40 lower-case letters, digits and hyphens, and not `audit`. */
export function isTenantName(text: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,39}$/.test(text) && tenantPrefix(text) !== auditIdPrefix;
}

/** What the workflow ids of a tenant begin with; no other tenant's do, as no name holds a colon. */
export function tenantPrefix(tenant: string): string {
  return `${tenant}:`;
}

/** The memo field by which a run knows its tenant, and its children too. */
export const tenantMemo = "tenutoTenant";

/** Whether a text can be a tenant's name: 1 to 40 lower-case letters, digits and hyphens. */
export function isTenantName(text: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,39}$/.test(text);
}

/** What the workflow ids of a tenant begin with; no other tenant's do, as no name holds a colon. */
export function tenantPrefix(tenant: string): string {
  return `${tenant}:`;
}

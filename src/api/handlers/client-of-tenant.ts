import type { TenutoClient } from "tenuto/client";
import type { Context } from "../context.ts";
import { RequestRefused } from "../request-refused.ts";

/**
 * The client of the tenant that is asked for; without one, the caller's own.
 *
 * @throws `RequestRefused` when it is another tenant's than the caller's; `what` it wanted, such as "read the audit"
 */
export function clientOfTenant(
  { client, principal }: Pick<Context, "client" | "principal">,
  { tenant, what }: { readonly tenant?: string | undefined; readonly what: string },
): TenutoClient {
  const own = principal.tenant;
  if (own !== undefined && tenant !== undefined && tenant !== own) {
    throw new RequestRefused("FORBIDDEN", {
      detail: `"${principal.name}" may ${what} of its own tenant only. Leave \`tenant\` out.`,
    });
  }
  // The client of somebody with a tenant is that tenant's already.
  return own === undefined && tenant !== undefined ? client.forTenant(tenant) : client;
}

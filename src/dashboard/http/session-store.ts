import type { Problem } from "./problem.ts";
import { createStore } from "./store.ts";

/** What somebody may do; each may do what those before it may. */
export type Role = "viewer" | "operator" | "admin";

/** Who uses the page. */
export interface Principal {
  readonly name: string;
  readonly role: Role;
  readonly taskRoles: readonly string[] | "every";
  readonly tenant?: string;
}

export type Session =
  | { readonly status: "asking" }
  | { readonly status: "signedIn"; readonly principal: Principal; readonly csrfToken: string | null }
  | { readonly status: "signedOut" }
  | { readonly status: "unknown"; readonly problem: Problem };

export const session = createStore<Session>({ status: "asking" });

const roles: readonly Role[] = ["viewer", "operator", "admin"];

/** Whether who uses the page may do what needs a role; the API decides. */
export function isAllowed(required: Role): boolean {
  const current = session.get();
  return current.status === "signedIn" && roles.indexOf(current.principal.role) >= roles.indexOf(required);
}

import type { Role } from "../route.ts";

/** What a principal can be; each may do what those before it may. */
export type PrincipalRole = Exclude<Role, "public">;

export const principalRoles = ["viewer", "operator", "admin"] as const satisfies readonly PrincipalRole[];

/** Who asks; what they do to a run is in its history under this name. */
export interface Principal {
  readonly name: string;
  readonly role: PrincipalRole;
  /** The roles by which human tasks are offered. */
  readonly taskRoles: readonly string[] | "every";
  /** Whose runs they see and start; without one, everybody's. Lower-case letters, digits and hyphens. */
  readonly tenant?: string | undefined;
}

/** Everybody on this machine, while there are no credentials. */
export const developer: Principal = { name: "dev", role: "admin", taskRoles: "every" };

/** Tells one principal from another: two tenants may use the same name. */
export function principalKey({ name, tenant }: Principal): string {
  return JSON.stringify([tenant ?? null, name]);
}

/** Whether somebody may call a route. */
export function isAllowed({ role }: Principal, required: Role): boolean {
  return required === "public" || principalRoles.indexOf(role) >= principalRoles.indexOf(required);
}

export function isPrincipalRole(value: unknown): value is PrincipalRole {
  return principalRoles.some((role) => role === value);
}

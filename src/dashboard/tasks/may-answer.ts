import type { Task } from "tenuto/client";
import { session } from "../http/session-store.ts";

/** Whether who uses the page is among those whom a task asks; its run decides. */
export function mayAnswer({ roles, assignees }: Task): boolean {
  const current = session.get();
  if (current.status !== "signedIn") return false;
  const { name, taskRoles } = current.principal;
  if (roles.length === 0 && assignees.length === 0) return true;
  return assignees.includes(name) || taskRoles === "every" || roles.some((role) => taskRoles.includes(role));
}

/** Whom a task asks, in words. */
export function audienceOf({ roles, assignees }: Task): string {
  return [...roles.map((role) => `who has the task role ${role}`), ...assignees].join(", or ");
}

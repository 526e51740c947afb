import { createHash, randomUUID } from "node:crypto";
import canonicalize from "canonicalize";
import type { WorkflowContract } from "../core/define-workflow.ts";
import { auditIdPrefix } from "../core/tenant.ts";
import { InvalidInput } from "../core/errors/invalid-input.ts";

/** What the memo of a run holds, to tell a repeated start from another one. */
export interface StartFingerprint {
  readonly key: string | undefined;
  readonly payload: string;
}

/** PostgreSQL's tables hold no longer id. */
const maxIdLength = 255;

export interface IdSource {
  readonly workflowId?: string | undefined;
  readonly idempotencyKey?: string | undefined;
  /** How much of its length an id has to leave for a prefix. @default 0 */
  readonly prefixLength?: number | undefined;
}

/**
 * The workflow id of a start: the caller's, else the contract's, else from the idempotency key, else random.
 *
 * @throws {@link InvalidInput} when it can't be an id.
 */
export function workflowIdOf(
  contract: WorkflowContract,
  parsed: unknown,
  { workflowId, idempotencyKey, prefixLength = 0 }: IdSource,
): string {
  if (workflowId !== undefined) return usableId(workflowId, { pointer: "/workflowId", prefixLength });
  if (contract.workflowId) return usableId(contract.workflowId(parsed), { pointer: "/input", prefixLength });
  if (idempotencyKey === undefined) return randomUUID();
  return `${contract.name}-${sha256([contract.name, idempotencyKey]).slice(0, 32)}`;
}

/** Hashes, because memos are shown in the Temporal Web UI. */
export function fingerprintOf(type: string, parsed: unknown, idempotencyKey: string | undefined): StartFingerprint {
  return {
    key: idempotencyKey === undefined ? undefined : sha256(idempotencyKey),
    payload: sha256([type, parsed ?? null]),
  };
}

export function sha256(value: unknown): string {
  return createHash("sha256")
    .update(typeof value === "string" ? value : (canonicalize(value) ?? ""))
    .digest("hex");
}

/** Whether a text can be sent as an id at all: it reaches the server unchanged and a database can hold it. */
export function isSendable(id: string): boolean {
  return id !== "" && !/\p{Surrogate}|\0/u.test(id);
}

function usableId(
  id: string,
  { pointer, prefixLength }: { readonly pointer: string; readonly prefixLength: number },
): string {
  const maxLength = maxIdLength - prefixLength;
  // URLs can't hold "." and ".." as a part of their path, in no spelling.
  const isUsable = typeof id === "string" && isSendable(id) && id.length <= maxLength && id !== "." && id !== "..";
  // Behind a tenant's prefix it is an id as any other.
  const isTaken = isUsable && prefixLength === 0 && id.startsWith(auditIdPrefix);
  if (isUsable && !isTaken) return id;
  const message = isTaken
    ? `Workflow ids that begin with "${auditIdPrefix}" are those of the audit`
    : `A workflow id has 1 to ${maxLength} characters, none of them NUL, and isn't "." or ".."`;
  throw new InvalidInput("The workflow id", [{ pointer, message }]);
}

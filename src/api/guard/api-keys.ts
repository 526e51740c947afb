import { createHash, timingSafeEqual } from "node:crypto";
import { isTenantName } from "tenuto";
import { isPrincipalRole, type Principal, principalRoles } from "./principal.ts";

/** Keys that callers show; only their hashes are kept. */
export interface ApiKeys {
  /** Whose key this is. */
  find(secret: string): ApiKey | undefined;
  /** The principal of a session, as long as its key is configured. */
  ofFingerprint(fingerprint: string): Principal | undefined;
}

interface ApiKey {
  readonly principal: Principal;
  /** Tells the key without giving it away. */
  readonly fingerprint: string;
}

/** An entry of the API keys that can't be used. */
export class InvalidApiKeys extends Error {
  override readonly name = "InvalidApiKeys";
  readonly code = "INVALID_API_KEYS";
  /** From 1. */
  readonly entry: number;

  constructor(entry: number, problem: string) {
    super(
      `API key ${entry} can't be used: ${problem}. Write name:role[+taskRole…][@tenant]:secret, with a comma between keys.`,
    );
    this.entry = entry;
  }
}

/**
 * Reads `name:role[+taskRole…][@tenant]:secret`, comma-separated. A secret may hold colons.
 *
 * @throws {@link InvalidApiKeys}, without anything of the secret.
 */
export function parseApiKeys(text: string): ApiKeys {
  const keys = text
    .split(",")
    .map((entry, index) => ({ entry: entry.trim(), number: index + 1 }))
    .filter(({ entry }) => entry !== "")
    .map(({ entry, number }) => parseKey(entry, number));
  const hashes = new Map(keys.map(({ hash, ...key }) => [hash, { ...key, fingerprint: hash.toString("hex") }]));
  if (new Set([...hashes.values()].map(({ fingerprint }) => fingerprint)).size < keys.length) {
    throw new InvalidApiKeys(keys.length, "two keys have the same secret");
  }
  return {
    find(secret) {
      const presented = sha256(secret);
      let found: ApiKey | undefined;
      // All of them, so that the time tells nothing of where it was found.
      for (const [hash, key] of hashes) if (timingSafeEqual(hash, presented)) found = key;
      return found;
    },
    ofFingerprint: (fingerprint) => [...hashes.values()].find((key) => key.fingerprint === fingerprint)?.principal,
  };
}

function parseKey(entry: string, number: number): { readonly hash: Buffer; readonly principal: Principal } {
  const [name = "", grant = "", ...secret] = entry.split(":");
  if (!isName(name)) throw new InvalidApiKeys(number, "its name has other than letters, digits, dots, hyphens, _");
  const [roles = "", tenant, ...more] = grant.split("@");
  const [role = "", ...taskRoles] = roles.split("+");
  if (!isPrincipalRole(role)) throw new InvalidApiKeys(number, `its role is none of ${principalRoles.join(", ")}`);
  if (!taskRoles.every(isName)) throw new InvalidApiKeys(number, "a task role of it can't be one");
  if (more.length > 0 || (tenant !== undefined && !isTenantName(tenant))) {
    throw new InvalidApiKeys(number, 'its tenant has other than lower-case letters, digits and hyphens, or is "audit"');
  }
  const text = secret.join(":");
  if (!/^[\x21-\x7e]{1,512}$/.test(text)) throw new InvalidApiKeys(number, "its secret is empty or no visible ASCII");
  return { hash: sha256(text), principal: { name, role, taskRoles, ...(tenant !== undefined && { tenant }) } };
}

function isName(text: string): boolean {
  return /^[\w.-]{1,64}$/.test(text);
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

import { createSecretKey, type KeyObject } from "node:crypto";
import { InvalidWebhookSecret } from "../errors/invalid-webhook-secret.ts";

/** The variables of a process, or of a file of secrets. */
export type SecretVariables = Readonly<Record<string, string | undefined>>;

/** The bytes by which a secret signs, or what is wrong with it, without anything of it. */
export type BytesOfSecret = (secret: string) => Uint8Array | { readonly problem: string };

/**
 * The keys of the named variables. The first must be set; those of the others that are not are left out.
 *
 * @throws {@link InvalidWebhookSecret}
 */
export function secretKeys(
  names: readonly string[],
  variables: SecretVariables,
  { bytesOf }: { readonly bytesOf: BytesOfSecret },
): readonly KeyObject[] {
  return names.flatMap((name, index) => {
    const secret = variables[name] ?? "";
    if (secret === "" && index > 0) return [];
    if (secret === "") throw new InvalidWebhookSecret(name, "it is not set, or empty");
    if (secret.trim() !== secret) throw new InvalidWebhookSecret(name, "it begins or ends with white space");
    const bytes = bytesOf(secret);
    if ("problem" in bytes) throw new InvalidWebhookSecret(name, bytes.problem);
    return createSecretKey(bytes);
  });
}

/** Of schemes whose secret is a text. */
export const bytesOfText: BytesOfSecret = (secret) => Buffer.from(secret, "utf8");

import { assertSigned, digestOf } from "./digest.ts";
import { RequestNotSigned } from "./request-not-signed.ts";
import type { BytesOfSecret } from "./secret-keys.ts";
import { secretNames, type SecretsOption } from "./secret-names.ts";
import type { Passed, SignatureCheck, SignedRequest } from "./signature.ts";
import { signedHeader } from "./signed-header.ts";
import { recentSeconds, timestampPattern } from "./timestamp.ts";

/** How a sender signs that follows Standard Webhooks. */
export interface StandardWebhooksSignature {
  readonly scheme: "standard-webhooks";
  readonly secrets: readonly string[];
}

const names = { id: "webhook-id", timestamp: "webhook-timestamp", signature: "webhook-signature" };

/**
 * Requests signed as Standard Webhooks says: `webhook-id`, `webhook-timestamp` and `webhook-signature`, by `whsec_` secrets.
 * A signature by a public key (`v1a`) is not looked at.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme
 * @throws `InvalidDefinition`
 * @example
 * ```ts
 * const signature = standardWebhooks({ secrets: "TENUTO_WEBHOOK_SECRET_SHOP" });
 * ```
 */
export function standardWebhooks(options: SecretsOption): StandardWebhooksSignature {
  return { scheme: "standard-webhooks", secrets: secretNames(options, "standardWebhooks") };
}

/** `whsec_` and 24 bytes or more in base64, as the specification asks of a secret. */
export const bytesOfStandardWebhooksSecret: BytesOfSecret = (secret) => {
  const text = secret.replace(/^whsec_/, "");
  const bytes = Buffer.from(text, "base64");
  const isBase64 = bytes.toString("base64").replace(/=+$/, "") === text.replace(/=+$/, "");
  return isBase64 && bytes.length >= 24 ? bytes : { problem: "it is no whsec_ with 24 bytes or more in base64" };
};

export function checkStandardWebhooks(
  _signature: StandardWebhooksSignature,
  { headers, body }: SignedRequest,
  { keys, now }: SignatureCheck,
): Passed {
  // The specification wants no dot in the id: with one, another cut of the same bytes could be passed off as signed.
  const id = signedHeader(headers, names.id, /^[\x21-\x2b\x2d\x2f-\x7e]{1,256}$/);
  const sent = signedHeader(headers, names.timestamp, timestampPattern);
  const list = signedHeader(headers, names.signature, /^[\x20-\x7e]+$/);
  const given = list.split(" ").flatMap((each) => signatureIn(each) ?? []);
  if (given.length === 0) throw new RequestNotSigned("unreadable-header", names.signature);
  const timestamp = recentSeconds(sent, { now, header: names.timestamp });
  assertSigned(keys, { algorithm: "sha256", parts: [`${id}.${sent}.`, body], given, header: names.signature });
  return { deliveryId: id, timestamp };
}

function signatureIn(entry: string): Buffer | undefined {
  const [version, text = "", ...more] = entry.split(",");
  return version === "v1" && more.length === 0 ? digestOf(text, "sha256", "base64") : undefined;
}

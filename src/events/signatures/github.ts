import { assertSigned, digestOf } from "./digest.ts";
import { RequestNotSigned } from "./request-not-signed.ts";
import { secretNames, type SecretsOption } from "./secret-names.ts";
import type { Passed, SignatureCheck, SignedRequest } from "./signature.ts";
import { optionalHeader, signedHeader } from "./signed-header.ts";

/** How GitHub signs. */
export interface GitHubSignature {
  readonly scheme: "github";
  readonly secrets: readonly string[];
}

const header = "x-hub-signature-256";

/**
 * Webhooks of GitHub, signed in `X-Hub-Signature-256`. The id is `X-GitHub-Delivery`, which is the same when GitHub delivers
 * again, but is not signed, as no time is: somebody who got hold of a request could send it again under another id.
 *
 * @see https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
 * @throws `InvalidDefinition`
 */
export function github(options: SecretsOption): GitHubSignature {
  return { scheme: "github", secrets: secretNames(options, "github") };
}

export function checkGitHub(
  _signature: GitHubSignature,
  { headers, body }: SignedRequest,
  { keys }: SignatureCheck,
): Passed {
  const text = signedHeader(headers, header, /^sha256=/).slice("sha256=".length);
  const deliveryId = optionalHeader(headers, "x-github-delivery", /^[\w-]{1,128}$/);
  const given = digestOf(text, "sha256", "hex");
  if (!given) throw new RequestNotSigned("unreadable-header", header);
  assertSigned(keys, { algorithm: "sha256", parts: [body], given: [given], header });
  return { ...(deliveryId !== undefined && { deliveryId }) };
}

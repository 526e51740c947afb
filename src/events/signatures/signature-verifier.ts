import { checkGitHub, type GitHubSignature } from "./github.ts";
import { checkHmac, type HmacSignature } from "./hmac.ts";
import { RequestNotSigned } from "./request-not-signed.ts";
import { type BytesOfSecret, bytesOfText, secretKeys, type SecretVariables } from "./secret-keys.ts";
import type { Passed, SignatureCheck, SignatureVerdict, SignedRequest } from "./signature.ts";
import { checkSlack, type SlackSignature } from "./slack.ts";
import {
  bytesOfStandardWebhooksSecret,
  checkStandardWebhooks,
  type StandardWebhooksSignature,
} from "./standard-webhooks.ts";
import { checkStripe, type StripeSignature } from "./stripe.ts";

/** How a sender signs: what `standardWebhooks`, `github`, `stripe`, `slack` or `hmac` gives. It is plain data without secrets. */
export type SignatureDefinition =
  StandardWebhooksSignature | GitHubSignature | StripeSignature | SlackSignature | HmacSignature;

/** Tells whether a request is its sender's. `now` is in milliseconds since 1970. */
export type SignatureVerifier = (request: SignedRequest, now: number) => SignatureVerdict;

interface Scheme<Definition> {
  readonly bytesOf: BytesOfSecret;
  readonly check: (signature: Definition, request: SignedRequest, check: SignatureCheck) => Passed;
}

const schemes: { readonly [Name in SignatureDefinition["scheme"]]: Scheme<SignatureDefinition & { scheme: Name }> } = {
  "standard-webhooks": { bytesOf: bytesOfStandardWebhooksSecret, check: checkStandardWebhooks },
  github: { bytesOf: bytesOfText, check: checkGitHub },
  stripe: { bytesOf: bytesOfText, check: checkStripe },
  slack: { bytesOf: bytesOfText, check: checkSlack },
  hmac: { bytesOf: bytesOfText, check: checkHmac },
};

/**
 * Takes the secrets that a definition names, once, and verifies requests by them.
 *
 * @throws {@link InvalidWebhookSecret} when a secret is not set or can't be one of that scheme.
 * @example
 * ```ts
 * const verify = createSignatureVerifier(standardWebhooks({ secrets: "TENUTO_WEBHOOK_SECRET_SHOP" }), process.env);
 * ```
 */
export function createSignatureVerifier(signature: SignatureDefinition, variables: SecretVariables): SignatureVerifier {
  const { bytesOf, check } = schemes[signature.scheme] as Scheme<SignatureDefinition>;
  const keys = secretKeys(signature.secrets, variables, { bytesOf });
  return (request, now) => {
    try {
      return { ok: true, ...check(signature, request, { keys, now }) };
    } catch (error) {
      if (!(error instanceof RequestNotSigned)) throw error;
      return { ok: false, reason: error.reason, header: error.header };
    }
  };
}

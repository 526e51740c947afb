import { assertSigned, digestOf } from "./digest.ts";
import { memberIn } from "./member-in.ts";
import { RequestNotSigned } from "./request-not-signed.ts";
import { secretNames, type SecretsOption } from "./secret-names.ts";
import type { Passed, SignatureCheck, SignedRequest } from "./signature.ts";
import { signedHeader } from "./signed-header.ts";
import { recentSeconds, timestampPattern } from "./timestamp.ts";

/** How Stripe signs. */
export interface StripeSignature {
  readonly scheme: "stripe";
  readonly secrets: readonly string[];
}

const header = "stripe-signature";

/**
 * Webhooks of Stripe, signed in `Stripe-Signature`, by the endpoint's secret as it is shown, with `whsec_`. The id is the
 * event's, from the body.
 *
 * @see https://docs.stripe.com/webhooks/signature
 * @throws `InvalidDefinition`
 */
export function stripe(options: SecretsOption): StripeSignature {
  return { scheme: "stripe", secrets: secretNames(options, "stripe") };
}

export function checkStripe(
  _signature: StripeSignature,
  { headers, body }: SignedRequest,
  { keys, now }: SignatureCheck,
): Passed {
  const fields = signedHeader(headers, header, /^[\x20-\x7e]+$/)
    .split(",")
    .map((field) => field.trim());
  const valuesOf = (name: string) =>
    fields.filter((field) => field.startsWith(`${name}=`)).map((field) => field.slice(name.length + 1));
  const [sent = "", ...more] = valuesOf("t");
  const given = valuesOf("v1").flatMap((text) => digestOf(text, "sha256", "hex") ?? []);
  if (!timestampPattern.test(sent) || more.length > 0 || given.length === 0) {
    throw new RequestNotSigned("unreadable-header", header);
  }
  const timestamp = recentSeconds(sent, { now, header });
  assertSigned(keys, { algorithm: "sha256", parts: [`${sent}.`, body], given, header });
  const deliveryId = memberIn(body, "id");
  return { ...(deliveryId !== undefined && { deliveryId }), timestamp };
}

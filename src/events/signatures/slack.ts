import { assertSigned, digestOf } from "./digest.ts";
import { memberIn } from "./member-in.ts";
import { RequestNotSigned } from "./request-not-signed.ts";
import { secretNames, type SecretsOption } from "./secret-names.ts";
import type { Passed, SignatureCheck, SignedRequest } from "./signature.ts";
import { signedHeader } from "./signed-header.ts";
import { recentSeconds, timestampPattern } from "./timestamp.ts";

/** How Slack signs. */
export interface SlackSignature {
  readonly scheme: "slack";
  readonly secrets: readonly string[];
}

const names = { timestamp: "x-slack-request-timestamp", signature: "x-slack-signature" };

/**
 * Requests of Slack, signed in `X-Slack-Signature` by the app's signing secret. The id is the `event_id` of its Events API.
 * A verdict has the `challenge` by which Slack tries a new URL.
 *
 * @see https://docs.slack.dev/authentication/verifying-requests-from-slack/
 * @see https://docs.slack.dev/reference/events/url_verification/
 * @throws `InvalidDefinition`
 */
export function slack(options: SecretsOption): SlackSignature {
  return { scheme: "slack", secrets: secretNames(options, "slack") };
}

export function checkSlack(
  _signature: SlackSignature,
  { headers, body }: SignedRequest,
  { keys, now }: SignatureCheck,
): Passed {
  const sent = signedHeader(headers, names.timestamp, timestampPattern);
  const text = signedHeader(headers, names.signature, /^v0=/).slice("v0=".length);
  const given = digestOf(text, "sha256", "hex");
  if (!given) throw new RequestNotSigned("unreadable-header", names.signature);
  const timestamp = recentSeconds(sent, { now, header: names.timestamp });
  assertSigned(keys, { algorithm: "sha256", parts: [`v0:${sent}:`, body], given: [given], header: names.signature });
  const deliveryId = memberIn(body, "event_id");
  const challenge = memberIn(body, "type") === "url_verification" ? memberIn(body, "challenge") : undefined;
  return {
    ...(deliveryId !== undefined && { deliveryId }),
    timestamp,
    ...(challenge !== undefined && { challenge }),
  };
}

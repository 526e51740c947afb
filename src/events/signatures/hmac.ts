import { InvalidDefinition } from "tenuto";
import { assertSigned, type DigestAlgorithm, type DigestEncoding, digestOf } from "./digest.ts";
import { RequestNotSigned } from "./request-not-signed.ts";
import { secretNames, type SecretsOption } from "./secret-names.ts";
import type { Passed, SignatureCheck, SignedRequest } from "./signature.ts";
import { optionalHeader, signedHeader } from "./signed-header.ts";
import { recentSeconds, timestampPattern } from "./timestamp.ts";

/** How a sender signs that has a scheme of its own, made of an HMAC. */
export interface HmacOptions extends SecretsOption {
  /** The header with the signature. */
  readonly header: string;
  /** @default "sha256" */
  readonly algorithm?: DigestAlgorithm;
  /** @default "hex" */
  readonly encoding?: DigestEncoding;
  /** What stands before the signature in its header, as in `sha256=`. @default "" */
  readonly prefix?: string;
  /** The header with the seconds since 1970. With it, what is signed is its text, the {@link separator} and the body. */
  readonly timestampHeader?: string;
  /** @default "." */
  readonly separator?: string;
  /** The header with the sender's id of a delivery. It is not signed. */
  readonly idHeader?: string;
}

/** {@link HmacOptions} with their defaults. */
export interface HmacSignature {
  readonly scheme: "hmac";
  readonly secrets: readonly string[];
  readonly header: string;
  readonly algorithm: DigestAlgorithm;
  readonly encoding: DigestEncoding;
  readonly prefix: string;
  readonly timestampHeader?: string;
  readonly separator: string;
  readonly idHeader?: string;
}

/**
 * Requests signed by an HMAC (RFC 2104) over the body, or over a timestamp and the body. Without a timestamp, somebody who got
 * hold of a request can send it again at any time.
 *
 * @see https://www.rfc-editor.org/rfc/rfc2104
 * @throws `InvalidDefinition`
 */
export function hmac(options: HmacOptions): HmacSignature {
  const { header, algorithm = "sha256", encoding = "hex", prefix = "", separator = "." } = options;
  const { timestampHeader, idHeader } = options;
  const signature: HmacSignature = {
    scheme: "hmac",
    secrets: secretNames(options, "hmac"),
    ...{ header, algorithm, encoding, prefix, separator },
    ...(timestampHeader !== undefined && { timestampHeader }),
    ...(idHeader !== undefined && { idHeader }),
  };
  assertUsable(signature);
  return signature;
}

export function checkHmac(
  { header, algorithm, encoding, prefix, timestampHeader, separator, idHeader }: HmacSignature,
  { headers, body }: SignedRequest,
  { keys, now }: SignatureCheck,
): Passed {
  const text = signedHeader(headers, header, /^[\x20-\x7e]+$/);
  const given = text.startsWith(prefix) ? digestOf(text.slice(prefix.length), algorithm, encoding) : undefined;
  if (!given) throw new RequestNotSigned("unreadable-header", header);
  const deliveryId =
    idHeader === undefined ? undefined : optionalHeader(headers, idHeader, /^[\x21-\x2b\x2d-\x7e]{1,256}$/);
  const sent = timestampHeader === undefined ? undefined : signedHeader(headers, timestampHeader, timestampPattern);
  const timestamp = sent && timestampHeader ? recentSeconds(sent, { now, header: timestampHeader }) : undefined;
  const parts = sent === undefined ? [body] : [sent + separator, body];
  assertSigned(keys, { algorithm, parts, given: [given], header });
  return { ...(deliveryId !== undefined && { deliveryId }), ...(timestamp !== undefined && { timestamp }) };
}

function assertUsable({
  header,
  algorithm,
  encoding,
  prefix,
  timestampHeader,
  separator,
  idHeader,
}: HmacSignature): void {
  for (const name of [header, timestampHeader, idHeader]) {
    if (name === undefined || /^[\w!#$%&'*+.^`|~-]{1,128}$/.test(name)) continue;
    throw new InvalidDefinition({ what: "A header of hmac", got: name, remedy: "Give the name of a header." });
  }
  const refuseOther = (what: string, got: string, all: readonly string[]) => {
    if (all.includes(got)) return;
    throw new InvalidDefinition({ what: `The ${what} of hmac`, got, remedy: `Give one of ${all.join(", ")}.` });
  };
  refuseOther("algorithm", algorithm, ["sha256", "sha512"]);
  refuseOther("encoding", encoding, ["hex", "base64"]);
  if (!/^[\x20-\x7e]{0,64}$/.test(prefix)) {
    throw new InvalidDefinition({
      what: "The prefix of hmac",
      got: prefix,
      remedy: "Give up to 64 visible characters.",
    });
  }
  // Digits that follow the timestamp could be taken for a part of it: the same bytes would be signed for another time.
  if (timestampHeader === undefined || /^[^\d]/.test(separator)) return;
  throw new InvalidDefinition({
    what: "The separator of hmac",
    got: separator,
    remedy: "Give a text that does not begin with a digit.",
  });
}

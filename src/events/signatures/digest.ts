import { createHmac, type KeyObject, timingSafeEqual } from "node:crypto";
import { RequestNotSigned } from "./request-not-signed.ts";

export type DigestAlgorithm = "sha256" | "sha512";
export type DigestEncoding = "hex" | "base64";

const lengths: Readonly<Record<DigestAlgorithm, number>> = { sha256: 32, sha512: 64 };

/** What was signed, how, and what the request says that its signatures are. */
export interface SignedContent {
  readonly algorithm: DigestAlgorithm;
  /** In the order in which they are signed. */
  readonly parts: readonly (string | Uint8Array)[];
  readonly given: readonly Uint8Array[];
  readonly header: string;
}

/**
 * Passes when one of the keys makes one of the given signatures.
 *
 * @throws {@link RequestNotSigned}
 */
export function assertSigned(keys: readonly KeyObject[], { algorithm, parts, given, header }: SignedContent): void {
  const expected = keys.map((key) =>
    parts.reduce((mac, part) => mac.update(part), createHmac(algorithm, key)).digest(),
  );
  // All of them, so that the time tells nothing of which one it was.
  const matches = expected.flatMap((own) => given.map((other) => isEqual(own, other)));
  if (!matches.includes(true)) throw new RequestNotSigned("no-match", header);
}

/** The bytes of a digest; nothing, when the text is none of that algorithm in that encoding. */
export function digestOf(text: string, algorithm: DigestAlgorithm, encoding: DigestEncoding): Buffer | undefined {
  const bytes = Buffer.from(text, encoding);
  // Node skips what it can't decode: the way back shows whether it did.
  const isWhole = bytes.toString(encoding) === (encoding === "hex" ? text.toLowerCase() : text);
  return isWhole && bytes.length === lengths[algorithm] ? bytes : undefined;
}

function isEqual(own: Uint8Array, other: Uint8Array): boolean {
  return own.length === other.length && timingSafeEqual(own, other);
}

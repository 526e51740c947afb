import type { Payload } from "@temporalio/common";
import { DecryptionFailed } from "../core/errors/decryption-failed.ts";

/** The `encoding` of an encrypted payload, and the metadata that has the id of its key, as Temporal's samples name them. */
export const encryptedEncoding = "binary/encrypted";
export const keyIdMetadata = "encryption-key-id";

/** The id of the key that a payload is encrypted under; `undefined` of one that is not encrypted. */
export function encryptedUnder({ metadata }: Payload): string | undefined {
  const encoding = metadata?.["encoding"];
  if (!encoding || textOf(encoding) !== encryptedEncoding) return undefined;
  const keyId = metadata[keyIdMetadata];
  return keyId ? textOf(keyId) : "";
}

const reasons = new WeakMap<Payload, DecryptionFailed>();

/** Keeps why a payload is left as it is, for who needs its value. */
export function leaveClosed(payload: Payload, reason: DecryptionFailed): void {
  reasons.set(payload, reason);
}

/** @throws {@link DecryptionFailed} of a payload that no key has opened. */
export function assertOpened(payload: Payload): void {
  const keyId = encryptedUnder(payload);
  if (keyId !== undefined) throw reasons.get(payload) ?? new DecryptionFailed(keyId);
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}

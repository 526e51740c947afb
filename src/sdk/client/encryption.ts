import { fileURLToPath } from "node:url";
import type { DataConverter, PayloadCodec } from "@temporalio/common";
import { encryptingCodec } from "./encrypting-codec.ts";
import { parseEncryptionKeys } from "./encryption-keys.ts";

/** What payloads are encrypted with, made by {@link createEncryption}. */
export interface Encryption {
  readonly codec: PayloadCodec;
  /** For a `Client` of Temporal's own: the codec, and failures whose messages and stacks are encrypted too. */
  readonly dataConverter: DataConverter;
}

const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
/** The module that writes failures, here and for all runs of a worker. */
export const failureConverterPath = fileURLToPath(
  new URL(`../workflow/failure-converter.${extension}`, import.meta.url),
);

/**
 * Encryption of what goes into Temporal: inputs, outputs, messages of errors, memos. Keys are `id:key`, comma-separated;
 * the first encrypts, all decrypt. Give the same to every worker and client.
 *
 * @throws `InvalidEncryptionKeys`, without anything of a key, when an entry is not `id:key` with 32 bytes in base64.
 * @example
 * ```ts
 * const encryption = createEncryption("2026-11:3q2+7wABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhs=");
 * const client = await createClient(app, { encryption });
 * ```
 */
export function createEncryption(keys: string): Encryption {
  const codec = encryptingCodec(parseEncryptionKeys(keys));
  return { codec, dataConverter: { payloadCodecs: [codec], failureConverterPath } };
}

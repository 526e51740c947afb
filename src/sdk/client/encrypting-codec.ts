/**
 * AES-256-GCM for payloads: twelve random bytes, then the whole payload (its metadata too) encrypted and authenticated. It
 * fails closed: what a key does not open is an error, and never goes on as if it were a value. What is not encrypted is
 * passed through, for senders without keys and for what was written before there were any.
 */
import { webcrypto } from "node:crypto";
import type { Payload, PayloadCodec } from "@temporalio/common";
import proto from "@temporalio/proto";
import { DecryptionFailed } from "../core/errors/decryption-failed.ts";
import { encryptedEncoding, encryptedUnder, keyIdMetadata } from "./encrypted-payload.ts";
import type { EncryptionKey } from "./encryption-keys.ts";

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;
const { subtle } = webcrypto;

const nonceBytes = 12;

/** Encrypts with the first key, and decrypts with any. */
export function encryptingCodec(keys: readonly [EncryptionKey, ...EncryptionKey[]]): PayloadCodec {
  const known = keys.map(({ id }) => id);
  const imported = new Map<string, Promise<webcrypto.CryptoKey>>();
  const keyOf = ({ id, bytes }: EncryptionKey) => {
    const before = imported.get(id);
    if (before) return before;
    const key = subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
    imported.set(id, key);
    return key;
  };
  const [first] = keys;
  return {
    encode: (payloads) =>
      Promise.all(payloads.map(async (payload) => encrypted(payload, { id: first.id, key: await keyOf(first) }))),
    decode: (payloads) =>
      Promise.all(
        payloads.map(async (payload) => {
          const id = encryptedUnder(payload);
          if (id === undefined) return payload;
          const key = keys.find((each) => each.id === id);
          if (!key) throw new DecryptionFailed(id, { known });
          try {
            return await decrypted(payload, await keyOf(key));
          } catch (error) {
            throw new DecryptionFailed(id, { known }, { cause: error });
          }
        }),
      ),
  };
}

interface NamedKey {
  readonly id: string;
  readonly key: webcrypto.CryptoKey;
}

async function encrypted(payload: Payload, { id, key }: NamedKey): Promise<Payload> {
  const nonce = webcrypto.getRandomValues(new Uint8Array(nonceBytes));
  const plain = Uint8Array.from(PayloadMessage.encode(payload).finish());
  const sealed = await subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, plain);
  return {
    metadata: { encoding: Buffer.from(encryptedEncoding), [keyIdMetadata]: Buffer.from(id) },
    data: Buffer.concat([nonce, new Uint8Array(sealed)]),
  };
}

async function decrypted({ data }: Payload, key: webcrypto.CryptoKey): Promise<Payload> {
  const bytes = Uint8Array.from(data ?? []);
  const iv = bytes.subarray(0, nonceBytes);
  const plain = await subtle.decrypt({ name: "AES-GCM", iv }, key, bytes.subarray(nonceBytes));
  return PayloadMessage.decode(new Uint8Array(plain));
}

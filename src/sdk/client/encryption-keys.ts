import { InvalidEncryptionKeys } from "../core/errors/invalid-encryption-keys.ts";

/** A key of AES-256, and what payloads call it by. */
export interface EncryptionKey {
  readonly id: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const keyBytes = 32;

/** @throws {@link InvalidEncryptionKeys}, without anything of a key. */
export function parseEncryptionKeys(text: string): readonly [EncryptionKey, ...EncryptionKey[]] {
  const keys = text.split(",").map((entry, index) => parseKey(entry.trim(), index + 1));
  const twice = keys.findIndex(({ id }, index) => keys.findIndex((other) => other.id === id) < index);
  if (twice >= 0) throw new InvalidEncryptionKeys(twice + 1, "another key has the same id");
  const [first, ...others] = keys;
  if (!first) throw new InvalidEncryptionKeys(1, "there is none");
  return [first, ...others];
}

function parseKey(entry: string, number: number): EncryptionKey {
  const [id = "", key = "", ...more] = entry.split(":");
  if (!/^[\w.-]{1,64}$/.test(id)) {
    throw new InvalidEncryptionKeys(number, "its id has other than 1 to 64 letters, digits, dots, hyphens, _");
  }
  const isBase64 = more.length === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(key);
  const bytes = isBase64 ? Uint8Array.from(Buffer.from(key, "base64")) : new Uint8Array();
  if (!isBase64) throw new InvalidEncryptionKeys(number, "it is not id:key with the key in base64");
  if (bytes.length !== keyBytes) {
    throw new InvalidEncryptionKeys(number, `its key has ${bytes.length} bytes, and AES-256 takes ${keyBytes}`);
  }
  return { id, bytes };
}

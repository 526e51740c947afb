import { DecryptionFailed } from "../core/errors/decryption-failed.ts";

/** What is read; `undefined` of what is encrypted under a key that is not at hand, which keeps nobody from the others. */
export function ifReadable<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof DecryptionFailed) return undefined;
    throw error;
  }
}

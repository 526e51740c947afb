/** An entry of the encryption keys that can't be used; nothing of a key is in the message. */
export class InvalidEncryptionKeys extends Error {
  override readonly name = "InvalidEncryptionKeys";
  readonly code = "INVALID_ENCRYPTION_KEYS";
  /** From 1. */
  readonly entry: number;

  constructor(entry: number, problem: string) {
    super(
      `Encryption key ${entry} can't be used: ${problem}. Write id:key, with a comma between keys; make a key by ` +
        "`openssl rand -base64 32`.",
    );
    this.entry = entry;
  }
}

/** A payload that is encrypted, and that the keys at hand do not open. */
export class DecryptionFailed extends Error {
  override readonly name = "DecryptionFailed";
  readonly code = "DECRYPTION_FAILED";
  /** Of the key that it was encrypted under. */
  readonly keyId: string;

  /** `known` are the ids of the keys at hand; without it, none of them was tried. */
  constructor(keyId: string, { known }: { readonly known?: readonly string[] } = {}, options?: ErrorOptions) {
    const id = JSON.stringify(keyId.slice(0, 64));
    super(
      known?.includes(keyId)
        ? `A payload can't be decrypted: the key ${id} at hand is not the one that it was encrypted under, or it was ` +
            "changed since. Give the right key under this id in TENUTO_ENCRYPTION_KEYS."
        : `A payload can't be decrypted: it was encrypted under the key ${id}, and the keys at hand do not open it ` +
            `(${known?.length ? known.join(", ") : "none"}). Add that key to TENUTO_ENCRYPTION_KEYS, after the others.`,
      options,
    );
    this.keyId = keyId;
  }
}

/** A value that is larger, encoded, than Temporal takes; nothing was sent. */
export class PayloadTooLarge extends Error {
  override readonly name = "PayloadTooLarge";
  readonly code = "PAYLOAD_TOO_LARGE";
  readonly bytes: number;
  readonly maxBytes: number;

  /** `what` names the value, as in `The input of workflow "fulfillOrder"`. */
  constructor(what: string, { bytes, maxBytes }: { readonly bytes: number; readonly maxBytes: number }) {
    super(
      `${what} can't be sent: got ${bytes} bytes encoded, the most is ${maxBytes}. ` +
        "Store the large part elsewhere and pass a reference to it.",
    );
    this.bytes = bytes;
    this.maxBytes = maxBytes;
  }
}

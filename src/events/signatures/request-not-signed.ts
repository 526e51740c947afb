import type { SignatureRefusal } from "./signature.ts";

/** Inside of a check: the request does not pass. It leaves the verifier as a verdict, never as an error. */
export class RequestNotSigned extends Error {
  override readonly name = "RequestNotSigned";
  readonly reason: SignatureRefusal;
  readonly header: string;

  constructor(reason: SignatureRefusal, header: string) {
    super(`${header}: ${reason}`);
    this.reason = reason;
    this.header = header;
  }
}

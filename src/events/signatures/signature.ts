import type { KeyObject } from "node:crypto";
import type { RequestHeaders } from "../request-headers.ts";

/** A request as it came: the signature is over the bytes of its body, before anything has parsed them. */
export interface SignedRequest {
  readonly headers: RequestHeaders;
  readonly body: Uint8Array;
}

/** Why a request is not taken for its sender's. */
export type SignatureRefusal =
  | "missing-header"
  /** The header is there twice, or is not what the scheme says that it is. */
  | "unreadable-header"
  /** More than 300 s before now. */
  | "timestamp-too-old"
  /** More than 300 s after now. */
  | "timestamp-too-new"
  /** Other bytes, or another secret. */
  | "no-match";

/** Whether a request is its sender's. Nothing of a secret, a signature or a body is in a refusal. */
export type SignatureVerdict =
  | {
      readonly ok: true;
      /** The sender's id of what it delivers, which is the same when it delivers it again. */
      readonly deliveryId?: string;
      /** When it was signed, in seconds since 1970. */
      readonly timestamp?: number;
      /** It delivers nothing, and asks to be answered with this text. */
      readonly challenge?: string;
    }
  | {
      readonly ok: false;
      readonly reason: SignatureRefusal;
      /** The header that it is about, by its name. */
      readonly header: string;
    };

/** What a scheme checks against. */
export interface SignatureCheck {
  readonly keys: readonly KeyObject[];
  /** In milliseconds since 1970. */
  readonly now: number;
}

/** What a request that passed says; a request that does not pass is thrown as `RequestNotSigned`. */
export type Passed = Omit<Extract<SignatureVerdict, { ok: true }>, "ok">;

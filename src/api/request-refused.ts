import type { ValidationIssue } from "tenuto";

export type RefusalCode =
  | "MALFORMED_URL"
  | "NOT_UTF8"
  | "NOT_JSON"
  | "TOO_DEEP"
  | "INVALID_REQUEST"
  | "INVALID_BODY"
  | "BODY_TOO_LARGE"
  | "UNSUPPORTED_MEDIA_TYPE"
  | "UNAUTHENTICATED"
  | "WEBHOOK_NOT_SIGNED"
  | "EVENT_SOURCE_PAUSED"
  | "FORBIDDEN"
  | "CSRF_TOKEN_MISSING"
  | "TOO_MANY_REQUESTS"
  | "ISSUER_UNAVAILABLE"
  | "ENCRYPTION_OFF"
  | "NOT_FOUND"
  | "TOO_MANY_STREAMS"
  | "METHOD_NOT_ALLOWED";

/** What a refusal says beyond its code. */
export interface Refusal {
  readonly detail: string;
  readonly issues?: readonly ValidationIssue[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that no handler gets to see: it can't be read, or does not fit the route's schemas. */
export class RequestRefused extends Error {
  override readonly name = "RequestRefused";
  readonly code: RefusalCode;
  readonly issues: readonly ValidationIssue[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: RefusalCode, { detail, issues, headers = {} }: Refusal) {
    super(detail);
    this.code = code;
    this.issues = issues;
    this.headers = headers;
  }
}

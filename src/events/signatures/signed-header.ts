import { type RequestHeaders, valuesOf } from "../request-headers.ts";
import { RequestNotSigned } from "./request-not-signed.ts";

/**
 * The one value of a header, which has the form of the pattern.
 *
 * @throws {@link RequestNotSigned}
 */
export function signedHeader(headers: RequestHeaders, name: string, pattern: RegExp): string {
  const value = optionalHeader(headers, name, pattern);
  if (value === undefined) throw new RequestNotSigned("missing-header", name);
  return value;
}

/** The same of a header that needn't be there. */
export function optionalHeader(headers: RequestHeaders, name: string, pattern: RegExp): string | undefined {
  const [value, ...more] = valuesOf(headers, name);
  if (value === undefined) return undefined;
  if (more.length > 0 || !pattern.test(value)) throw new RequestNotSigned("unreadable-header", name);
  return value;
}

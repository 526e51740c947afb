import type { IncomingHttpHeaders } from "node:http";
import { isNestedDeeper, locateJsonFault } from "tenuto";
import { RequestRefused } from "./request-refused.ts";

/** Two megabytes: above what Temporal takes, so that its own limit is the one that callers meet. */
export const maxBodyBytes = 2 * 1024 * 1024;

const maxDepth = 64;

/**
 * Refuses what does not say that it is JSON. `curl -d` says that its JSON is a form; so do web pages of others that
 * send without asking, so that is taken from non-browsers only.
 *
 * @throws {@link RequestRefused}
 */
export function assertJsonContent(headers: IncomingHttpHeaders): void {
  const [type = "", ...parameters] = (headers["content-type"] ?? "").toLowerCase().split(";");
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith("charset="));
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  const isBrowser = headers.origin !== undefined || headers["sec-fetch-site"] !== undefined;
  const isJson = /^application\/([\w.+-]+\+)?json$/.test(type.trim());
  const isCurl = !isBrowser && ["", "application/x-www-form-urlencoded"].includes(type.trim());
  if (isUtf8 && (isJson || isCurl)) return;
  throw new RequestRefused("UNSUPPORTED_MEDIA_TYPE", {
    detail: `The body can't be read: got content type ${JSON.stringify(headers["content-type"] ?? "")}. Send application/json in UTF-8.`,
  });
}

/**
 * The value that a body's bytes stand for.
 *
 * @throws {@link RequestRefused} with the line and column of what is not JSON.
 */
export function parseJsonBody(body: Uint8Array): unknown {
  const text = decodeUtf8(body);
  return checkedDepth(parse(text));
}

/**
 * The same value, when it is flat enough for what comes next.
 *
 * @throws {@link RequestRefused}
 */
export function checkedDepth(value: unknown): unknown {
  if (!isNestedDeeper(value, maxDepth)) return value;
  throw new RequestRefused("TOO_DEEP", { detail: `The body is nested deeper than ${maxDepth}. Make it flatter.` });
}

function decodeUtf8(body: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    throw new RequestRefused("NOT_UTF8", { detail: "The body is not UTF-8. Encode it as UTF-8." });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const { line, column, position } = locateJsonFault(text);
    throw new RequestRefused("NOT_JSON", {
      detail: `The body is not JSON: it stops being so at line ${line}, column ${column} (position ${position}). Correct it there.`,
    });
  }
}

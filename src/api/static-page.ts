import { createHash } from "node:crypto";
import type { RequestHandler } from "express";

/** What is sent as it is. */
export interface Page {
  readonly type: string;
  readonly bytes: Buffer;
  readonly etag: string;
  /** Only what the page itself loads is allowed to run there. */
  readonly policy?: string;
}

/** Something of that content type, made once. */
export function page(type: string, content: string | Buffer, policy?: string): Page {
  const bytes = Buffer.from(content);
  const etag = `"${createHash("sha256").update(bytes).digest("base64url")}"`;
  return { type, bytes, etag, ...(policy !== undefined && { policy }) };
}

/** Sends it, or says that it is the same as before. */
export function send({ type, bytes, etag, policy }: Page): RequestHandler {
  return (request, response) => {
    // Asked for again each time, and sent again only when it is another.
    response.set({ ETag: etag, "Cache-Control": "no-cache" });
    if (policy !== undefined) response.set("Content-Security-Policy", policy);
    if (isKnown(request.get("if-none-match"), etag)) return void response.status(304).end();
    response.type(type).send(bytes);
  };
}

/** Not by Express: that takes `Cache-Control: no-cache`, which browsers add when they revalidate, for a wish to get it all. */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = ifNoneMatch?.split(",").map((tag) => tag.trim().replace(/^W\//, "")) ?? [];
  return tags.includes(etag) || tags.includes("*");
}

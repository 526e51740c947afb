/**
 * Sessions of browsers. A session is in its cookie, encrypted, so that any API process with the same secret knows it; a
 * session that a key opened ends with the key. Sign-out is remembered by the process that was told, until the session
 * would have ended anyway; the others have only the browser's word, which has lost the cookie.
 */
import { createHash, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { EncryptJWT, jwtDecrypt } from "jose";
import { RequestRefused } from "../request-refused.ts";
import { isLoopbackHost } from "./authentication.ts";
import type { Principal } from "./principal.ts";

/** What opened a session: a key, as long as it is configured, or a token, until it ends. */
export type SessionGrant =
  | { readonly kind: "key"; readonly fingerprint: string }
  | { readonly kind: "token"; readonly principal: Principal; readonly expiresAt: number };

/** A session as its browser has it. */
export interface Session {
  readonly principal: Principal;
  /** Goes with every unsafe request, in the header X-CSRF-Token. */
  readonly csrfToken: string;
}

export interface Sessions {
  /**
   * Signs in by a key or a token.
   *
   * @throws {@link RequestRefused}: 401.
   */
  open(credential: string, headers: IncomingHttpHeaders): Promise<Session & { readonly cookie: string }>;
  /** The session that a request's cookie has. */
  current(headers: IncomingHttpHeaders): Promise<Session | undefined>;
  /** Signs out; answers with the cookie that takes the old one away. */
  end(headers: IncomingHttpHeaders): Promise<string>;
}

interface SessionOptions {
  /** @default a random one: sessions then end with the process */
  readonly secret?: string | undefined;
  readonly verify: (credential: string) => Promise<{ readonly principal: Principal; readonly grant: SessionGrant }>;
  readonly principalOf: (grant: SessionGrant) => Principal | undefined;
}

const cookieName = "tenuto-session";
const longestSeconds = 8 * 3_600;

export function createSessions({ secret, verify, principalOf }: SessionOptions): Sessions {
  const key = secret === undefined ? randomBytes(32) : sha256(`tenuto-session:${secret}`);
  const ended = new Map<string, number>();
  const read = async (headers: IncomingHttpHeaders) => {
    const content = await decrypted(cookieIn(headers), key);
    return content && !ended.has(content.jti) ? content : undefined;
  };
  return {
    async open(credential, headers) {
      const { principal, grant } = await verify(credential);
      const csrfToken = randomBytes(24).toString("base64url");
      const latest = nowSeconds() + longestSeconds;
      const exp = grant.kind === "token" ? Math.min(grant.expiresAt, latest) : latest;
      const value = await new EncryptJWT({ grant, csrfToken })
        .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
        .setJti(randomUUID())
        .setExpirationTime(exp)
        .encrypt(key);
      return { principal, csrfToken, cookie: cookieOf(value, exp - nowSeconds(), headers) };
    },
    async current(headers) {
      const content = await read(headers);
      const principal = content && principalOf(content.grant);
      return principal && { principal, csrfToken: content.csrfToken };
    },
    async end(headers) {
      const content = await read(headers);
      for (const [jti, exp] of ended) if (exp < nowSeconds()) ended.delete(jti);
      if (content) ended.set(content.jti, content.exp);
      return cookieOf("", 0, headers);
    },
  };
}

/**
 * Another site's page can make a browser send a request, but not this header.
 *
 * @throws {@link RequestRefused}: 403.
 */
export function assertCsrfToken(headers: IncomingHttpHeaders, { csrfToken }: Session): void {
  const given = headers["x-csrf-token"];
  if (typeof given === "string" && timingSafeEqual(sha256(given), sha256(csrfToken))) return;
  throw new RequestRefused("CSRF_TOKEN_MISSING", {
    detail: "A request that changes something by the session's cookie needs X-CSRF-Token, as the sign-in answered it.",
  });
}

interface Content {
  readonly grant: SessionGrant;
  readonly csrfToken: string;
  readonly jti: string;
  readonly exp: number;
}

async function decrypted(value: string | undefined, key: Buffer): Promise<Content | undefined> {
  if (value === undefined) return undefined;
  try {
    const options = { keyManagementAlgorithms: ["dir"], contentEncryptionAlgorithms: ["A256GCM"], clockTolerance: 0 };
    const { payload } = await jwtDecrypt<Content>(value, key, options);
    return payload;
  } catch {
    return undefined;
  }
}

function cookieIn({ cookie = "" }: IncomingHttpHeaders): string | undefined {
  return new RegExp(`(?:^|;\\s*)${cookieName}=([\\w.-]+)`).exec(cookie)?.[1];
}

/** Without TLS a browser would not keep a `Secure` cookie, except, in some, on its own machine. */
function cookieOf(value: string, maxAgeSeconds: number, { host = "" }: IncomingHttpHeaders): string {
  const secure = isLoopbackHost(host) ? "" : "; Secure";
  return `${cookieName}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${secure}`;
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1_000);
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

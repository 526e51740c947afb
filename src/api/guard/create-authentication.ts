import type { ApiKeys } from "./api-keys.ts";
import { type Authentication, presentedCredential, unauthenticated } from "./authentication.ts";
import { createOidc, type OidcOptions } from "./oidc.ts";
import type { Principal } from "./principal.ts";
import { assertCsrfToken, createSessions, type SessionGrant } from "./sessions.ts";

/** Who may use the API, by what they show. */
export interface Credentials {
  /** As `parseApiKeys` reads them. @default none */
  readonly apiKeys?: ApiKeys | undefined;
  /** Tokens of an OpenID Connect issuer are taken too. @default none */
  readonly oidc?: OidcOptions | undefined;
  /** Encrypts the cookies of sessions; the same in all API processes. @default random: sessions end with the process */
  readonly sessionSecret?: string | undefined;
}

const safeMethods: readonly (string | undefined)[] = ["GET", "HEAD", "OPTIONS"];

/**
 * Knows callers by their API key or token, as `Authorization: Bearer …` or `X-Api-Key: …`, and browsers by the session
 * that one of them opened.
 *
 * @example
 * ```ts
 * const apiKeys = parseApiKeys("ada:operator+support@acme:a-long-random-secret");
 * const api = createApi({ client, app, authentication: createAuthentication({ apiKeys }) });
 * ```
 */
export function createAuthentication({ apiKeys, oidc, sessionSecret }: Credentials): Authentication {
  const issuer = oidc && createOidc(oidc);
  const verify = async (
    credential: string,
  ): Promise<{ readonly principal: Principal; readonly grant: SessionGrant }> => {
    const key = apiKeys?.find(credential);
    if (key) return { principal: key.principal, grant: { kind: "key", fingerprint: key.fingerprint } };
    if (issuer && credential.split(".").length === 3) {
      const { principal, expiresAt } = await issuer.verify(credential);
      return { principal, grant: { kind: "token", principal, expiresAt } };
    }
    throw unauthenticated("The credentials are not valid (any more). Send another key or token.", "invalid_token");
  };
  const sessions = createSessions({
    secret: sessionSecret,
    verify,
    principalOf: (grant) => (grant.kind === "key" ? apiKeys?.ofFingerprint(grant.fingerprint) : grant.principal),
  });
  return {
    sessions,
    async authenticate({ headers, method }, { changesNothing } = { changesNothing: false }) {
      const credential = presentedCredential(headers);
      if (credential !== undefined) return (await verify(credential)).principal;
      const session = await sessions.current(headers);
      const isSafe = changesNothing || safeMethods.includes(method);
      if (session && !isSafe) assertCsrfToken(headers, session);
      return session?.principal;
    },
  };
}

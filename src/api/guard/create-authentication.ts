import type { ApiKeys } from "./api-keys.ts";
import { createOidc, type OidcOptions } from "./oidc.ts";
import { type Authentication, presentedCredential, unauthenticated } from "./authentication.ts";

/** Who may use the API, by what they show. */
export interface Credentials {
  /** As `parseApiKeys` reads them. @default none */
  readonly apiKeys?: ApiKeys | undefined;
  /** Tokens of an OpenID Connect issuer are taken too. @default none */
  readonly oidc?: OidcOptions | undefined;
}

/**
 * Knows callers by their API key or token, as `Authorization: Bearer …` or `X-Api-Key: …`.
 *
 * @example
 * ```ts
 * const apiKeys = parseApiKeys("ada:operator+support@acme:a-long-random-secret");
 * const api = createApi({ client, app, authentication: createAuthentication({ apiKeys }) });
 * ```
 */
export function createAuthentication({ apiKeys, oidc }: Credentials): Authentication {
  const issuer = oidc && createOidc(oidc);
  return {
    async authenticate({ headers }) {
      const credential = presentedCredential(headers);
      if (credential === undefined) return undefined;
      const key = apiKeys?.find(credential);
      if (key) return key.principal;
      if (issuer && credential.split(".").length === 3) return (await issuer.verify(credential)).principal;
      throw unauthenticated("The credentials are not valid (any more). Send another key or token.", "invalid_token");
    },
  };
}

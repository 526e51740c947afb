import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import { isTenantName } from "tenuto";
import { RequestRefused } from "../request-refused.ts";
import { unauthenticated } from "./authentication.ts";
import { type Principal, principalRoles } from "./principal.ts";

/** Whose tokens are taken, and where in them a principal stands. */
export interface OidcOptions {
  /** As the tokens' `iss` has it. */
  readonly issuer: string;
  /** What the tokens' `aud` must have. */
  readonly audience: string;
  /** @default `jwks_uri` of the issuer's `/.well-known/openid-configuration` */
  readonly jwksUrl?: string | undefined;
  /** The claim with the role; of several, the strongest counts. A dot goes into an object. @default "role" */
  readonly roleClaim?: string | undefined;
  /** @default "tenant" */
  readonly tenantClaim?: string | undefined;
  /** @default "taskRoles" */
  readonly taskRolesClaim?: string | undefined;
  /** @default "sub" */
  readonly nameClaim?: string | undefined;
}

/** A token that was verified. */
export interface VerifiedToken {
  readonly principal: Principal;
  /** When it ends, in seconds since the epoch. */
  readonly expiresAt: number;
}

/** Verifies the tokens of an issuer. */
export interface Oidc {
  /** @throws {@link RequestRefused}: 401, 403 for a token without a role, 503 when the issuer's keys can't be had. */
  verify(token: string): Promise<VerifiedToken>;
}

/** Public keys only: a secret that issuer and API share would let the API's reader sign. */
const algorithms = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];

/** How long a key that is not among those known is taken for wrong, before the issuer is asked for new ones. */
const cooldownDuration = 2_000;

/** How far the clocks of issuer and API may differ, in seconds. */
const clockTolerance = 5;

export function createOidc(options: OidcOptions): Oidc {
  const { issuer, audience } = options;
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const keysOnce = () => {
    keys ??= keySet(options);
    // A failure is not kept.
    keys.catch(() => (keys = undefined));
    return keys;
  };
  const keyOf: JWTVerifyGetKey = async (header, signed) => (await keysOnce())(header, signed);
  return {
    async verify(token) {
      try {
        const rules = { issuer, audience, algorithms, clockTolerance, requiredClaims: ["exp"] };
        const { payload } = await jwtVerify(token, keyOf, rules);
        return { principal: principalIn(payload, options), expiresAt: payload.exp ?? 0 };
      } catch (error) {
        throw error instanceof RequestRefused ? error : refusalOf(error);
      }
    },
  };
}

async function keySet({ issuer, jwksUrl }: OidcOptions): Promise<JWTVerifyGetKey> {
  return createRemoteJWKSet(new URL(jwksUrl ?? (await discoveredUrl(issuer))), { cooldownDuration });
}

async function discoveredUrl(issuer: string): Promise<string> {
  const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const response = await fetch(url, { signal: AbortSignal.timeout(4_000), redirect: "error" });
  const configuration = (await response.json()) as { readonly issuer?: unknown; readonly jwks_uri?: unknown };
  if (configuration.issuer === issuer && typeof configuration.jwks_uri === "string") return configuration.jwks_uri;
  throw new Error(`The OpenID configuration at ${url} has no jwks_uri, or is of another issuer.`);
}

function principalIn(payload: JWTPayload, options: OidcOptions): Principal {
  const { nameClaim = "sub", roleClaim = "role", tenantClaim = "tenant", taskRolesClaim = "taskRoles" } = options;
  const [name] = textsAt(payload, nameClaim);
  const roles = textsAt(payload, roleClaim);
  const role = principalRoles.findLast((each) => roles.includes(each));
  const tenant = claimAt(payload, tenantClaim);
  if (name === undefined || role === undefined) {
    const missing = name === undefined ? nameClaim : roleClaim;
    throw forbidden(`The token names no caller that has a role: its claim "${missing}" is missing, or is none.`);
  }
  // Passed over, it would let its owner see every tenant.
  if (tenant !== undefined && (typeof tenant !== "string" || !isTenantName(tenant))) {
    throw forbidden(
      `The token's claim "${tenantClaim}" can't be a tenant: lower-case letters, digits and hyphens, not "audit".`,
    );
  }
  return { name, role, taskRoles: textsAt(payload, taskRolesClaim), ...(tenant !== undefined && { tenant }) };
}

function textsAt(payload: JWTPayload, claim: string): readonly string[] {
  const value = claimAt(payload, claim);
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === "string" && each !== "") as string[];
}

/** A claim may have dots in its own name, as URLs have. */
function claimAt(payload: JWTPayload, claim: string): unknown {
  if (Object.hasOwn(payload, claim)) return payload[claim];
  return claim.split(".").reduce<unknown>((value, name) => {
    const isThere = typeof value === "object" && value !== null && Object.hasOwn(value, name);
    return isThere ? (value as Record<string, unknown>)[name] : undefined;
  }, payload);
}

function forbidden(detail: string): RequestRefused {
  return new RequestRefused("FORBIDDEN", { detail });
}

/** What is wrong with a token, or with the issuer; jose's messages have nothing of the token, and are not passed on. */
function refusalOf(error: unknown): Error {
  if (error instanceof errors.JWTExpired)
    return unauthenticated("The token has expired. Get a new one.", "invalid_token");
  if (wrongToken.some((Wrong) => error instanceof Wrong)) {
    return unauthenticated(
      "The token is not valid here. Send one of the configured issuer, for this API.",
      "invalid_token",
    );
  }
  return new RequestRefused("ISSUER_UNAVAILABLE", {
    detail: "The token can't be checked: the keys of its issuer can't be had now. Send the request again.",
    headers: { "Retry-After": "1" },
  });
}

const wrongToken = [
  errors.JWTClaimValidationFailed,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
];

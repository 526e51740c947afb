import type { RequestHandler } from "express";
import { RequestRefused } from "../request-refused.ts";
import type { Route } from "../route.ts";
import { type Authentication, thisMachineOnly, unauthenticated } from "./authentication.ts";
import { isAllowed, type Principal } from "./principal.ts";
import { principalOf, setPrincipal } from "./principal-of.ts";
import { limitAddresses, limitPrincipals } from "./rate-limit.ts";

export interface AdmitOptions {
  readonly authentication?: Authentication | undefined;
  /** Of each principal. */
  readonly requestsPerMinute?: number | undefined;
}

const refusalsPerMinute = 300;
const signInsPerMinute = 60;

/** Makes what lets through who may call a route, before anything of the body is read. */
export function createAdmission({
  authentication = thisMachineOnly,
  requestsPerMinute = authentication === thisMachineOnly ? undefined : 6_000,
}: AdmitOptions): (route: Route) => readonly RequestHandler[] {
  const limited = requestsPerMinute === undefined ? [] : [limitPrincipals(requestsPerMinute)];
  const refused = limitAddresses(refusalsPerMinute);
  const signIn = limitAddresses(signInsPerMinute);
  return ({ role, hasBody, changesNothing = false, isSigned = false }) => {
    // A signature can't be guessed, and a sender may have much to say.
    if (role === "public") return hasBody && !isSigned ? [signIn] : [];
    const identify: RequestHandler = async (request, response, next) => {
      try {
        const principal = await authentication.authenticate(request, { changesNothing });
        if (!principal) throw unauthenticated("This needs credentials. Send an API key or a token as Bearer.");
        setPrincipal(response, principal);
        next();
      } catch (error) {
        const isRefused = error instanceof RequestRefused && error.code === "UNAUTHENTICATED";
        if (!isRefused) throw error;
        await refused(request, response, (excess?: unknown) => next(excess ?? error));
      }
    };
    const check: RequestHandler = (_request, response, next) => {
      assertAllowed(principalOf(response), role);
      next();
    };
    return [identify, ...limited, check];
  };
}

function assertAllowed(principal: Principal, role: Route["role"]): void {
  if (isAllowed(principal, role)) return;
  throw new RequestRefused("FORBIDDEN", {
    detail: `This needs the role "${role}"; "${principal.name}" has "${principal.role}". Ask an admin for it.`,
  });
}

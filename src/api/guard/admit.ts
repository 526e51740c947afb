import type { RequestHandler, Response } from "express";
import { RequestRefused } from "../request-refused.ts";
import type { Route } from "../route.ts";
import { type Authentication, unauthenticated } from "./authentication.ts";
import { isAllowed, type Principal } from "./principal.ts";

/** Of a route that everybody may call: nothing is known of them, and they may do nothing else. */
const unknownCaller: Principal = { name: "anybody", role: "viewer", taskRoles: [] };

/** Lets through who may call a route, before anything of the body is read. */
export function admit({ role }: Route, authentication: Authentication): RequestHandler {
  return async (request, response, next) => {
    if (role === "public") {
      next();
      return;
    }
    const principal = await authentication.authenticate(request);
    if (!principal) throw unauthenticated("This needs credentials. Send an API key or a token as Bearer.");
    setPrincipal(response, principal);
    if (isAllowed(principal, role)) {
      next();
      return;
    }
    throw new RequestRefused("FORBIDDEN", {
      detail: `This needs the role "${role}"; "${principal.name}" has "${principal.role}". Ask an admin for it.`,
    });
  };
}

function setPrincipal({ locals }: Response, principal: Principal): void {
  locals["principal"] = principal;
}

export function principalOf({ locals }: Response): Principal {
  return (locals["principal"] as Principal | undefined) ?? unknownCaller;
}

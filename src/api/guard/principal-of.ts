import type { Response } from "express";
import type { Principal } from "./principal.ts";

/** Of a route that everybody may call: nothing is known of them, and they may do nothing else. */
const unknownCaller: Principal = { name: "anybody", role: "viewer", taskRoles: [] };

export function setPrincipal({ locals }: Response, principal: Principal): void {
  locals["principal"] = principal;
}

export function principalOf(response: Response): Principal {
  return identifiedPrincipal(response) ?? unknownCaller;
}

/** `undefined` for who is not known. */
export function identifiedPrincipal({ locals }: Response): Principal | undefined {
  return locals["principal"] as Principal | undefined;
}

import type { Request, RequestHandler, Response } from "express";
import { ipKeyGenerator, rateLimit } from "express-rate-limit";
import { RequestRefused } from "../request-refused.ts";
import { principalKey } from "./principal.ts";
import { principalOf } from "./principal-of.ts";

const windowMs = 60_000;

/** How many requests a principal may send in a minute, told by the headers RateLimit and RateLimit-Policy. */
export function limitPrincipals(perMinute: number): RequestHandler {
  return limiter(perMinute, (_request, response) => principalKey(principalOf(response)));
}

/** For who is not known: one address, or one network of IPv6. */
export function limitAddresses(perMinute: number): RequestHandler {
  return limiter(perMinute, ({ ip }) => ipKeyGenerator(ip ?? ""));
}

function limiter(limit: number, keyOf: (request: Request, response: Response) => string): RequestHandler {
  return rateLimit({
    windowMs,
    limit,
    keyGenerator: keyOf,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    // Its checks are for keys made of addresses behind proxies, and write to the console.
    validate: false,
    handler: (_request, _response, next) => {
      const detail = `There are more than ${limit} requests in a minute. Send the next one when Retry-After has passed.`;
      next(new RequestRefused("TOO_MANY_REQUESTS", { detail }));
    },
  });
}

import type { RequestHandler } from "express";

const allowed = "Authorization, X-Api-Key, Content-Type, Idempotency-Key, Prefer, Last-Event-ID, X-Request-Id";
const exposed =
  "Location, Retry-After, Preference-Applied, RateLimit, RateLimit-Policy, WWW-Authenticate, X-Request-Id";

/** Lets pages of exactly these origins call the API, with a key or a token; cookies of ours don't go with such calls. */
export function allowOrigins(origins: readonly string[]): RequestHandler {
  return (request, response, next) => {
    const { origin } = request.headers;
    if (origins.length > 0) response.vary("Origin");
    const isAllowed = origin !== undefined && origins.includes(origin);
    if (isAllowed) response.set({ "Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": exposed });
    const isPreflight = request.method === "OPTIONS" && "access-control-request-method" in request.headers;
    if (!isAllowed || !isPreflight) {
      next();
      return;
    }
    response
      .status(204)
      .set({
        "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE",
        "Access-Control-Allow-Headers": allowed,
        "Access-Control-Max-Age": "600",
      })
      .end();
  };
}

import type { Request, RequestHandler } from "express";

const allowed = "Authorization, X-Api-Key, Content-Type, Idempotency-Key, Prefer, Last-Event-ID, X-Request-Id";
const exposed =
  "Location, Retry-After, Preference-Applied, RateLimit, RateLimit-Policy, WWW-Authenticate, X-Request-Id";

/**
 * Lets the pages of Temporal's Web UI, and no others, call the codec by the cookie of a session, or with a token. Browsers
 * send that cookie where both have one site, as `temporal.ops.example` and `tenuto.ops.example` have.
 */
export function allowTemporalUi(temporalUiUrl: string | undefined): RequestHandler {
  const ui = temporalUiUrl === undefined ? undefined : new URL(temporalUiUrl).origin;
  return (request, response, next) => {
    const { origin } = request.headers;
    response.vary("Origin");
    if (ui !== undefined && origin === ui) {
      response.set({ "Access-Control-Allow-Origin": ui, "Access-Control-Allow-Credentials": "true" });
      if (isPreflight(request)) {
        response
          .status(204)
          .set({
            "Access-Control-Allow-Methods": "POST",
            "Access-Control-Allow-Headers": "Authorization, Authorization-Extras, Content-Type, X-Namespace",
            "Access-Control-Max-Age": "600",
          })
          .end();
        return;
      }
    }
    next();
  };
}

function isPreflight({ method, headers }: Request): boolean {
  return method === "OPTIONS" && "access-control-request-method" in headers;
}

/** Lets pages of exactly these origins call the API, with a key or a token; cookies of ours don't go with such calls. */
export function allowOrigins(origins: readonly string[]): RequestHandler {
  return (request, response, next) => {
    const { origin } = request.headers;
    // The codec is the Temporal Web UI's alone.
    if (request.path.startsWith("/v1/codec/")) {
      next();
      return;
    }
    if (origins.length > 0) response.vary("Origin");
    const isAllowed = origin !== undefined && origins.includes(origin);
    if (isAllowed) response.set({ "Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": exposed });
    if (!isAllowed || !isPreflight(request)) {
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

import type { Response } from "express";

export const requestIdHeader = "X-Request-Id";

/** The id by which a request is found in the log; a caller's own, or one that is made. */
export function requestIdOf(response: Response): string {
  return response.get(requestIdHeader) ?? "";
}

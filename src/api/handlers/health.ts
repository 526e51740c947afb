import type { Context, Reply } from "../context.ts";

export function health(): Reply {
  return { status: 200, body: { status: "ok" } };
}

/** Workers are shown and decide nothing: without one, runs are taken and wait. */
export async function ready(_request: unknown, { readiness }: Context): Promise<Reply> {
  const { temporal, workers } = await readiness.check();
  const body = { status: temporal.ok ? "ok" : "unavailable", checks: { temporal, workers } };
  return temporal.ok ? { status: 200, body } : { status: 503, body, headers: { "Retry-After": "1" } };
}

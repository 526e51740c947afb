import type { Context, Reply } from "../context.ts";

export function health(): Reply {
  return { status: 200, body: { status: "ok" } };
}

/** Workers are shown and decide nothing: without one, runs are taken and wait. */
export async function ready(_request: unknown, { readiness }: Context): Promise<Reply> {
  const checks = await readiness.check();
  const { temporal } = checks;
  if (temporal.ok && !readiness.isStopping()) return { status: 200, body: { status: "ok", checks } };
  const status = readiness.isStopping() ? "stopping" : "unavailable";
  return { status: 503, body: { status, checks }, headers: { "Retry-After": "1" } };
}

export async function showMetrics(_request: unknown, { metrics }: Context): Promise<Reply> {
  const { contentType, text } = await metrics.exposition();
  return { status: 200, contentType, body: text };
}

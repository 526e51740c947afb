import { once } from "node:events";
import { createServer, type Server } from "node:http";

/** Where a worker's operators look, and what they see there. */
export interface OpsServerOptions {
  readonly host: string;
  readonly port: number;
  /** What `/readyz` answers, 200 only when `ready`. */
  readonly readiness: () => { readonly ready: boolean };
  /** Where Core's Prometheus exporter listens; `/metrics` passes it on. */
  readonly metricsUrl: string;
}

/** Serves `/readyz`, `/healthz` and `/metrics` of a worker. */
export async function startOpsServer({ host, port, readiness, metricsUrl }: OpsServerOptions): Promise<Server> {
  const server = createServer((request, response) => {
    const path = request.url?.split("?")[0];
    if (path === "/healthz") response.writeHead(200).end("ok\n");
    else if (path === "/readyz") {
      const state = readiness();
      response.writeHead(state.ready ? 200 : 503, { "content-type": "application/json" }).end(JSON.stringify(state));
    } else if (path === "/metrics") {
      fetch(metricsUrl)
        .then(async (metrics) => {
          const type = metrics.headers.get("content-type") ?? "text/plain";
          response.writeHead(metrics.status, { "content-type": type }).end(await metrics.text());
        })
        .catch(() => response.writeHead(503).end("The worker's metrics are not there yet.\n"));
    } else response.writeHead(404).end("There is /readyz, /healthz and /metrics.\n");
  });
  server.listen(port, host);
  await once(server, "listening").catch((error: unknown) => {
    throw new Error(`The worker's port ${port} can't be used. Move it with TENUTO_METRICS_PORT.`, { cause: error });
  });
  return server;
}

import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";

/** What is passed on to Prometheus. */
export interface Exposition {
  readonly contentType: string;
  readonly text: string;
}

type Readiness = { readonly ready: boolean };

/** Where a process's operators look, and what they see there. */
export interface OpsServerOptions {
  readonly host: string;
  readonly port: number;
  /** What `/readyz` answers, 200 only when `ready`. */
  readonly readiness: () => Readiness | Promise<Readiness>;
  /** What `/metrics` answers; 503 while it throws. */
  readonly metrics: () => Promise<Exposition>;
}

/** Serves `/readyz`, `/healthz` and `/metrics` of a process that has no other port. */
export async function startOpsServer({ host, port, readiness, metrics }: OpsServerOptions): Promise<Server> {
  const server = createServer((request, response) => {
    const path = request.url?.split("?")[0];
    if (path === "/healthz") response.writeHead(200).end("ok\n");
    else if (path === "/readyz") void answered(response, async () => tellReadiness(response, await readiness()));
    else if (path === "/metrics") void answered(response, async () => tellMetrics(response, await metrics()));
    else response.writeHead(404).end("There is /readyz, /healthz and /metrics.\n");
  });
  server.listen(port, host);
  await once(server, "listening").catch((error: unknown) => {
    throw new Error(`Port ${port} for /readyz and /metrics can't be used. Move it with TENUTO_METRICS_PORT.`, {
      cause: error,
    });
  });
  return server;
}

/** Passes on what another exporter of this machine tells. @throws while it is not there */
export async function expositionAt(url: string): Promise<Exposition> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answers with ${answer.status}`);
  return { contentType: answer.headers.get("content-type") ?? "text/plain", text: await answer.text() };
}

/** The metrics of several exporters as one text: no two of them have a metric of the same name. */
export function joinedExpositions(first: Exposition, ...others: readonly Exposition[]): Exposition {
  const texts = [first, ...others].map(({ text }) => (text === "" || text.endsWith("\n") ? text : `${text}\n`));
  return { contentType: first.contentType, text: texts.join("") };
}

async function answered(response: ServerResponse, answer: () => Promise<void>): Promise<void> {
  await answer().catch(() => response.writeHead(503).end("That is not known yet.\n"));
}

function tellReadiness(response: ServerResponse, state: Readiness): void {
  response.writeHead(state.ready ? 200 : 503, { "content-type": "application/json" }).end(JSON.stringify(state));
}

function tellMetrics(response: ServerResponse, { contentType, text }: Exposition): void {
  response.writeHead(200, { "content-type": contentType }).end(text);
}

import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { problem, type ProblemCode } from "./problems.ts";

/** Where to listen. */
export interface ListenOptions {
  readonly host: string;
  /** 0 picks one that is free. */
  readonly port: number;
}

/** A server that takes requests. */
export interface RunningApi {
  readonly url: string;
  /** Takes no more requests, lets those in flight end, and cuts off what is left after `withinMs` (default 9000). */
  close(withinMs?: number): Promise<void>;
}

/** Somebody else listens on the port. */
export class PortBusy extends Error {
  override readonly name = "PortBusy";
  readonly code = "PORT_BUSY";
  readonly port: number;

  constructor({ host, port }: ListenOptions, options?: ErrorOptions) {
    super(`The API can't listen: port ${port} on ${host} is busy. Free it, or set TENUTO_PORT to another.`, options);
    this.port = port;
  }
}

/**
 * Serves an API over HTTP.
 *
 * @throws {@link PortBusy}
 */
export async function listenApi(api: RequestListener, options: ListenOptions): Promise<RunningApi> {
  const server = createServer(api);
  server.on("clientError", refuse);
  server.listen(options.port, options.host);
  try {
    await once(server, "listening");
  } catch (error) {
    const isBusy = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    throw isBusy ? new PortBusy(options, { cause: error }) : error;
  }
  const { address, family, port } = server.address() as AddressInfo;
  const host = family === "IPv6" ? `[${address}]` : address;
  return {
    url: `http://${host}:${port}`,
    async close(withinMs = 9_000) {
      const closed = once(server, "close");
      server.close();
      const done = new AbortController();
      void closed.then(() => done.abort());
      // A connection that is kept alive is idle, and can be closed, only once its answer is out.
      for (const end = Date.now() + withinMs; !done.signal.aborted && Date.now() < end;) {
        server.closeIdleConnections();
        await sleep(50, undefined, { signal: done.signal }).catch(() => undefined);
      }
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Node answers what it can't parse with a bare status line; callers are told why in the usual form. */
function refuse(error: Error & { readonly code?: string }, socket: Duplex): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const [code, detail] = reasons[error.code ?? ""] ?? (["BAD_REQUEST", "This is not HTTP/1.1."] as const);
  const body = problem(code, detail, randomUUID());
  const text = JSON.stringify(body);
  const head = [
    `HTTP/1.1 ${body.status} ${body.title}`,
    "Connection: close",
    "Content-Type: application/problem+json",
    `Content-Length: ${Buffer.byteLength(text)}`,
    `X-Request-Id: ${body.requestId}`,
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${text}`);
}

const reasons: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  HPE_HEADER_OVERFLOW: ["HEADERS_TOO_LARGE", "The headers are too large: the most is 16 KB. Send fewer."],
  ERR_HTTP_REQUEST_TIMEOUT: ["REQUEST_TIMEOUT", "The request did not come in time. Send it again."],
};

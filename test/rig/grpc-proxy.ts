// Stands between Tenuto and the Temporal server: a gRPC call is an HTTP/2 stream, which may be passed on, changed or kept.
import { once } from "node:events";
import {
  type ClientHttp2Session,
  connect,
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from "node:http2";
import type { AddressInfo, Socket } from "node:net";

/** One call, as it came. */
export interface GrpcCall {
  /** `StartWorkflowExecution`. */
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly stream: ServerHttp2Stream;
}

/** What the server answered to a call. */
export interface GrpcAnswer {
  readonly headers: IncomingHttpHeaders;
  readonly data: Buffer;
  readonly trailers: IncomingHttpHeaders;
}

/** A proxy in front of a Temporal server, which hands each call to `handle`. */
export class GrpcProxy {
  readonly #upstream: ClientHttp2Session;
  readonly #server = createServer();
  readonly #sockets = new Set<Socket>();

  constructor(address: string, handle: (call: GrpcCall) => Promise<void>) {
    this.#upstream = connect(`http://${address}`);
    this.#upstream.on("error", () => undefined);
    this.#server.on("connection", (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
      // Of a worker that is killed.
      socket.on("error", () => undefined);
    });
    this.#server.on("sessionError", () => undefined);
    this.#server.on("session", (session) => session.on("error", () => undefined));
    this.#server.on("stream", (stream, headers) => {
      stream.on("error", () => undefined);
      const method = String(headers[":path"]).split("/").at(-1) ?? "";
      void bodyOf(stream)
        .then((body) => handle({ method, headers, body, stream }))
        .catch(() => stream.destroy());
    });
  }

  async listen(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    this.#upstream.destroy();
    await closed;
  }

  /** Has the server do a call, whether or not its caller still waits. */
  async send({ headers, body }: Pick<GrpcCall, "headers" | "body">): Promise<void> {
    const request = this.#upstream.request({ ...headers });
    request.end(body);
    await bodyOf(request);
  }

  /** What the server answers, as long as the caller waits for it. */
  async ask({ headers, body, stream }: GrpcCall): Promise<GrpcAnswer> {
    const request = this.#upstream.request({ ...headers });
    stream.on("close", () => {
      request.close();
    });
    request.on("error", () => stream.destroy());
    request.end(body);
    const [answered] = (await once(request, "response")) as [IncomingHttpHeaders];
    let trailers: IncomingHttpHeaders = {};
    request.on("trailers", (received: IncomingHttpHeaders) => (trailers = received));
    const data = await bodyOf(request);
    return { headers: answered, data, trailers };
  }
}

/** Answers a call as the server did. */
export function answer({ stream }: GrpcCall, { headers, data, trailers }: GrpcAnswer): void {
  if (stream.destroyed) return;
  // An error comes without a body, in one frame.
  if (headers["grpc-status"] !== undefined) {
    stream.respond({ ...headers }, { endStream: true });
    return;
  }
  stream.respond({ ...headers }, { waitForTrailers: true });
  stream.on("wantTrailers", () => {
    stream.sendTrailers({ ...trailers });
  });
  stream.end(data);
}

/** Answers a call with an error; `status` is a gRPC status code. */
export function refuse({ stream }: GrpcCall, status: number, message: string): void {
  const headers = { ":status": 200, "content-type": "application/grpc", "grpc-status": String(status) };
  stream.respond({ ...headers, "grpc-message": message }, { endStream: true });
}

async function bodyOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

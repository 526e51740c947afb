/**
 * Writes server-sent events. A client that reads too slowly is waited for, so that one of them can't fill the memory; one
 * that is gone ends the stream by its signal. What fails once the stream has begun cuts the connection: the client
 * then asks again, with the id of its last event, and is told why as in any other answer.
 */
import { once } from "node:events";
import { createEventBuffer } from "better-sse";
import type { Response } from "express";

/** One event of a stream; `data` is sent as JSON. */
export interface ServerEvent {
  readonly name: string;
  readonly id: string;
  readonly data: unknown;
}

export interface StreamOptions {
  readonly events: AsyncIterable<ServerEvent>;
  /** Aborted when nobody reads any more, or the process is to end. */
  readonly signal: AbortSignal;
  readonly heartbeatMs?: number | undefined;
}

/** How soon a client that was cut comes back. */
const retryMs = 1_000;

export async function writeEvents(response: Response, options: StreamOptions): Promise<void> {
  const { events, signal, heartbeatMs = 15_000 } = options;
  response.status(200).setHeader("Content-Type", "text/event-stream");
  // Proxies that buffer would hold events back.
  response.setHeader("X-Accel-Buffering", "no");
  response.flushHeaders();
  if (response.req.method === "HEAD") return void response.end();
  response.write(createEventBuffer().retry(retryMs).dispatch().read());
  const heartbeat = setInterval(() => {
    if (!response.writableNeedDrain) response.write(createEventBuffer().comment().dispatch().read());
  }, heartbeatMs);
  try {
    for await (const { name, id, data } of events) {
      const isTaken = response.write(createEventBuffer().push(data, name, id).read());
      if (!isTaken) await once(response, "drain", { signal }).catch(() => undefined);
      if (signal.aborted) break;
    }
    response.end();
  } finally {
    clearInterval(heartbeat);
  }
}

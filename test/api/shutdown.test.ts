import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { suite, test, type TestContext } from "node:test";
import { startApi } from "./fixtures/api-process.ts";
import { openEvents } from "./fixtures/event-stream.ts";
import { callsTo } from "./fixtures/http.ts";
import { uniqueId, until, useTemporal, withServer } from "./fixtures/temporal.ts";

const order = (id: string) => ({
  input: { id, customer: "c", card: "ok", address: "x", lines: [{ sku: "tea", quantity: 1, unitCents: 1 }] },
});

suite("an API that is told to end", withServer, () => {
  const temporal = useTemporal({ hasWorker: false });

  test("answers what is in flight, ends its streams, refuses new connections, is not ready, and exits with 0", async (t) => {
    const { url, child } = await startApi(t, { TEMPORAL_NAMESPACE: temporal().namespace });
    const api = callsTo(url);
    await until(async () => (await api.get("/readyz")).status === 200, 60_000);
    const { body } = await api.post("/v1/workflow-types/fulfillOrder/runs", order(uniqueId()));
    const workflowId = String(body["workflowId"]);
    const stream = await openEvents(`${url}/v1/runs/${workflowId}/events`);
    const streamed: string[] = [];
    const streaming = (async () => {
      for await (const { name } of stream.events()) streamed.push(name);
      return "ended";
    })();
    await until(async () => streamed.length > 0, 60_000);
    const [poll, probe, start] = [await openSocket(t, url), await openSocket(t, url), await openSocket(t, url)];
    poll.send(`GET /v1/runs/${workflowId}/result?wait=60 HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-continue\r\n\r\n`);
    await until(async () => poll.text().includes("100 Continue"), 60_000);
    // Requests whose ends are still to come: they are in flight, and their connections not idle.
    const text = JSON.stringify(order(uniqueId()));
    probe.send("GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    start.send(
      `POST /v1/workflow-types/fulfillOrder/runs HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${text.length}\r\nExpect: 100-continue\r\n\r\n${text.slice(0, 10)}`,
    );
    await until(async () => start.text().includes("100 Continue"), 60_000);
    await api.get("/healthz");

    const exited = once(child, "exit") as Promise<[number | null]>;
    const told = Date.now();
    child.kill("SIGTERM");
    await until(async () => (await refusal(url)) === "ECONNREFUSED", 60_000);
    assert.equal(await streaming, "ended", "the stream ends; it is not cut");
    await until(async () => poll.text().includes('"status":"running"'), 60_000);
    probe.send("\r\n");
    start.send(text.slice(10));
    const [code] = await exited;

    assert.equal(code, 0);
    assert.ok(Date.now() - told < 30_000, "it did not wait for the poll's minute");
    assert.match(poll.text(), /HTTP\/1\.1 202 /);
    assert.match(start.text(), /HTTP\/1\.1 202 .*"workflowId"/s);
    assert.match(probe.text(), /HTTP\/1\.1 503 .*"status":"stopping"/s);
    assert.deepEqual(new Set(streamed), new Set(["message"]), "the run goes on, so its stream has no end event");
  });
});

interface RawConnection {
  send(text: string): void;
  /** What came so far. */
  text(): string;
}

async function openSocket(t: TestContext, url: string): Promise<RawConnection> {
  const socket: Socket = connect(Number(new URL(url).port), "127.0.0.1");
  let text = "";
  socket.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
  socket.on("error", () => undefined); // Told by what did not come.
  t.after(() => socket.destroy());
  await once(socket, "connect");
  return { send: (more) => void socket.write(more), text: () => text };
}

async function refusal(url: string): Promise<string | undefined> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  try {
    await once(socket, "connect");
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  } finally {
    socket.destroy();
  }
}

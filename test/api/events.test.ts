import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { createAuthentication, parseApiKeys } from "tenuto/api";
import { openEvents, type SentEvent } from "./fixtures/event-stream.ts";
import { problemOf, useApi } from "./fixtures/http.ts";
import { uniqueId, until, useTemporal, withServer } from "./fixtures/temporal.ts";

suite("the events of a run over HTTP", withServer, () => {
  const temporal = useTemporal({ hasWorker: true });
  const api = useApi(() => temporal().client, { streams: { heartbeatMs: 20 } });
  const pathOf = (workflowId: string) => `${api().url}/v1/runs/${workflowId}/events`;

  test("a client that is cut 50 times sees every event once, as the history has it, and then the end", async () => {
    const { client } = temporal();
    const { workflowId, runId } = await client.start("account", {});
    const seen: SentEvent[] = [];
    const telling = (async () => {
      for (let cents = 1; cents <= 40; cents++) await client.update(workflowId, "deposit", { cents });
      await client.update(workflowId, "close", null, { waitMs: 10_000 });
    })();

    let cuts = 0;
    while (seen.at(-1)?.name !== "end") {
      const stream = await openEvents(pathOf(workflowId), seen.at(-1)?.id);
      assert.equal(stream.status, 200);
      let left = cuts < 50 ? 1 + (cuts % 3) : Infinity;
      for await (const event of stream.events()) {
        seen.push(event);
        if (--left <= 0 || event.name === "end") break;
      }
      cuts++;
    }
    await telling;

    assert.ok(cuts > 50, `${cuts} connections`);
    const history = await client.history(workflowId);
    const end = seen.pop();
    assert.deepEqual(
      seen.map(({ data }) => data),
      history.map((event) => ({ ...event, runId })),
    );
    assert.deepEqual(
      seen.map(({ id }) => id),
      history.map(({ eventId }) => `${runId}:${eventId}`),
    );
    assert.deepEqual(end, { name: "end", id: `${runId}:end`, data: { workflowId, runId, status: "completed" } });
  });

  test("the runs that continue a run as new come after it; of one that is asked for by its id, it ends with that", async () => {
    const { client } = temporal();
    const { workflowId, runId } = await client.start("chain", { left: 2 });
    await client.result(workflowId, { runId, isFollowing: true, waitMs: 20_000 });

    const whole = await all(await openEvents(pathOf(workflowId), `${runId}:1`));
    const one = await all(await openEvents(`${pathOf(workflowId)}?runId=${runId}`));

    const runs = [...new Set(whole.map(({ data }) => data["runId"]))];
    assert.equal(runs.length, 3);
    assert.deepEqual(
      whole.filter(({ name }) => name === "end").map(({ data }) => data["status"]),
      ["completed"],
    );
    assert.equal(new Set(whole.map(({ id }) => id)).size, whole.length);
    assert.deepEqual(one.at(-1)?.data, { workflowId, runId, status: "continuedAsNew" });
  });

  test("a silent stream sends heartbeats, and nothing is stored on the way", async () => {
    const { workflowId } = await temporal().client.start("waits", undefined);
    const stream = await openEvents(pathOf(workflowId));
    const reading = (async () => {
      for await (const _ of stream.events());
    })();

    await until(async () => stream.comments() >= 3);

    const { "content-type": type, "cache-control": cache } = stream.headers;
    assert.deepEqual([type, cache], ["text/event-stream", "no-store"]);
    stream.cut();
    await reading.catch(() => undefined);
  });

  test("after the end there is nothing more: 204, so that a browser does not come back", async () => {
    const { client } = temporal();
    const { workflowId } = await client.start("echo", { text: "a" });
    const seen = await all(await openEvents(pathOf(workflowId)));

    const stream = await openEvents(pathOf(workflowId), seen.at(-1)?.id);

    assert.equal(stream.status, 204);
    stream.cut();
  });

  test("a HEAD request ends at once", async () => {
    const { workflowId } = await temporal().client.start("waits", undefined);

    const { status } = await api().send(`/v1/runs/${workflowId}/events`, { method: "HEAD" });

    assert.equal(status, 200);
  });

  test("an unknown run and an id that no event has are problems", async () => {
    const { workflowId, runId } = await temporal().client.start("waits", undefined);
    const asked = async (id: string, lastEventId: string) =>
      problemOf(await api().get(`/v1/runs/${id}/events`, { "last-event-id": lastEventId }));
    const invalid = { status: 400, code: "INVALID_EVENT_ID", isProblem: true };

    assert.deepEqual(problemOf(await api().get(`/v1/runs/${uniqueId()}/events`)), {
      status: 404,
      code: "RUN_NOT_FOUND",
      isProblem: true,
    });
    assert.deepEqual(await asked(workflowId, "5"), invalid);
    assert.deepEqual(await asked(workflowId, `${runId}:999`), invalid);
    assert.deepEqual(await asked(workflowId, `${uniqueId()}:1`), {
      status: 404,
      code: "RUN_NOT_FOUND",
      isProblem: true,
    });
    assert.deepEqual(await asked(workflowId, "x".repeat(101)), {
      status: 400,
      code: "INVALID_REQUEST",
      isProblem: true,
      pointers: ["/headers/last-event-id"],
    });
  });
});

suite("the number of event streams", withServer, () => {
  const temporal = useTemporal({ hasWorker: false });
  const api = useApi(() => temporal().client, { streams: { each: 2 } });

  test("is limited: one more is 429, and a client that goes gives its place back at once", async () => {
    const { workflowId } = await temporal().client.start("waits", undefined);
    const path = `/v1/runs/${workflowId}/events`;
    const streams = [await openEvents(api().url + path), await openEvents(api().url + path)];

    const refused = await api().get(path);
    streams[0]?.cut();
    // The server lets a poll hang for 20 s; that this takes less shows that it was canceled.
    const again = await until(async () => {
      const stream = await openEvents(api().url + path);
      if (stream.status === 200) return stream;
      stream.cut();
      return undefined;
    }, 15_000);

    assert.deepEqual(problemOf(refused), { status: 429, code: "TOO_MANY_STREAMS", isProblem: true });
    assert.equal(refused.headers.get("retry-after"), "5");
    for (const stream of [...streams, again]) stream.cut();
  });
});

suite("the event streams of two tenants", withServer, () => {
  const temporal = useTemporal({ hasWorker: false });
  const apiKeys = parseApiKeys("ops:operator@acme:key-acme,ops:operator@globex:key-globex");
  const authentication = createAuthentication({ apiKeys });
  const api = useApi(() => temporal().client, { authentication, streams: { each: 1 } });

  test("are counted apart, also where their principals have the same name", async () => {
    const open = async (tenant: "acme" | "globex") => {
      const { workflowId } = await temporal().client.forTenant(tenant).start("waits", undefined);
      const headers = { authorization: `Bearer key-${tenant}` };
      return openEvents(`${api().url}/v1/runs/${workflowId}/events`, undefined, { headers });
    };

    const streams = [await open("acme"), await open("acme"), await open("globex")];

    assert.deepEqual(
      streams.map(({ status }) => status),
      [200, 429, 200],
    );
    for (const stream of streams) stream.cut();
  });
});

async function all(stream: Awaited<ReturnType<typeof openEvents>>): Promise<readonly SentEvent[]> {
  const seen: SentEvent[] = [];
  for await (const event of stream.events()) seen.push(event);
  return seen;
}
